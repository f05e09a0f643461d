import type { DriftDocument } from "../drift-document.ts";
import { defineDocumentRule } from "../rule.ts";

/** A runbook for which nobody answers. */
export const noOwner = defineDocumentRule<{}>({
  code: "people/no-owner",
  severity: "info",
  title: "Nobody answers for the runbook",
  what: "The runbook is in use, and its front matter names no `owner`. An active `.mdx` runbook without one is not valid at all (`missing-key`); this is about `.mdx` runbooks that have no `status`, and about plain `.md` documents that say `status: active`. An `owner_slack`, `owners`, `team` or `maintainer` counts.",
  why: "What nobody answers for is corrected by nobody, and at night there is nobody to ask what is meant.",
  remedy:
    "Name the team that answers for the runbook. While it is being written, say `status: draft`.",
  example: {
    language: "mdx",
    wrong: "---\ntitle: Rotate the keys\n---",
    right: "---\ntitle: Rotate the keys\nowner: Platform team\n---",
  },
  check(document, report) {
    const { runbook, parsed } = document;
    const { frontMatter } = parsed;
    if (frontMatter?.data === undefined || !isInUse(document)) return;
    if (runbook.frontMatter.owner !== undefined) return;
    if ([...frontMatter.spans.keys()].some((key) => ownerKey.test(key))) return;
    report({}, frontMatter.spans.get("status") ?? frontMatter.spans.get("title"));
  },
  message: () => "Nobody is named who answers for the runbook.",
  hint: () => "Add `owner: TEAM` to the front matter, or `status: draft` until it is in use.",
});

/** Keys of this and of other tools, at the top of a front matter. */
const ownerKey =
  /^(?:code)?(?:owners?|owner_?[a-z]+|teams?|maintainers?|maintained_by|responsible)$/i;

function isInUse({ isStrict, runbook: { frontMatter } }: DriftDocument): boolean {
  return isStrict ? frontMatter.status === undefined : frontMatter.status === "active";
}
