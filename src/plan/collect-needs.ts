import type { ToolDefinition } from "../model/front-matter.ts";
import type { BoundInput, Plan, PlannedCommand, PlannedStep, PlannedTool } from "../model/plan.ts";
import type { Procedure, Runbook } from "../model/runbook.ts";
import type { Expansion } from "./expand-steps.ts";
import { targetOf } from "./target-of.ts";

/**
 * Lists the programs that a plan's steps need, in order of name, with the versions that the
 * runbooks ask for.
 *
 * `functions` are the names that the steps define themselves, as functions or aliases. A program
 * that an earlier step installs by its declared `install` command cannot be asked for
 * before the run; it is left out and named in `installed`. No I/O.
 */
export function collectTools(
  steps: readonly PlannedStep[],
  runbooks: ReadonlySet<Runbook>,
  functions: ReadonlySet<string>,
): { readonly tools: readonly PlannedTool[]; readonly installed: ReadonlyMap<string, string> } {
  const definitions = new Map<string, ToolDefinition>();
  for (const runbook of runbooks) {
    for (const [name, definition] of Object.entries(runbook.frontMatter.tools ?? {})) {
      if (!definitions.has(name)) definitions.set(name, definition);
    }
  }
  const needed = new Map<string, string[]>();
  const installed = new Map<string, string>();
  for (const step of steps) {
    if (step.kind !== "command") continue;
    for (const [name, { install = "" }] of definitions) {
      const isInstalledHere = install.trim() !== "" && step.script.includes(install);
      if (isInstalledHere && !needed.has(name)) installed.set(name, step.id);
    }
    for (const tool of step.tools) {
      if (functions.has(tool)) continue;
      const users = needed.get(tool) ?? [];
      users.push(step.id);
      needed.set(tool, users);
    }
  }
  const tools = [...needed]
    .filter(([name]) => !installed.has(name))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, neededBy]): PlannedTool => ({
      name,
      definition: definitions.get(name) ?? {},
      neededBy,
    }));
  return { tools, installed };
}

/** Sentences on what a plan cannot know before it is run. No I/O. */
export function collectUnknowns(
  steps: readonly PlannedStep[],
  installed: ReadonlyMap<string, string>,
  inputs: readonly BoundInput[],
): readonly string[] {
  const commands = steps.filter((step) => step.kind === "command");
  const manual = steps.length - commands.length;
  const unread = commands.filter((step) => step.interpreter !== "bash").map((step) => step.id);
  const read = inputs.filter(({ source }) => source === "from").map(({ name }) => name);
  return [
    read.length > 0
      ? `Whether there is a value for ${read.join(", ")}: a run reads it right before it begins.`
      : undefined,
    commands.length > 0
      ? "What the commands print and change: nothing was run or simulated to make this plan."
      : undefined,
    manual > 0
      ? `What people find and answer in ${manual} manual step${manual === 1 ? "" : "s"}.`
      : undefined,
    unread.length > 0 ? `What is in code that is no shell: ${unread.join(", ")}.` : undefined,
    ...describeTargetSystems(commands),
    ...[...installed].map(
      ([tool, step]) =>
        `Whether ${tool} will be there and of which version: the step ${step} installs it.`,
    ),
  ].filter((sentence) => sentence !== undefined);
}

/** Whether a step with `os` is done on a target, the target alone can tell. */
function describeTargetSystems(commands: readonly PlannedCommand[]): readonly string[] {
  const steps = new Map<string, string[]>();
  for (const step of commands) {
    const target = targetOf(step);
    if (target === undefined || step.attributes.os === undefined) continue;
    steps.set(target, [...(steps.get(target) ?? []), step.id]);
  }
  return [...steps].map(
    ([target, ids]) =>
      `Which operating system ${target} has: it tells when it is connected, which decides whether ${ids.join(", ")} ${ids.length === 1 ? "is" : "are"} done.`,
  );
}

/**
 * Lists the contracts that must hold before a plan starts: those of its procedure and of each
 * included one; for a section or a step alone, those of which it reads a variable.
 *
 * No I/O.
 */
export function collectContracts(
  runbook: Runbook,
  procedure: Procedure | undefined,
  included: Expansion["included"],
  steps: readonly PlannedStep[],
): Plan["contracts"] {
  const wanted = [{ runbook, names: procedure?.contracts ?? contractsRead(runbook, steps) }];
  for (const one of included) {
    const names = one.procedure?.contracts ?? contractsRead(one.runbook, steps);
    wanted.push({ runbook: one.runbook, names });
  }
  const contracts = new Map<string, Plan["contracts"][number]>();
  for (const { runbook: owner, names } of wanted) {
    for (const name of names) {
      const { contracts: declared = {} } = owner.frontMatter;
      const definition = Object.hasOwn(declared, name) ? declared[name] : undefined;
      if (definition !== undefined)
        contracts.set(`${owner.id}/${name}`, { name, runbook: owner.id, definition });
    }
  }
  return [...contracts.values()];
}

function contractsRead(runbook: Runbook, steps: readonly PlannedStep[]): readonly string[] {
  const own = steps.filter((step) => step.runbook === runbook.id);
  // In the plan, an included step has the ids of its includes in front of its own.
  const ids = new Set(own.map((step) => step.id.split("/").at(-1)));
  const reads = new Set(
    runbook.steps.flatMap((step) =>
      step.kind === "command" && ids.has(step.id)
        ? (step.shell?.reads ?? []).map(({ name }) => name)
        : [],
    ),
  );
  return Object.entries(runbook.frontMatter.contracts ?? {})
    .filter(([, { variables }]) => Object.keys(variables).some((name) => reads.has(name)))
    .map(([name]) => name);
}
