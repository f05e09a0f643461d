import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "../../src/node/process-table.ts";
import type { FixtureProject } from "./run-opswright.ts";

/** The folders that sessions of a project's runs have on their targets, as long as those are open. */
export async function findFolders({ directory }: FixtureProject): Promise<readonly string[]> {
  const runs = path.join(directory, ".opswright/runs");
  const files = await readdir(runs, { recursive: true });
  const cards = files.filter((file) => /\/targets\/\w+\.json$/u.test(file));
  return Promise.all(
    cards.map(async (card) => {
      const { folder } = JSON.parse(await readFile(path.join(runs, card), "utf8")) as {
        folder: string;
      };
      return folder;
    }),
  );
}

/**
 * Waits until nothing on the targets reads for a connection that has ended: what a step prints from then
 * on waits there, where what was on its way is lost.
 */
export async function waitForDetached(project: FixtureProject): Promise<void> {
  for (const folder of await findFolders(project)) {
    const pids = (await readFile(path.join(folder, "session/attached"), "utf8")).trim().split(" ");
    for (let attempt = 0; pids.some((pid) => isAlive(Number(pid))); attempt += 1) {
      if (attempt > 1500) throw new Error("the ended connection is still read for");
      await sleep(10);
    }
  }
}
