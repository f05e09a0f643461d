import { watch, type FSWatcher } from "node:fs";
import path from "node:path";

/** Waits for a run that another process runs. */
export interface RunWatch {
  /**
   * Resolves once something in the run's folder has changed since the last call, with `true`; with
   * `false` where nothing has for a while, or the watch is closed.
   */
  waitForChange(): Promise<boolean>;
  close(): void;
}

/** File systems of other machines send no events: then this is how late news comes. */
const pollMs = 1000;

/** What changes within this time is told once. */
const pauseMs = 20;

/** Watches a run's folder and its steps' output. Side effect: watches of the file system until closed. */
export function watchRun(directory: string): RunWatch {
  const watchers = new Map<string, FSWatcher>();
  const closing = new AbortController();
  let hasChanged = false;
  let wake: (() => void) | undefined;

  const tell = (): void => {
    hasChanged = true;
    wake?.();
  };
  const add = (folder: string): void => {
    if (watchers.has(folder)) return;
    try {
      const watcher = watch(folder, tell);
      watcher.on("error", () => watcher.close());
      watchers.set(folder, watcher);
    } catch {
      // It is not there yet, or the system has no more watches: the poll is left.
    }
  };
  const wait = async (ms: number, isWoken: boolean): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    closing.signal.addEventListener("abort", () => resolve(), { once: true });
    if (isWoken) wake = resolve;
    await promise;
    wake = undefined;
    clearTimeout(timer);
  };

  add(directory);
  return {
    waitForChange: async () => {
      add(path.join(directory, "steps"));
      if (closing.signal.aborted) return false;
      if (!hasChanged) await wait(pollMs, true);
      if (!hasChanged) return false;
      await wait(pauseMs, false);
      hasChanged = false;
      return true;
    },
    close: () => {
      closing.abort();
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}
