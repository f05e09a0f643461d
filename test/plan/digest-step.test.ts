import { expect, test } from "vitest";
import type { CommandAttributes } from "../../src/model/fence-attributes.ts";
import { digestStep } from "../../src/plan/digest-step.ts";
import { planTarget } from "../../src/plan/plan-target.ts";
import { compileText, fence, mdx } from "../compile/compile-text.ts";

const step = { interpreter: "bash", script: "date", attributes: {} };
const span = {
  start: { line: 1, column: 1, offset: 0 },
  end: { line: 1, column: 2, offset: 1 },
};
const output = { match: "lines", stream: "stdout", text: "ok", codeSpan: span } as const;

test("is SHA-256 of what the step is, the same on every machine", () => {
  // sha256sum of ["bash","date",null,null,null,[],false,false,null,null,null,null]
  expect(digestStep(step)).toBe("b8cb14f652065cbe275c7a40ab7a49640e30c2de0b655a1697f2970b4d495350");
});

test.each<[string, CommandAttributes]>([
  ["title", { title: "Date", id: "date" }],
  ["timeout", { timeoutMs: 1000, retry: 2, intervalMs: 10 }],
  ["confirmation", { confirm: "Now?", risk: "change", when: "A", undo: "x", check: true }],
])("is the same with another %s", (_, attributes) => {
  expect(digestStep({ ...step, attributes })).toBe(digestStep(step));
});

test.each<[string, CommandAttributes]>([
  ["directory", { dir: "app" }],
  ["environment", { env: { TZ: "UTC" } }],
  ["exit code", { exit: [0, 3] }],
  ["target", { on: "web" }],
  ["terminal", { interactive: true }],
])("is another one with another %s", (_, attributes) => {
  expect(digestStep({ ...step, attributes })).not.toBe(digestStep(step));
});

test("is another one with another script, interpreter or expected output", () => {
  const digests = [
    digestStep(step),
    digestStep({ ...step, script: "date -u" }),
    digestStep({ ...step, interpreter: "python3" }),
    digestStep({ ...step, expectation: output }),
    digestStep({ ...step, expectation: { ...output, text: "done" } }),
    digestStep({ ...step, expectation: { ...output, match: "subset" } }),
  ];
  expect(new Set(digests).size).toBe(digests.length);
});

test("does not depend on the order of variables, on line ends, nor on the output's place", () => {
  const one = { ...step, script: "a\nb", attributes: { env: { A: "1", B: "2" } } };
  const other = { ...step, script: "a\r\nb", attributes: { env: { B: "2", A: "1" } } };
  expect(digestStep(other)).toBe(digestStep(one));
  const moved = { ...output, codeSpan: { ...span, start: { line: 9, column: 1, offset: 90 } } };
  expect(digestStep({ ...step, expectation: moved })).toBe(
    digestStep({ ...step, expectation: output }),
  );
});

test("is the same for a step of a runbook and for the planned one", () => {
  const checked = compileText(
    mdx(`${fence('bash id=a dir=app env.TZ="UTC"', "date")}\n${fence("output", "x")}`),
  );
  const plan = planTarget({
    target: "x",
    runbooks: new Map([["x", checked]]),
    inputs: new Map(),
    selection: { only: [], skip: [] },
  });
  const [compiled] = checked.value?.steps ?? [];
  const [planned] = plan.value?.steps ?? [];
  if (compiled?.kind !== "command" || planned?.kind !== "command") expect.unreachable();
  else expect(digestStep(planned)).toBe(digestStep(compiled));
});
