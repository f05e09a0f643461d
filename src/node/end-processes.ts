import { setTimeout as sleep } from "node:timers/promises";

/** A process that is to end. */
export interface EndingProcess {
  readonly pid: number;
  /** Its process group, of which every process belongs to the same session of ours; 0: it has none of its own. */
  readonly group: number;
}

/** For processes that not even KILL ends at once, since the kernel is busy for them. */
const lastLimitMs = 10_000;

/**
 * Ends processes: TERM to all, KILL to those that are left after `graceMs`, until none is left.
 *
 * `find` tells which processes are to go; it is asked again and again, so that what they start
 * meanwhile goes as well. Before KILL their process groups are stopped as a whole, so that none can
 * start another between being found and being killed; those of a group that are not to go are
 * continued afterwards. Returns the pids that could not be ended within a further ten seconds: of
 * another user, or stuck in the kernel.
 */
export async function endProcesses(
  find: () => readonly EndingProcess[],
  graceMs: number,
): Promise<readonly number[]> {
  signalEach(find(), "SIGTERM");
  // A stopped process does not act upon TERM before it goes on.
  const areGone = await waitUntilNone(find, graceMs, (left) => signalEach(left, "SIGCONT"));
  if (areGone) return [];
  const stopped = new Set<number>();
  await waitUntilNone(find, lastLimitMs, (left) => {
    for (const { group } of left) stopped.add(group);
    signalGroups(stopped, "SIGSTOP");
    // Anew, since the groups have changed until they stood still.
    signalEach(find(), "SIGKILL");
  });
  signalGroups(stopped, "SIGCONT");
  return find().map(({ pid }) => pid);
}

async function waitUntilNone(
  find: () => readonly EndingProcess[],
  limitMs: number,
  onLeft: (left: readonly EndingProcess[]) => void,
): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  for (let pauseMs = 2; ; pauseMs = Math.min(pauseMs * 2, 100)) {
    const left = find();
    if (left.length === 0) return true;
    if (performance.now() >= deadline) return false;
    onLeft(left);
    await sleep(Math.min(pauseMs, Math.max(1, deadline - performance.now())));
  }
}

/** Sends a signal to a process, or, for a negative number, to a group; one that is gone is no matter. */
export function signalProcess(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch {
    // It ended meanwhile, or is another user's: who looks for it again is told.
  }
}

function signalEach(processes: readonly EndingProcess[], signal: NodeJS.Signals): void {
  for (const { pid } of processes) signalProcess(pid, signal);
}

function signalGroups(groups: ReadonlySet<number>, signal: NodeJS.Signals): void {
  for (const group of groups) if (group > 1) signalProcess(-group, signal);
}
