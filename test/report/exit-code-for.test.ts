import { expect, test } from "vitest";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import { exitCodeFor } from "../../src/report/exit-code-for.ts";

const invalid: Diagnostic = { code: "mdx-import", args: {}, severity: "error" };
const finding: Diagnostic = { code: "shell-syntax", args: { near: "" }, severity: "error" };
const warning: Diagnostic = {
  code: "destructive-step",
  args: { what: "rm", reason: "it removes files" },
  severity: "warning",
};
const environment: Diagnostic = {
  code: "missing-tool",
  args: { tool: "git", neededBy: "step push" },
  severity: "error",
};
const answer: Diagnostic = {
  code: "answer-needed",
  args: { question: "Done?", option: "--yes" },
  severity: "error",
};

test.each([
  ["nothing", [], 0],
  ["warnings", [warning, warning], 0],
  ["an invalid document before all else", [answer, environment, finding, invalid], 3],
  ["findings", [answer, environment, finding], 5],
  ["the environment", [answer, environment], 6],
  ["an answer", [answer, warning], 7],
  [
    "an invalid document that was toned down",
    [{ ...invalid, severity: "info" } as const, finding],
    5,
  ],
])("%s", (_what, diagnostics, exitCode) => {
  expect(exitCodeFor(diagnostics)).toBe(exitCode);
});

test("more warnings than allowed are findings, errors weigh more", () => {
  expect(exitCodeFor([warning], { maxWarnings: 1 })).toBe(0);
  expect(exitCodeFor([warning, warning], { maxWarnings: 1 })).toBe(5);
  expect(exitCodeFor([warning], { maxWarnings: 0 })).toBe(5);
  expect(exitCodeFor([warning, invalid], { maxWarnings: 0 })).toBe(3);
});
