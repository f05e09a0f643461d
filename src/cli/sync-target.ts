import type { Repository } from "../drift/ports.ts";
import {
  findUnsynced,
  nameBlock,
  planSync,
  type ReadTie,
  type SyncPlan,
  type SyncProblem,
  type SyncSource,
} from "../edit/sync-scripts.ts";
import { nameScriptPlace } from "../drift/script-tie.ts";
import type { FixedFile } from "../node/apply-fixes.ts";
import type { Project } from "../node/read-project.ts";
import type { ScriptTies } from "../node/read-script-ties.ts";
import { countNoun } from "../report/count-noun.ts";
import { exitCodeFor } from "../report/exit-code-for.ts";
import { escapeToLine } from "../report/sanitise-terminal-text.ts";
import { wrapWithIndent } from "../report/text-layout.ts";
import type { CommandContext, CommonOptions } from "./command-context.ts";
import { currentEnvironment } from "../node/current-environment.ts";
import { reportProblems } from "./report-problems.ts";

/** What `opswright sync` can be told. */
export interface SyncOptions extends CommonOptions {
  readonly from?: SyncSource | undefined;
  readonly create?: true | undefined;
  readonly dryRun?: true | undefined;
}

type SyncContext = CommandContext<SyncOptions>;

/** Regions inside regions are written one after the other; more rounds than that go in circles. */
const mostRounds = 20;

/**
 * Writes tied blocks from their scripts or the other way round, and gives back the exit code: 3 where
 * something is left that cannot be written.
 */
export async function syncTarget(context: SyncContext, paths: readonly string[]): Promise<number> {
  const { options } = context;
  if (options.create === true && options.from === "scripts") {
    return context.fail("--create goes with --from docs");
  }
  const { readProject } = await import("../node/read-project.ts");
  const project = await readProject({ root: options.root, configurationPath: options.config });
  if (exitCodeFor(project.diagnostics) !== 0) {
    return reportProblems(context, project.diagnostics, new Map());
  }
  const read = (): Promise<ScriptTies> => readTies(project, paths);
  const first = await read();
  if (first.problems.length > 0) reportProblems(context, first.problems, first.sources);
  const unsynced = findUnsynced(first.ties);
  if (unsynced.length === 0) return tellInSync(first, context);
  const from = options.from ?? (await askDirection(unsynced, context));
  if (from === undefined) return 2;
  const synced = await syncAll(first, read, project, from, options);
  await tell(synced, context);
  return synced.problems.length > 0 || first.problems.length > 0 ? 3 : 0;
}

async function readTies(project: Project, paths: readonly string[]): Promise<ScriptTies> {
  const { readScriptTies } = await import("../node/read-script-ties.ts");
  const { openRepository } = await import("../node/check-project.ts");
  // Another one each time: a repository reads each file once.
  const repository: Repository = openRepository(project, {
    observers: new Set(),
    environment: currentEnvironment(),
  });
  return readScriptTies(project, paths, repository);
}

interface SyncedProject {
  /** Sorted by path; a new script has no text before. */
  readonly files: readonly FixedFile[];
  readonly problems: readonly SyncProblem[];
}

async function syncAll(
  first: ScriptTies,
  read: () => Promise<ScriptTies>,
  project: Project,
  from: SyncSource,
  options: SyncOptions,
): Promise<SyncedProject> {
  const { applyFixes } = await import("../node/apply-fixes.ts");
  const { createScripts } = await import("../node/create-scripts.ts");
  const isDryRun = options.dryRun === true;
  const files = new Map<string, FixedFile>();
  const note = (file: FixedFile): void => {
    files.set(file.path, { ...file, before: files.get(file.path)?.before ?? file.before });
  };
  let { ties, sources } = first;
  for (let round = 1; ; round += 1) {
    const plan: SyncPlan = planSync(ties, from, { canCreate: options.create === true });
    const fixes = plan.writes.map(({ fix }) => fix);
    const applied = await applyFixes(project.root, fixes, sources, { isDryRun });
    for (const file of applied.files) note(file);
    if (!isDryRun) await createScripts(project.root, plan.newScripts);
    for (const { path, text } of plan.newScripts) note({ path, before: "", after: text });
    const hasChanged = applied.files.length > 0 || plan.newScripts.length > 0;
    if (isDryRun || !hasChanged || round === mostRounds) {
      const left = isDryRun ? [] : plan.writes;
      const reason = hasChanged
        ? "another block is tied to some of the same lines and is different"
        : "the file cannot be changed here: it changed meanwhile, or leads elsewhere";
      return {
        files: [...files.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1)),
        problems: [...plan.problems, ...left.map(({ tie }) => ({ tie, reason }))],
      };
    }
    ({ ties, sources } = await read());
  }
}

