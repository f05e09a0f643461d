import path from "node:path";
import type { Flow } from "../plan/plan-flow.ts";
import { planFlow } from "../plan/plan-flow.ts";
import { findUntangled } from "../edit/find-untangled.ts";
import { tangleScript } from "../edit/tangle-script.ts";
import { countNoun } from "../report/count-noun.ts";
import { exitCodeFor } from "../report/exit-code-for.ts";
import type { CommandContext, CommonOptions } from "./command-context.ts";
import { readLibrary, type Library } from "./read-library.ts";
import { reportProblems } from "./report-problems.ts";

/** What `opswright tangle` can be told. */
export interface TangleOptions extends CommonOptions {
  readonly output?: string | undefined;
  readonly force?: true | undefined;
  readonly tie?: true | undefined;
}

type TangleContext = CommandContext<TangleOptions>;

/** Makes a script of a target, prints or writes it, and gives back the exit code. */
export async function tangleTarget(context: TangleContext, target: string): Promise<number> {
  const { options, terminal } = context;
  if (options.output === undefined && (options.tie === true || options.force === true)) {
    return context.fail(`${options.tie === true ? "--tie" : "--force"} goes with --output`);
  }
  const library = await readLibrary(options, target);
  if (exitCodeFor(library.problems) !== 0) {
    return reportProblems(context, library.problems, library.sources);
  }
  const { value: flow, diagnostics: planned } = planFlow(target, library.runbooks);
  const diagnostics = [...planned, ...(flow === undefined ? [] : findUntangled(flow))];
  if (flow === undefined || exitCodeFor(diagnostics) !== 0) {
    return reportProblems(context, diagnostics, library.sources);
  }
  if (flow.entries.length === 0) {
    const { makeDiagnostic } = await import("../parse/make-diagnostic.ts");
    const nothing = makeDiagnostic("no-steps", { target }, { path: flow.runbook.path });
    return reportProblems(context, [nothing], library.sources);
  }
  if (options.output === undefined) return print(flow, context);
  const file = path.resolve(options.output);
  const script = toPosix(path.relative(library.root, file));
  if (options.tie === true && (script.startsWith("..") || path.isAbsolute(script))) {
    return context.fail("--tie needs a script inside the repository");
  }
  const { existsAlready } = await import("../node/exists-already.ts");
  if (options.force !== true && (await existsAlready(file))) {
    return context.fail(`${options.output} is there already; --force replaces it`);
  }
  const { writeFileWhole } = await import("../node/write-file-whole.ts");
  try {
    await writeFileWhole(file, tangleScript(flow, options.output), { mode: 0o755 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    terminal.writeError(`error: ${options.output} cannot be written: ${reason}\n`);
    return 6;
  }
  const tiedCount = options.tie === true ? await tie(flow, script, library) : 0;
  if (options.json === true) {
    const document = { schemaVersion: 1, file: options.output, tied: tiedCount };
    terminal.write(`${JSON.stringify(document, undefined, 2)}\n`);
  } else if (options.quiet !== true) {
    const tied =
      options.tie === true
        ? ` ${countNoun(tiedCount, "block is", "blocks are")} tied to it in ${flow.runbook.path}.`
        : "";
    terminal.write(`Wrote ${options.output}.${tied}\n`);
  }
  return 0;
}

function print(flow: Flow, { options, terminal }: TangleContext): number {
  const text = tangleScript(flow, `${flow.runbook.id.split("/").at(-1) ?? "script"}.sh`);
  if (options.json === true) {
    terminal.write(`${JSON.stringify({ schemaVersion: 1, script: text }, undefined, 2)}\n`);
  } else terminal.write(text);
  return 0;
}

/** Ties the target's own blocks; those that includes bring in belong to other documents. */
async function tie(flow: Flow, script: string, library: Library): Promise<number> {
  const { tieFences } = await import("../edit/tie-fences.ts");
  const { applyFixes } = await import("../node/apply-fixes.ts");
  const { runbook, entries } = flow;
  const text = library.sources.get(runbook.path);
  if (text === undefined) return 0;
  const ids = new Set(
    entries.flatMap(({ step }) => (step.runbook === runbook ? [step.step.id] : [])),
  );
  const fixes = tieFences(runbook, text, script, ids);
  const { fixedCount } = await applyFixes(library.root, fixes, library.sources, {
    isDryRun: false,
  });
  return fixedCount;
}

function toPosix(file: string): string {
  return file.split(path.sep).join("/");
}
