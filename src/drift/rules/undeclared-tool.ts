import { isSlip } from "../../compile/is-slip.ts";
import { findNearest } from "../../parse/find-nearest.ts";
import { commonTools } from "../common-tools.ts";
import type { DriftDocument } from "../drift-document.ts";
import { defineDocumentRule } from "../rule.ts";

/** A program that commands need and front matter does not name. */
export const undeclaredTool = defineDocumentRule<{ tool: string; nearest: string | undefined }>({
  code: "tools/undeclared",
  severity: "warning",
  title: "A program that the front matter does not declare",
  what: "A command of an `.mdx` runbook that has `tools` in its front matter calls a program that `tools` does not name, and that is none that every machine has.",
  why: "Whoever prepares a machine for the runbook reads `tools`. What is missing there is missed at 3 a.m., without a word on how to install it or which version will do; or the name is mistyped.",
  remedy: "Add the program to `tools`, with `version` and `install` where they matter.",
  example: {
    language: "mdx",
    wrong:
      "---\ntitle: Check\ntools:\n  curl: {}\n---\n\n```bash\ncurl localhost:5000/health | jq .status\n```",
    right:
      "---\ntitle: Check\ntools:\n  curl: {}\n  jq: {}\n---\n\n```bash\ncurl localhost:5000/health | jq .status\n```",
  },
  check(document, report) {
    const { tools } = document.runbook.frontMatter;
    if (!document.isStrict || tools === undefined) return;
    const declared = Object.keys(tools);
    const known = new Set([...declared, ...listFunctions(document)]);
    const place = document.parsed.frontMatter?.spans.get("tools");
    const canBeFunction = sourcesOtherThanEnvironments(document);
    const needed = listNeededTools(document);
    let count = 0;
    for (const placed of document.commands) {
      const { command, step } = placed;
      const [range] = command.ranges;
      const tool = command.words[0] ?? "";
      if (known.has(tool) || commonTools.has(tool) || range === undefined) continue;
      if (step?.isRunnable !== true || command.place !== "here" || !needed.has(tool)) continue;
      const nearest =
        findNearest(tool, declared) ?? [...commonTools].find((one) => isSlip(tool, one));
      known.add(tool);
      // A file that was sourced can have defined it.
      if (canBeFunction && nearest === undefined) continue;
      count += 1;
      // A block of another kind of text, taken for shell, would bring one for each line.
      if (count > mostFindings) return;
      report({ tool, nearest }, placed.locate(range), {
        related:
          place === undefined
            ? []
            : [{ path: document.path, span: place, text: "the tools are declared here" }],
      });
    }
  },
  message: ({ tool }) => `The front matter's \`tools\` does not name \`${tool}\`.`,
  hint: ({ tool, nearest }) =>
    nearest === undefined ? `Add \`${tool}\` to \`tools\`.` : `Did you mean \`${nearest}\`?`,
});

const mostFindings = 50;

/** What the blocks that run look up on PATH, by the reading of each. */
function listNeededTools({ runbook }: DriftDocument): ReadonlySet<string> {
  return new Set(
    runbook.steps.flatMap((step) =>
      step.kind === "command" && step.isRunnable ? (step.shell?.tools ?? []) : [],
    ),
  );
}

/** Functions and aliases live on in the session. */
function listFunctions({ runbook }: DriftDocument): readonly string[] {
  return runbook.steps.flatMap((step) =>
    step.kind === "command" ? (step.shell?.functions ?? []) : [],
  );
}

function sourcesOtherThanEnvironments({ commands }: DriftDocument): boolean {
  return commands.some(
    ({ command: { name, words }, step }) =>
      step !== undefined &&
      (name === "source" || name === "." || name === "eval") &&
      !/(?:^|\/)(?:activate|\.env(?:\.\w+)?)$/u.test(words[1] ?? ""),
  );
}
