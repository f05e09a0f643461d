import process from "node:process";
import type { Checked } from "../model/diagnostic.ts";
import type { InputDefinition } from "../model/front-matter.ts";
import type { Plan } from "../model/plan.ts";
import { collectInputs } from "../plan/bind-inputs.ts";
import { planTarget } from "../plan/plan-target.ts";
import { resolveTarget } from "../plan/resolve-target.ts";
import type { CommandContext } from "./command-context.ts";
import { readInputOptions, readSelection, type PlanOptions } from "./input-options.ts";
import type { Library } from "./read-library.ts";

/** A plan with the values that it was made of, those of secrets included. */
export interface PreparedPlan {
  readonly checked: Checked<Plan>;
  /** Given values by input; defaults are not among them. */
  readonly given: ReadonlyMap<string, string>;
  readonly definitions: ReadonlyMap<string, InputDefinition>;
  /** Plans again, with other values of some inputs; undefined where the target is not found. No I/O. */
  readonly planWith: (values: ReadonlyMap<string, string>) => Plan | undefined;
}

/**
 * Makes the plan of a target from the command line's options.
 *
 * Values come, the later the stronger, from the environment (secrets alone, by the input's name),
 * from `--inputs` and from `--input`. `ask` is called for what is still missing and gives back the
 * answers; without it a missing input stays a problem of the plan. Reads the file of inputs.
 */
export async function preparePlan(
  target: string,
  library: Library,
  context: CommandContext<PlanOptions>,
  ask?: (missing: ReadonlyMap<string, InputDefinition>) => Promise<ReadonlyMap<string, string>>,
): Promise<PreparedPlan> {
  const { options } = context;
  const runbook = resolveTarget(target, library.runbooks).value?.runbook;
  const definitions = runbook === undefined ? new Map() : collectInputs(runbook, library.runbooks);
  const given = new Map([
    ...readSecretsFrom(process.env, definitions),
    ...(await readGivenFile(context)),
    ...readInputOptions(options.input),
  ]);
  const plan = (inputs: ReadonlyMap<string, string> = given) =>
    planTarget({
      target,
      runbooks: library.runbooks,
      inputs,
      selection: readSelection(options),
      targets: library.configuration.targets,
    });
  const planWith: PreparedPlan["planWith"] = (values) => plan(new Map([...given, ...values])).value;
  let checked = plan();
  if (ask === undefined) return { checked, given, definitions, planWith };
  // An answer can bring in steps that need further inputs, so it is asked until nothing new is missing.
  const asked = new Set<string>();
  for (;;) {
    const missing = new Map(
      [...findMissing(checked, definitions)].filter(([name]) => !asked.has(name)),
    );
    if (missing.size === 0) break;
    for (const [name, value] of await ask(missing)) given.set(name, value);
    for (const name of missing.keys()) asked.add(name);
    checked = plan();
  }
  return { checked, given, definitions, planWith };
}

function findMissing(
  checked: Checked<Plan>,
  definitions: ReadonlyMap<string, InputDefinition>,
): ReadonlyMap<string, InputDefinition> {
  const missing = new Map<string, InputDefinition>();
  for (const { code, args } of checked.diagnostics) {
    if (code !== "missing-input") continue;
    const definition = definitions.get(args.name);
    if (definition !== undefined) missing.set(args.name, definition);
  }
  return missing;
}

/** The secrets among inputs that an environment has, with their values. No I/O. */
export function readSecretsFrom(
  environment: Readonly<Record<string, string | undefined>>,
  definitions: ReadonlyMap<string, InputDefinition>,
): readonly (readonly [string, string])[] {
  return [...definitions].flatMap(([name, { type }]) => {
    const value = environment[name];
    return type === "secret" && value !== undefined && value !== "" ? [[name, value] as const] : [];
  });
}

async function readGivenFile(
  context: CommandContext<PlanOptions>,
): Promise<ReadonlyMap<string, string>> {
  const file = context.options.inputs;
  if (file === undefined) return new Map();
  const { InputsFileError, readInputsFile } = await import("../node/read-inputs-file.ts");
  try {
    return await readInputsFile(file);
  } catch (error) {
    if (error instanceof InputsFileError) return context.fail(error.message);
    throw error;
  }
}
