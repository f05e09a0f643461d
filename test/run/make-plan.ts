import type { Expectation } from "../../src/model/expectation.ts";
import type { CommandAttributes } from "../../src/model/fence-attributes.ts";
import type { Plan, PlannedCommand, PlannedManual, PlannedStep } from "../../src/model/plan.ts";

const place = {
  context: [],
  runbook: "deployment",
  path: "runbooks/deployment.mdx",
  line: 1,
  conditions: [],
};

/** A plan of these steps, numbered in their order. */
export function makePlan(steps: readonly PlannedStep[], onFailure?: readonly PlannedStep[]): Plan {
  const number = (list: readonly PlannedStep[]): PlannedStep[] =>
    list.map((step, index) => ({ ...step, number: index + 1 }));
  return {
    schemaVersion: 1,
    target: "deployment",
    runbook: "deployment",
    procedure: "deploy",
    title: "Deploy",
    inputs: [],
    steps: number(steps),
    onFailure:
      onFailure === undefined
        ? undefined
        : { procedure: "rollback", title: "Roll back", steps: number(onFailure) },
    tools: [],
    contracts: [],
    unknowns: [],
    digest: "0".repeat(64),
  };
}

/** A command step; `more` overrides what it is made of. */
export function makeCommand(
  id: string,
  script: string,
  more: Partial<PlannedCommand> & { attributes?: CommandAttributes } = {},
): PlannedCommand {
  return {
    ...place,
    kind: "command",
    number: 1,
    id,
    title: `Title of ${id}`,
    language: "bash",
    interpreter: "bash",
    script,
    scriptLine: 2,
    attributes: {},
    isCheck: false,
    risk: { level: "safe", reasons: [] },
    tools: [],
    ...more,
  };
}

/** A step for a person. */
export function makeManual(id: string, text = "Do it."): PlannedManual {
  return { ...place, kind: "manual", number: 1, id, title: `Title of ${id}`, text };
}

/** Lines that a step's standard output must have. */
export function makeExpectation(text: string): Expectation {
  const position = { line: 1, column: 1, offset: 0 };
  return { match: "lines", stream: "stdout", text, codeSpan: { start: position, end: position } };
}
