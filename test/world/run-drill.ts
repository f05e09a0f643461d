import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import type { RunEvent } from "../../src/model/run-event.ts";
import { program } from "../program.ts";

/** What became of a drill. */
export interface Drill {
  readonly exitCode: number | undefined;
  /** What the program printed, on both streams. */
  readonly output: string;
  readonly events: readonly RunEvent[];
  /** Everything that the run's steps printed, on both streams. */
  readonly printed: string;
}

/** What drills are started with; what their worlds keep for the next one goes with `directory`. */
export function environmentOf(directory: string): { NO_COLOR: string; HOME: string } {
  return { NO_COLOR: "1", HOME: directory };
}

/**
 * Runs one drill of the project in `root`, with its journal in a folder of its own below `directory`, so that
 * drills do not mix.
 *
 * Enters nothing into the ledger.
 */
export async function runDrill(
  root: string,
  directory: string,
  target: string,
  name: string,
): Promise<Drill> {
  const runs = path.join(directory, name, "runs");
  const configuration = path.join(directory, `${name}.json`);
  await writeFile(configuration, JSON.stringify({ runs: path.relative(root, runs) }));
  const { exitCode, all } = await execa(
    process.execPath,
    [program, "drill", target, "--case", name, "--no-ledger", "--config", configuration],
    { cwd: root, reject: false, all: true, stdin: "ignore", env: environmentOf(directory) },
  );
  const [run = ""] = await readdir(runs).catch(() => []);
  const journal = await readFile(path.join(runs, run, "events.ndjson"), "utf8").catch(() => "");
  const events = journal
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as RunEvent);
  const folder = path.join(runs, run);
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const outputs = await Promise.all(
    files
      .filter((file) => file.isFile() && /(?:stdout|stderr|\.out|\.err)$/.test(file.name))
      .map((file) => readFile(path.join(file.parentPath, file.name), "utf8")),
  );
  return { exitCode, output: all, events, printed: outputs.join("\n") };
}
