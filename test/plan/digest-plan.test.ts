import { expect, test } from "vitest";
import { digestPlan } from "../../src/plan/digest-plan.ts";
import type { Plan } from "../../src/model/plan.ts";

const plan: Omit<Plan, "digest"> = {
  schemaVersion: 1,
  target: "a",
  runbook: "a",
  title: "Ä 😀",
  inputs: [{ name: "A", type: "string", value: "1", source: "given" }],
  steps: [],
  tools: [],
  contracts: [],
  unknowns: [],
};

test("is SHA-256 of the canonical JSON, the same on every machine", () => {
  // sha256sum of {"contracts":[],"inputs":[{"name":"A","source":"given","type":"string","value":"1"}],…}
  expect(digestPlan(plan)).toBe("8d209d42e92643c01d38eb529926c1cd0a8190dafe2c8851f504a655806386a6");
});

test("does not depend on the order of keys, nor on absent ones", () => {
  const { title, ...others } = plan;
  const [input] = plan.inputs;
  const turned = {
    ...others,
    procedure: undefined,
    inputs: [{ source: input?.source, ...input }],
    title,
  };
  expect(digestPlan(turned as typeof plan)).toBe(digestPlan(plan));
});

test("depends on each value, and on the order of lists", () => {
  const [input] = plan.inputs;
  const other = { ...input, name: "B" };
  const digests = [
    plan,
    { ...plan, title: "A" },
    { ...plan, inputs: [] },
    { ...plan, inputs: [input, other] },
    { ...plan, inputs: [other, input] },
    { ...plan, unknowns: ["x"] },
  ].map((one) => digestPlan(one as typeof plan));
  expect(new Set(digests).size).toBe(digests.length);
  for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{64}$/);
});
