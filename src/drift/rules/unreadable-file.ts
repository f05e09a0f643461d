import type { RuleFinding } from "../../model/rule-finding.ts";
import type { Span } from "../../model/source.ts";
import { defineSourceRule, makeFinding } from "../rule.ts";

/** A file that facts would come from and that cannot be read. */
export const unreadableFile = defineSourceRule<{ reason: string }>({
  code: "repository/unreadable-file",
  severity: "warning",
  title: "A file of facts that cannot be read",
  what: "A file that runbooks are checked against (a Compose file, a manifest, a `package.json`) is not valid, is too large or is no text.",
  why: "What would be in it counts for nothing: claims about it are not judged, so drift can pass unseen.",
  remedy: "Correct the file at the place that is named. Everything else is checked all the same.",
  example: {
    language: "yaml",
    wrong: 'services:\n  db:\n    container_name: "ip2a-db',
    right: 'services:\n  db:\n    container_name: "ip2a-db"',
  },
  message: ({ reason }) => `The file cannot be read: ${reason}.`,
  hint: () => "Correct it; until then, what runbooks say about it is not judged.",
});

/** Makes the finding for a file that cannot be read; `reason` is a clause without a full stop. No I/O. */
export function reportUnreadable(path: string, reason: string, span?: Span): RuleFinding {
  return makeFinding(unreadableFile, { reason: reason.replace(/\.$/u, "") }, { path, span });
}
