import { findVariable, readProcessTable } from "./process-table.ts";
import type { ProcessEntry } from "./process-table.ts";

/** Starts of processes are told to 10 ms. */
const clockGrainS = 0.02;

/** What tells a session's processes from all others. */
export interface SessionMarks {
  /** The session's keeper, which leads its process session and is never among the found; -1 for one that is gone. */
  readonly keeperPid: number;
  /** The session's own part of `OPSWRIGHT_SESSION` in the environment. */
  readonly token: string;
  /** The folder of the session's FIFOs. */
  readonly directory: string;
}

/** What tells a step's processes from those that earlier steps left running. */
export interface StepMarks {
  /** `OPSWRIGHT_STEP` in the environment. */
  readonly key: string;
  /** Seconds from the machine's start to the step's. */
  readonly startedAfterBootS: number;
  readonly shellPid: number;
}

/**
 * Every process that belongs to a session: in its process session, with its token in the
 * environment, writing to its FIFOs, or descended from one that does.
 *
 * So `setsid` and double forks do not get away. A daemon does that drops all of these, which is also
 * the way to leave something running on purpose:
 * `env -u OPSWRIGHT_SESSION setsid --fork server >server.log 2>&1`. Reads the process table.
 */
export function findSessionProcesses(marks: SessionMarks): readonly ProcessEntry[] {
  return selectSession(readProcessTable(), marks);
}

/**
 * Those processes of a session that the given step has started, and the session's shell.
 *
 * A process without the step's mark in its environment (a subshell has its shell's) is the step's
 * when it was started after it. Reads the process table.
 */
export function findStepProcesses(marks: SessionMarks, step: StepMarks): readonly ProcessEntry[] {
  return selectSession(readProcessTable(), marks).filter(
    (entry) => entry.pid === step.shellPid || isOfStep(entry, step),
  );
}

/**
 * Those processes of a session that a step has left running: with its mark, or writing to its channel,
 * and all that descends from them. Reads the process table.
 *
 * @param channel the path of the channel's FIFOs without their endings
 */
export function findBackgroundProcesses(
  marks: SessionMarks,
  step: { readonly key: string; readonly channel: string | undefined },
): readonly ProcessEntry[] {
  const entries = selectSession(readProcessTable(), marks);
  const found = new Set(
    entries.filter(
      ({ environment, outputs }) =>
        findVariable(environment, "OPSWRIGHT_STEP") === step.key ||
        outputs.some((output) => output.replace(/\.std(?:out|err)$/u, "") === step.channel),
    ),
  );
  for (let before = 0; before !== found.size;) {
    before = found.size;
    const pids = new Set([...found].map(({ pid }) => pid));
    for (const entry of entries) if (pids.has(entry.parent)) found.add(entry);
  }
  return [...found];
}

function selectSession(
  table: readonly ProcessEntry[],
  marks: SessionMarks,
): readonly ProcessEntry[] {
  // Of most processes of a machine, that they are older than the session is all that has to be asked.
  const keeper = table.find(({ pid }) => pid === marks.keeperPid);
  const oldestS = (keeper?.startedAfterBootS ?? 0) - clockGrainS;
  const members = new Set(
    table
      .filter(
        (entry) =>
          (entry.startedAfterBootS ?? oldestS) >= oldestS &&
          (entry.session === marks.keeperPid ||
            hasToken(entry, marks.token) ||
            entry.outputs.some((output) => output.startsWith(`${marks.directory}/`))),
      )
      .map((entry) => entry.pid),
  );
  members.add(marks.keeperPid);
  for (let before = 0; before !== members.size;) {
    before = members.size;
    for (const entry of table) if (members.has(entry.parent)) members.add(entry.pid);
  }
  return table.filter(
    (entry) => members.has(entry.pid) && entry.pid !== marks.keeperPid && entry.pid !== process.pid,
  );
}

function hasToken(entry: ProcessEntry, token: string): boolean {
  // A run inside a step of another run has both tokens, so that ending the outer ends the inner.
  return findVariable(entry.environment, "OPSWRIGHT_SESSION")?.split(":").includes(token) === true;
}

function isOfStep(entry: ProcessEntry, step: StepMarks): boolean {
  const key = findVariable(entry.environment, "OPSWRIGHT_STEP");
  if (key === step.key) return true;
  // A restored shell has the mark of the step whose snapshot it got only among its variables.
  if (key !== undefined) return false;
  return (
    entry.startedAfterBootS === undefined ||
    entry.startedAfterBootS >= step.startedAfterBootS - clockGrainS
  );
}