/** Says what differs, and asks for the direction where a person is there; undefined where not. */
async function askDirection(
  unsynced: readonly ReadTie[],
  { options, terminal }: SyncContext,
): Promise<SyncSource | undefined> {
  if (options.json === true) {
    const document = { schemaVersion: 1, differing: unsynced.map(describeTie), files: [] };
    terminal.write(`${JSON.stringify(document, undefined, 2)}\n`);
    return undefined;
  }
  const lines = unsynced.map((tie) =>
    escapeToLine(`  ${nameBlock(tie)} and ${nameScriptPlace(tie.place)}`),
  );
  terminal.writeError(
    `Not in sync: ${countNoun(unsynced.length, "block")}.\n${lines.join("\n")}\n`,
  );
  if (terminal.isInteractive) {
    const { isCancel, select } = await import("@clack/prompts");
    const answer = await select({
      message: "Which side is right?",
      options: [
        { value: "scripts" as const, label: "The scripts: write the blocks from them" },
        { value: "docs" as const, label: "The documents: write the scripts from them" },
      ],
    });
    if (!isCancel(answer)) return answer;
  }
  terminal.writeError(
    "Say which side is right: `opswright sync --from scripts` writes the documents,\n" +
      "`opswright sync --from docs` the scripts. Nothing was written.\n",
  );
  return undefined;
}

async function tell(
  { files, problems }: SyncedProject,
  { options, terminal }: SyncContext,
): Promise<void> {
  if (options.json === true) {
    const document = {
      schemaVersion: 1,
      files: files.map(({ path }) => path),
      problems: problems.map(({ tie, reason }) => ({ ...describeTie(tie), reason })),
    };
    terminal.write(`${JSON.stringify(document, undefined, 2)}\n`);
    return;
  }
  if (options.dryRun === true) {
    const { renderDiff } = await import("../edit/render-diff.ts");
    for (const { path, before, after } of files) terminal.write(renderDiff(path, before, after));
  }
  for (const { tie, reason } of problems) {
    const place = `${nameBlock(tie)}: script=${nameScriptPlace(tie.place)}`;
    const sentence = escapeToLine(`${place}: ${reason}.`);
    const lines = wrapWithIndent("error: ", sentence, terminal.errorStyle.columns);
    terminal.writeError(`${lines.join("\n")}\n`);
  }
  if (options.quiet === true) return;
  const [verb, names] = options.dryRun === true ? ["Would write", ""] : ["Wrote", listNames(files)];
  const sentence = `${verb} ${countNoun(files.length, "file")}${names}.\n`;
  // The difference alone stands on standard output, so that it can be piped into `git apply`.
  if (options.dryRun === true) terminal.writeError(sentence);
  else terminal.write(sentence);
}

function listNames(files: readonly FixedFile[]): string {
  return files.length === 0 ? "" : `: ${files.map(({ path }) => escapeToLine(path)).join(", ")}`;
}

function describeTie(tie: ReadTie): Record<string, unknown> {
  const { source, fenceSpan, place } = tie;
  const { path: script, region = null } = place;
  return { path: source.path, line: fenceSpan.start.line, script, region };
}

function tellInSync(
  { ties, documentCount }: ScriptTies,
  { options, terminal }: SyncContext,
): number {
  if (options.json === true) {
    terminal.write(
      `${JSON.stringify({ schemaVersion: 1, files: [], problems: [] }, undefined, 2)}\n`,
    );
    return 0;
  }
  if (options.quiet === true) return 0;
  terminal.write(
    ties.length === 0
      ? `No block of ${countNoun(documentCount, "runbook")} is tied to a script.\n`
      : `In sync: ${countNoun(ties.length, "block")}. Nothing to do.\n`,
  );
  return 0;
}
