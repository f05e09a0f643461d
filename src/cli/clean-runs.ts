import path from "node:path";
import { findPosition } from "../run/find-position.ts";
import { countNoun } from "../report/count-noun.ts";
import type { CommandContext, CommonOptions } from "./command-context.ts";
import { findRun, readRuns } from "./find-run.ts";

/** Options of `opswright runs clean`. */
export interface CleanOptions extends CommonOptions {
  /** Milliseconds. */
  readonly olderThan?: number | undefined;
}

/**
 * Ends what runs that died have left running, their worlds included, and puts that on record, so that they count as interrupted;
 * deletes runs that ended longer ago than the options say. Gives back the exit code, which is 6 where one
 * of all runs cannot be read: what it has left running is not known.
 *
 * Ends processes, deletes folders below the runs' folder. A run whose runner lives is left alone.
 */
export async function cleanRuns(
  context: CommandContext<CleanOptions>,
  given: string | undefined,
): Promise<number> {
  const { options, terminal, fail } = context;
  const { runs, damaged, directory } = await readRuns(options);
  const asked = given === undefined ? undefined : (await findRun(context, given)).summary.run;
  const wanted = asked === undefined ? runs : runs.filter(({ run }) => run === asked);
  const died = wanted.filter(({ outcome }) => outcome === "died");
  const { findOpenTargets } = await import("../node/end-run-sessions.ts");
  const isLeft =
    asked !== undefined && (await findOpenTargets(path.join(directory, asked))).length > 0;
  if (asked !== undefined && died.length === 0 && !isLeft && options.olderThan === undefined) {
    return fail(`the run ${asked} has not died: there is nothing of it to clean`);
  }
  for (const { run } of died) {
    await endRun(path.join(directory, run));
    const isWorldDown = await endWorld(path.join(directory, run), context);
    const next = isWorldDown ? "Its world is torn down." : `Go on: opswright resume ${run}`;
    terminal.write(`${run}: what it had left running is ended. ${next}\n`);
  }
  // Those of a run whose connection was lost live on, so that it can be resumed.
  const ended = wanted.filter(({ outcome }) => outcome !== "running");
  const targets = await endTargets(directory, ended, context);
  const { olderThan } = options;
  const old = wanted.filter(
    ({ outcome, startedAt, durationMs = 0 }) =>
      olderThan !== undefined &&
      !["running", "died"].includes(outcome) &&
      Date.now() - (Date.parse(startedAt) + durationMs) > olderThan,
  );
  if (old.length > 0) {
    const { deleteRun } = await import("../node/delete-run.ts");
    for (const { run } of old) await deleteRun(path.join(directory, run));
  }
  if (old.length > 0) terminal.write(`Deleted ${countNoun(old.length, "run")}.\n`);
  const isForAll = asked === undefined && damaged.length > 0;
  const count = died.length + old.length + targets.count;
  if (count === 0 && !isForAll) terminal.write("There is nothing to clean.\n");
  if (!isForAll) return targets.exitCode;
  const { renderDamagedRuns } = await import("../report/render-runs.ts");
  terminal.writeError(renderDamagedRuns(damaged));
  return 6;
}

/** Ends what runs have left on targets; how many there were, and 6 where one could not be reached. */
async function endTargets(
  directory: string,
  runs: readonly { readonly run: string }[],
  { terminal }: CommandContext,
): Promise<{ readonly count: number; readonly exitCode: 0 | 6 }> {
  const { endTargetSession, findOpenTargets } = await import("../node/end-run-sessions.ts");
  let count = 0;
  let exitCode: 0 | 6 = 0;
  for (const { run } of runs) {
    for (const target of await findOpenTargets(path.join(directory, run))) {
      count += 1;
      const problem = await endTargetSession(path.join(directory, run), target);
      if (problem === undefined) {
        terminal.write(`${run}: its session on the target ${target.name} is ended.\n`);
      } else {
        exitCode = 6;
        terminal.writeError(`error: ${run}: ${problem}\n`);
      }
    }
  }
  return { count, exitCode };
}

/** Takes down the world in which a drill had run; false where there is none. */
async function endWorld(directory: string, context: CommandContext): Promise<boolean> {
  const { findStandingWorld } = await import("../node/world-card.ts");
  const standing = await findStandingWorld(directory);
  if (standing === undefined) return false;
  const { exitCode, output } = await standing.raised.tearDown(false);
  if (exitCode !== 0) {
    const { tellFailedTeardown } = await import("./judge-rehearsal.ts");
    tellFailedTeardown(exitCode, output, context);
  }
  return true;
}

async function endRun(directory: string): Promise<void> {
  const { adoptFileJournal } = await import("../node/file-journal.ts");
  const { endRunSessions } = await import("../node/end-run-sessions.ts");
  const adopted = await adoptFileJournal(directory);
  // It has found another runner meanwhile.
  if (!("journal" in adopted)) return;
  const { journal, events } = adopted;
  try {
    await endRunSessions(directory);
    const [start] = events;
    if (start?.type !== "run-started") return;
    const { open, phase = "main" } = findPosition(start.plan, events);
    const { findClockShiftMs } = await import("../node/read-machine-moment.ts");
    const shiftMs = findClockShiftMs(new Date(start.time), start.machine) ?? 0;
    const spanMs = (since: string): number => Math.max(0, Date.now() - shiftMs - Date.parse(since));
    if (open !== undefined) {
      await journal.append({
        type: "step-ended",
        stepId: open.step.id,
        phase,
        outcome: "cancelled",
        durationMs: spanMs(open.startedAt),
        reason: "It was ended by `opswright runs clean`, after its runner had died.",
      });
    }
    await journal.append({
      type: "run-ended",
      outcome: "interrupted",
      exitCode: 130,
      reason: "Its runner had died. What it had left running was ended by `opswright runs clean`.",
      durationMs: spanMs(start.time),
    });
  } finally {
    journal.close();
  }
}
