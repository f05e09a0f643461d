import process from "node:process";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Plan } from "../model/plan.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import { findChangedSteps } from "../plan/find-changed-steps.ts";
import type { CommandContext } from "./command-context.ts";
import type { PlanOptions } from "./input-options.ts";
import { preparePlan, type PreparedPlan } from "./prepare-plan.ts";
import type { Library } from "./read-library.ts";

/** What a run that goes on needs of today. */
export interface PreparedAnew {
  /** With the values of secrets, which are read again each time. */
  readonly prepared: Pick<PreparedPlan, "given" | "definitions" | "planWith">;
  /** In what the target's plan would be another today, in sentences. */
  readonly notices: readonly string[];
  /** Secrets that the run began with and that have neither a value nor a source now. */
  readonly missing: readonly Diagnostic[];
}

/**
 * Reads the values of a plan's secrets as the run did that began with it, and finds what has changed
 * since. What has a source is left to be read from it. A person is asked for what else is missing where `isAsking`. Reads the environment and the file of
 * inputs; rejects with `AskingCancelled`.
 */
export async function prepareAnew(
  plan: Plan,
  library: Library,
  context: CommandContext<PlanOptions>,
  isAsking: boolean,
): Promise<PreparedAnew> {
  const values = plan.inputs.flatMap(({ name, value, source }) =>
    source === "given" && value !== undefined ? [`${name}=${value}`] : [],
  );
  const secrets = plan.inputs.filter(({ source }) => source === "secret" || source === "from");
  const input = [...values, ...(context.options.input ?? [])];
  const prepared = await preparePlan(plan.target, library, {
    ...context,
    // The whole of it: of a run that goes back, `from` names a step to which it has come.
    options: { ...context.options, input, from: undefined },
  });
  const { definitions, planWith } = prepared;
  const given = new Map(prepared.given);
  const isThere = (name: string): boolean =>
    given.has(name) || definitions.get(name)?.default !== undefined;
  for (const { name } of secrets) {
    // The runbook may no longer declare it; the run's plan does.
    const value = process.env[name];
    if (!isThere(name) && value !== undefined && value !== "") given.set(name, value);
  }
  if (isAsking) {
    const { askInputs } = await import("./ask-inputs.ts");
    const wanted = secrets.filter(({ name, from }) => !isThere(name) && from === undefined);
    const asked = await askInputs(
      new Map(wanted.map(({ name, description }) => [name, { type: "secret", description }])),
    );
    for (const [name, value] of asked) given.set(name, value);
  }
  const missing = secrets
    .filter(({ name, from }) => !isThere(name) && from === undefined)
    .map(({ name, description = "" }) => makeDiagnostic("missing-input", { name, description }));
  return {
    prepared: { given, definitions, planWith },
    notices: findChanges(plan, prepared.checked.value),
    missing,
  };
}

function findChanges(plan: Plan, today: Plan | undefined): readonly string[] {
  if (today === undefined) {
    return [
      `${plan.target} can no longer be planned as it stands; this run keeps to the plan that it began with.`,
    ];
  }
  const changed = findChangedSteps(plan, today);
  if (changed.length === 0) return [];
  return [
    `The runbook has changed since this run began; the run keeps to its own plan. Changed or gone: ${changed.join(", ")}.`,
  ];
}
