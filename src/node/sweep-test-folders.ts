import { lstatSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { isAlive } from "./process-table.ts";

/**
 * Ends the shells, and takes away the folders, of tests whose process was killed before it could: those in
 * the given places, of this user, whose name is the prefix, the process's number and a dash.
 *
 * What cannot be ended or taken away is left, since nobody has asked for it. Reads the places; ends
 * processes, removes folders.
 *
 * @example sweepTestFolders(["/tmp", "/dev/shm"], "opswright-test-") takes away /tmp/opswright-test-4711-xY3
 */
export async function sweepTestFolders(places: readonly string[], prefix: string): Promise<void> {
  for (const folder of places.flatMap((place) => listLeft(place, prefix))) {
    const sessions = readdirSync(folder).filter((name) => name.endsWith("-session"));
    try {
      for (const name of sessions) {
        // Loaded where something was left: it almost never is.
        const { endRunSessions } = await import("./end-run-sessions.ts");
        await endRunSessions(path.join(folder, name));
      }
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // A test must not fail for what another one has left.
    }
  }
}

function listLeft(place: string, prefix: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(place);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.startsWith(prefix))
    .filter((name) => {
      // A digit alone may be anybody's: the six random signs of a folder can begin with one.
      const pid = Number(/^(\d+)-/u.exec(name.slice(prefix.length))?.[1]);
      return !Number.isNaN(pid) && pid !== process.pid && !isAlive(pid);
    })
    .map((name) => path.join(place, name))
    .filter((folder) => {
      const info = lstatSync(folder, { throwIfNoEntry: false });
      return info?.isDirectory() === true && info.uid === process.getuid?.();
    });
}
