import { findWeaknesses, type Weakness } from "../../match/rate-expectation.ts";
import { re2Engine } from "../../match/re2-engine.ts";
import { defineDocumentRule } from "../rule.ts";

const words: Readonly<Record<Weakness, string>> = {
  nothing: "no output at all",
  "command-not-found": "`bash: line 1: foo: command not found`",
  "any-text": "any text",
  "any-json": '`{"error": "internal", "status": "down"}`',
};

/** Expected output that accepts what no command should print. */
export const weakExpectation = defineDocumentRule<{ weaknesses: readonly Weakness[] }>({
  code: "checks/weak-expectation",
  severity: "warning",
  title: "Expected output that expects hardly anything",
  what: "The expected output of a step also accepts an empty output, what a shell says of a missing command, or any other text: it consists of `...`, of `* (glob)`, of lines that may all be left out, or of `{}`.",
  why: "The step is shown and counted as tested. It passes when the command prints nothing, and when it prints an error.",
  remedy:
    "Name at least one line, or one key with its value, that is there when it went well, and let `...` stand for the rest. Where the output does not matter, leave the `output` fence away: the exit code decides then.",
  example: {
    language: "mdx",
    wrong: "```bash\ncat VERSION\n```\n\n```output\n...\n```",
    right: "```bash\ncat VERSION\n```\n\n```output\n\\d+\\.\\d+\\.\\d+ (re)\n```",
  },
  check({ runbook }, report) {
    const names = new Set<string>();
    for (const step of runbook.steps) {
      if (step.kind !== "command" || !step.isRunnable || step.expectation === undefined) continue;
      const weaknesses = findWeaknesses(step.expectation, re2Engine, names);
      for (const [, name = ""] of step.expectation.text.matchAll(/\[\.\.(\w+)\.\.\]/g)) {
        names.add(name);
      }
      if (weaknesses.length > 0) report({ weaknesses }, step.expectation.codeSpan);
    }
  },
  message: ({ weaknesses }) =>
    `This expected output also accepts ${new Intl.ListFormat("en").format(weaknesses.map((weakness) => words[weakness]))}.`,
  hint: () =>
    "Name a line that is there when it went well, or leave the `output` fence away and let the exit code decide.",
});
