import type { Plan, PlannedCommand, PlannedManual, PlannedStep } from "../../../src/model/plan.ts";
import type { RunEvent, RunEventBody } from "../../../src/model/run-event.ts";

/** A planned command with what a test does not care about filled in. */
export function makeCommand(
  number: number,
  id: string,
  more: Partial<PlannedCommand> = {},
): PlannedCommand {
  return {
    kind: "command",
    number,
    id,
    title: id,
    context: [],
    runbook: "deployment",
    path: "runbooks/deployment.mdx",
    line: number * 10,
    conditions: [],
    language: "bash",
    interpreter: "bash",
    script: `./${id}`,
    scriptLine: number * 10 + 1,
    attributes: {},
    isCheck: false,
    risk: { level: "safe", reasons: [] },
    tools: [],
    ...more,
  };
}

/** A planned manual step with what a test does not care about filled in. */
export function makeManual(number: number, id: string, text: string): PlannedManual {
  const { title, context, runbook, path, line, conditions } = makeCommand(number, id);
  return { kind: "manual", number, id, title, context, runbook, path, line, conditions, text };
}

/** A plan of these steps. */
export function makePlan(steps: readonly PlannedStep[], more: Partial<Plan> = {}): Plan {
  return {
    schemaVersion: 1,
    target: "deployment:deploy",
    runbook: "deployment",
    procedure: "deploy",
    title: "Deploy UnionCore",
    inputs: [],
    steps,
    tools: [],
    contracts: [],
    unknowns: [],
    digest: "3f2a9c1b7d04".padEnd(64, "0"),
    ...more,
  };
}

/** The first event of a run of this plan. */
export function startRun(plan: Plan): RunEventBody & { type: "run-started" } {
  return {
    type: "run-started",
    run: "20260203-101500-ab12",
    plan,
    host: "ops-1",
    user: "xerxes",
    pid: 4711,
    directory: "/srv/unioncore",
    version: "0.1.0",
  };
}

/** The events of one step that ran in the main phase and printed this. */
export function runStep(
  stepId: string,
  output: string,
  end: Partial<RunEventBody & { type: "step-ended" }> = {},
): readonly RunEventBody[] {
  const phase = end.phase ?? "main";
  return [
    { type: "step-started", stepId, phase, attempt: 1 },
    ...(output === ""
      ? []
      : [{ type: "step-output", stepId, stream: "stdout", text: output } as const]),
    { type: "step-ended", stepId, outcome: "passed", exitCode: 0, durationMs: 1200, ...end, phase },
  ];
}

/** Numbers events and spaces them a second apart, from 2026-02-03 10:15 on. */
export function numberEvents(bodies: readonly RunEventBody[]): readonly RunEvent[] {
  return bodies.map((body, index) => ({
    ...body,
    seq: index + 1,
    time: new Date(firstEventMs + index * 1000).toISOString(),
  }));
}

/** When the first numbered event happens, in milliseconds since the epoch. */
export const firstEventMs = Date.parse("2026-02-03T10:15:00.000Z");
