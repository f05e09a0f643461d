import { mkdir, open, rm, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const pauseMs = 20;

/**
 * Does a short piece of work while no other process does any under the same lock.
 *
 * `lock` is a file that is made for it, its folder too where it is not there, and taken away after it.
 * Work takes milliseconds: a lock that stays for `staleAfterMs` was left behind by a process that died,
 * and is taken away. Throws what the work and the file system throw. Reads and writes the file system.
 */
export async function holdLock<Result>(
  lock: string,
  work: () => Promise<Result>,
  options: { readonly staleAfterMs: number } = { staleAfterMs: 10_000 },
): Promise<Result> {
  await mkdir(path.dirname(lock), { recursive: true });
  // By the waiting, and not by the file's own time: another machine's clock may have set that.
  let seen: string | undefined;
  let waitedMs = 0;
  while (!(await take(lock))) {
    const info = await stat(lock).catch(() => undefined);
    const own = info === undefined ? undefined : `${info.ino} ${info.mtimeMs}`;
    waitedMs = own === seen ? waitedMs + pauseMs : 0;
    seen = own;
    if (waitedMs >= options.staleAfterMs) await rm(lock, { force: true });
    else await wait(pauseMs);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await (await open(lock, "wx")).close();
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
