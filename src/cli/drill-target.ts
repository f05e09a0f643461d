import { selectCases } from "../drill/select-cases.ts";
import type { WorldCase } from "../model/world.ts";
import type { ProjectWorld } from "../node/find-world.ts";
import { findNearest } from "../parse/find-nearest.ts";
import { countNoun } from "../report/count-noun.ts";
import { exitCodeFor } from "../report/exit-code-for.ts";
import { formatDuration } from "../report/format-duration.ts";
import type { CommandContext } from "./command-context.ts";
import type { DrillOptions } from "./drill-options.ts";
import { drillCase, type DrillResult } from "./drill-case.ts";
import { readLibrary, type Library } from "./read-library.ts";
import { reportProblems } from "./report-problems.ts";

type DrillContext = CommandContext<DrillOptions>;

/**
 * Rehearses a target's cases in their world, one after the other; gives back the exit code: 0 where
 * each ended as it should.
 */
export async function drillTarget(
  context: DrillContext,
  target: string | undefined,
): Promise<number> {
  const library = await readLibrary(context.options);
  if (exitCodeFor(library.problems) !== 0) {
    return reportProblems(context, library.problems, library.sources);
  }
  const worlds = await readWorlds(library);
  const broken = worlds.flatMap((world) => world.definition.diagnostics);
  if (exitCodeFor(broken) !== 0) return reportProblems(context, broken, library.sources);
  if (context.options.list === true) return listCases(worlds, context);
  const chosen = chooseCases(worlds, target, library, context);
  const started = performance.now();
  const results: DrillResult[] = [];
  for (const worldCase of chosen.cases) {
    // One world after the other: two at once would share a machine's ports and patience.
    const result = await drillCase(chosen.world, worldCase, library, context);
    results.push(result);
    if (result.exitCode === 130) break;
  }
  tellResults(results, chosen, performance.now() - started, context);
  return results.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0;
}

async function readWorlds(library: Library): Promise<readonly ProjectWorld[]> {
  const { listWorlds } = await import("../node/find-world.ts");
  const { root, configuration } = library;
  return listWorlds({ root, foundIn: root, configuration, diagnostics: [] });
}

interface ChosenCases {
  readonly world: ProjectWorld;
  readonly cases: readonly WorldCase[];
  readonly others: readonly WorldCase[];
}

function chooseCases(
  worlds: readonly ProjectWorld[],
  target: string | undefined,
  library: Library,
  { options, fail }: DrillContext,
): ChosenCases {
  const isSameTarget = (one: string, other: string): boolean =>
    nameProcedure(one, library) === nameProcedure(other, library);
  const named = worlds.filter(({ name }) => options.world === undefined || name === options.world);
  if (named.length === 0) {
    const names = worlds.map(({ name }) => name).join(", ");
    return fail(
      worlds.length === 0
        ? "there is no world; a world is a folder below runbooks/_worlds with a world.yaml"
        : `there is no world ${options.world ?? ""}; there is: ${names}`,
    );
  }
  if (target === undefined) {
    const [world] = named;
    if (options.all !== true || named.length !== 1 || world === undefined) {
      return fail(
        "name a target to rehearse, or --all; `opswright drill --list` shows what there is",
      );
    }
    return { world, cases: world.definition.value?.cases ?? [], others: [] };
  }
  const able = named.filter(({ definition }) =>
    definition.value?.cases.some((one) => isSameTarget(one.target, target)),
  );
  const [world] = able;
  if (world?.definition.value === undefined) return fail(explainNoCase(target, named));
  if (able.length > 1) {
    const names = able.map(({ name }) => name).join(", ");
    return fail(`several worlds rehearse ${target}; choose with --world: ${names}`);
  }
  const { chosen, others, unknown } = selectCases(
    world.definition.value,
    target,
    options.case ?? [],
    options.all === true,
    isSameTarget,
  );
  if (unknown.length > 0) {
    const known = [...chosen, ...others].map(({ name }) => name);
    return fail(`${target} has no case ${unknown.join(", ")}; it has: ${known.join(", ")}`);
  }
  return { world, cases: chosen, others };
}

/** A target with its procedure's name: `deployment` is `deployment:deploy` where that is the default. */
function nameProcedure(target: string, library: Library): string {
  const procedure = library.runbooks.get(target)?.value?.procedures[0];
  return procedure === undefined ? target : `${target}:${procedure.name}`;
}

function explainNoCase(target: string, worlds: readonly ProjectWorld[]): string {
  const targets = new Set(
    worlds.flatMap(({ definition }) => definition.value?.cases.map((one) => one.target) ?? []),
  );
  const nearest = findNearest(target, targets);
  const hint =
    nearest === undefined ? `there is: ${[...targets].join(", ")}` : `did you mean ${nearest}?`;
  return `no world rehearses ${target}; ${hint}`;
}

function listCases(worlds: readonly ProjectWorld[], { options, terminal }: DrillContext): number {
  const listed = worlds.map(({ name, path: file, definition }) => ({
    name,
    path: file,
    title: definition.value?.title ?? name,
    standIns: definition.value?.standIns ?? {},
    cases: definition.value?.cases ?? [],
  }));
  if (options.json === true) {
    terminal.write(`${JSON.stringify({ schemaVersion: 1, worlds: listed }, undefined, 2)}\n`);
    return 0;
  }
  for (const world of listed) {
    terminal.write(`${world.name}  ${world.title}\n`);
    for (const one of world.cases) {
      const summary = one.summary === undefined ? "" : `  ${one.summary}`;
      terminal.write(`  ${one.target} --case ${one.name}${summary}\n`);
    }
  }
  if (listed.length === 0) terminal.write("There is no world below runbooks/_worlds.\n");
  return 0;
}

function tellResults(
  results: readonly DrillResult[],
  { cases, others }: ChosenCases,
  durationMs: number,
  { options, terminal }: DrillContext,
): void {
  if (options.json === true) return;
  const passed = results.filter(({ exitCode }) => exitCode === 0).length;
  if (cases.length > 1) {
    terminal.write("\n");
    for (const { name, target, exitCode, sentence } of results) {
      terminal.write(`${exitCode === 0 ? "✓" : "✗"} ${target} ${name}: ${sentence}\n`);
    }
    const total = `${passed} of ${countNoun(cases.length, "drill")} passed`;
    terminal.write(`${total} in ${formatDuration(durationMs)}.\n`);
  }
  if (others.length > 0 && options.quiet !== true && options.case === undefined) {
    const names = others.map(({ name }) => name).join(", ");
    terminal.write(`Other cases of this target (--case NAME, or --all): ${names}\n`);
  }
}
