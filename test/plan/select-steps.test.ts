import { expect, test } from "vitest";
import type { SelectedStep } from "../../src/plan/expand-steps.ts";
import { selectSteps, type StepSelection } from "../../src/plan/select-steps.ts";
import { compileText, fence } from "../compile/compile-text.ts";

const runbook = compileText(
  ["a", "b", "c", "d"].map((id) => fence(`sh id=${id}`)).join(""),
  "md",
).value;
const steps = (runbook?.steps ?? []).flatMap((step): readonly SelectedStep[] =>
  step.kind === "include" || runbook === undefined
    ? []
    : [{ id: step.id, step, runbook, through: [], conditions: [] }],
);

function select(selection: Partial<StepSelection>): unknown {
  const { value, diagnostics } = selectSteps(steps, { only: [], skip: [], ...selection });
  const ids = value?.map(({ id }) => id).join("");
  return diagnostics.length === 0 ? ids : [ids, ...diagnostics.map(({ args }) => args)];
}

test.each<[Partial<StepSelection>, unknown]>([
  [{}, "abcd"],
  [{ from: "b" }, "bcd"],
  [{ until: "c" }, "abc"],
  [{ from: "b", until: "c" }, "bc"],
  [{ from: "c", until: "c" }, "c"],
  [{ from: "c", until: "b" }, ""],
  [{ only: ["d", "b"] }, "bd"],
  [{ skip: ["a", "d"] }, "bc"],
  [{ from: "b", only: ["a", "c"], skip: ["d"] }, "c"],
  [{ only: ["a"], skip: ["a"] }, ""],
])("%j selects %j", (selection, expected) => {
  expect(select(selection)).toEqual(expected);
});

test("ids that name no step are told, each with its option", () => {
  expect(select({ from: "x", until: "y", only: ["constructor"], skip: ["", "a"] })).toEqual([
    "",
    { option: "--from", step: "x", nearest: undefined },
    { option: "--until", step: "y", nearest: undefined },
    { option: "--only", step: "constructor", nearest: undefined },
    { option: "--skip", step: "", nearest: undefined },
  ]);
});
