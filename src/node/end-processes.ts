import { setTimeout as sleep } from "node:timers/promises";

/**
 * Ends processes: TERM to all, KILL to those that are left after `graceMs`, until none is left.
 *
 * `find` tells which processes are to go; it is asked again and again, so that what they start
 * meanwhile goes as well. Before KILL all are stopped, so that none can start another between being
 * found and being killed. Returns the pids that could not be ended (of another user, or stuck in the
 * kernel) after a further ten seconds.
 */
export async function endProcesses(
  find: () => readonly number[],
  graceMs: number,
): Promise<readonly number[]> {
  signalAll(find(), "SIGTERM");
  // A stopped process does not act upon TERM before it goes on.
  if (!(await waitUntilNone(find, graceMs, (left) => signalAll(left, "SIGCONT")))) {
    await freeze(find);
    const isDone = await waitUntilNone(find, 10_000, (left) => signalAll(left, "SIGKILL"));
    return isDone ? [] : find();
  }
  return [];
}

async function waitUntilNone(
  find: () => readonly number[],
  limitMs: number,
  onLeft: (left: readonly number[]) => void,
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

async function freeze(find: () => readonly number[]): Promise<void> {
  const stopped = new Set<number>();
  for (let round = 0; round < 100; round += 1) {
    const fresh = find().filter((pid) => !stopped.has(pid));
    if (fresh.length === 0) return;
    signalAll(fresh, "SIGSTOP");
    for (const pid of fresh) stopped.add(pid);
    await sleep(1);
  }
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended meanwhile, or is another user's: `find` tells which in the next round.
    }
  }
}
