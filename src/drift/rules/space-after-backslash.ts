import { hasOverlap } from "../../shell/find-overlap.ts";
import { listLiteralRanges } from "../literal-ranges.ts";
import { placeScripts } from "../placed-script.ts";
import { defineDocumentRule } from "../rule.ts";

/** A line that should go on with the next one, but does not: a blank follows its backslash. */
export const spaceAfterBackslash = defineDocumentRule({
  code: "shell/space-after-backslash",
  severity: "error",
  title: "A blank behind the backslash that continues a line",
  what: "A line of a command ends in a backslash, and blanks stand behind it.",
  why: "The backslash then escapes the blank instead of the line's end. The command runs without its remaining lines, and these run as commands of their own.",
  remedy: "Remove the blanks behind the backslash. `opswright check --fix` does it.",
  example: {
    language: "bash",
    wrong: "curl --fail \\ \n  https://unioncore.example/health",
    right: "curl --fail \\\n  https://unioncore.example/health",
  },
  check(document, report) {
    for (const script of placeScripts(document)) {
      const { text } = script;
      if (!/\\[ \t]+\n/u.test(text)) continue;
      const literals = listLiteralRanges(text);
      for (const match of text.matchAll(/(?<!\\)(?:\\\\)*\\([ \t]+)\n(?=[^\n]*\S)/gu)) {
        const end = match.index + match[0].length - 1;
        const blanks = { start: end - (match[1] ?? "").length, end };
        if (hasOverlap(literals, blanks)) continue;
        report({}, script.locate(blanks), {
          fix: { title: "Remove the blanks behind `\\`", edits: [script.edit(blanks, "")] },
        });
      }
    }
  },
  message: () => "Blanks stand behind the backslash, so the command ends here.",
  hint: () => "Remove the blanks, so that the backslash is the last character of its line.",
});
