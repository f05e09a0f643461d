import { statSync, watch, type FSWatcher } from "node:fs";
import path from "node:path";

/** Tells which files have changed. */
export interface PathChanges {
  /** Resolves with the files that have changed since the last call, absolute; empty where aborted. */
  next(aborted: AbortSignal): Promise<ReadonlySet<string>>;
  close(): void;
}

/** An editor writes a file in several goes. */
const quietMs = 100;

/**
 * Watches files, and folders with all that is below them. Of a file its folder is watched, since an
 * editor puts a new one in its place. Watches the file system until closed.
 */
export function watchPaths(paths: readonly string[]): PathChanges {
  const changed = new Set<string>();
  const watchers: FSWatcher[] = [];
  let wake: () => void = () => {};
  for (const given of paths) {
    const target = path.resolve(given);
    const isFolder = statSync(target).isDirectory();
    const folder = isFolder ? target : path.dirname(target);
    const watcher = watch(folder, { recursive: isFolder }, (_event, name) => {
      const file = path.resolve(folder, name ?? "");
      if (!isFolder && file !== target) return;
      changed.add(file);
      wake();
    });
    // A folder that is taken away has nothing more to tell.
    watcher.on("error", () => watcher.close());
    watchers.push(watcher);
  }
  return {
    next: (aborted) =>
      new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined;
        const finish = (): void => {
          clearTimeout(timer);
          aborted.removeEventListener("abort", finish);
          wake = () => {};
          const files = new Set(changed);
          changed.clear();
          resolve(files);
        };
        wake = () => {
          clearTimeout(timer);
          timer = setTimeout(finish, quietMs);
        };
        aborted.addEventListener("abort", finish, { once: true });
        if (aborted.aborted) finish();
        else if (changed.size > 0) wake();
      }),
    close: () => {
      for (const watcher of watchers) watcher.close();
    },
  };
}
