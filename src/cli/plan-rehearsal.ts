import { nameStandIns } from "../drill/name-stand-ins.ts";
import { substituteVariables } from "../drill/substitute-variables.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Plan } from "../model/plan.ts";
import type { WorldCase } from "../model/world.ts";
import type { ProjectWorld } from "../node/find-world.ts";
import type { RaisedWorld } from "../node/raised-world.ts";
import { collectInputs } from "../plan/bind-inputs.ts";
import { planTarget } from "../plan/plan-target.ts";
import { resolveTarget } from "../plan/resolve-target.ts";
import { exitCodeFor } from "../report/exit-code-for.ts";
import type { CommandContext } from "./command-context.ts";
import { currentSystem, toolsForSystem } from "./find-wrong-systems.ts";
import { judgePlanTies } from "./judge-plan-ties.ts";
import { readSecretsFrom } from "./prepare-plan.ts";
import type { Library } from "./read-library.ts";
import { reportProblems } from "./report-problems.ts";
import { readInputValues } from "./session-environment.ts";

/** What is rehearsed, with the whole environment of its session. */
export interface Rehearsal {
  readonly plan: Plan;
  readonly environment: Readonly<Record<string, string>>;
}

/** Which case is rehearsed. */
interface RehearsedCase {
  readonly world: ProjectWorld;
  readonly worldCase: WorldCase;
  readonly library: Library;
}

/** Why nothing is run. */
interface Refusal {
  readonly exitCode: number;
  readonly sentence: string;
}

/**
 * Plans a case in its world and checks what it needs; problems are told, and then there is no rehearsal.
 *
 * Inputs have the case's values, and secrets else those of the world's environment: never what the
 * person's own environment or an input's `from` would give. Starts the probes of tools and contracts.
 */
export async function planRehearsal(
  raised: RaisedWorld,
  rehearsed: RehearsedCase,
  context: CommandContext,
): Promise<Rehearsal | Refusal> {
  const made = await makePlan(raised, rehearsed, context);
  if (typeof made === "number") {
    return { exitCode: made, sentence: "The case cannot be planned; nothing was run." };
  }
  const lacking = await probePlan(made, raised, rehearsed.world);
  if (exitCodeFor(lacking) === 0) return made;
  const exitCode = reportProblems(context, lacking, rehearsed.library.sources);
  return { exitCode, sentence: "Nothing was run." };
}

async function makePlan(
  raised: RaisedWorld,
  { world, worldCase, library }: RehearsedCase,
  context: CommandContext,
): Promise<Rehearsal | number> {
  const runbook = resolveTarget(worldCase.target, library.runbooks).value?.runbook;
  const definitions = runbook === undefined ? new Map() : collectInputs(runbook, library.runbooks);
  const given = new Map(readSecretsFrom(raised.environment, definitions));
  for (const [name, value] of Object.entries(worldCase.inputs ?? {})) {
    const { text, unknown } = substituteVariables(String(value), raised.environment);
    if (unknown.length > 0) {
      context.terminal.writeError(
        `error: the input ${name} of the case ${worldCase.name} names ${unknown.join(", ")}, which the world does not set\n`,
      );
      return 3;
    }
    given.set(name, text);
  }
  const checked = planTarget({
    target: worldCase.target,
    runbooks: library.runbooks,
    inputs: given,
    selection: { only: [], skip: [] },
    targets: nameStandIns(world.definition.value?.targets, raised.environment),
    isRehearsal: true,
  });
  const plan = checked.value;
  const { findings, sources } = await judgePlanTies(plan, library);
  const where = `\`inputs\` of the case \`${worldCase.name}\` in ${world.path}`;
  const problems = [...tellWhere(checked.diagnostics, where), ...findings];
  if (plan === undefined || exitCodeFor(problems) !== 0) {
    return reportProblems(context, problems, sources);
  }
  const values = readInputValues(plan, { given, definitions });
  return { plan, environment: { ...raised.environment, ...Object.fromEntries(values) } };
}

/** Says of what lacks a value where the world takes one: a drill has no options for that. */
function tellWhere(diagnostics: readonly Diagnostic[], where: string): readonly Diagnostic[] {
  return diagnostics.map((diagnostic): Diagnostic => {
    switch (diagnostic.code) {
      case "missing-input":
        return { ...diagnostic, args: { ...diagnostic.args, where } };
      case "input-value":
        return { ...diagnostic, args: { ...diagnostic.args, where } };
      case "missing-variable":
        return { ...diagnostic, args: { ...diagnostic.args, where } };
      default:
        return diagnostic;
    }
  });
}

async function probePlan(
  { plan, environment }: Rehearsal,
  { workingDirectory }: RaisedWorld,
  world: ProjectWorld,
): Promise<readonly Diagnostic[]> {
  const { probeTools } = await import("../node/probe-tools.ts");
  const { probeContracts } = await import("../node/probe-contracts.ts");
  const where = `\`environment\` in ${world.path}`;
  return [
    ...(await probeTools(toolsForSystem(plan, currentSystem()), environment)),
    ...tellWhere(await probeContracts(plan.contracts, environment, workingDirectory), where),
  ];
}
