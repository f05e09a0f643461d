import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { WorldCard } from "./raised-world.ts";

/**
 * Writes down in which world a run rehearses, so that another process can go on with it; readable by its
 * owner alone.
 */
export async function writeWorldCard(runDirectory: string, card: WorldCard): Promise<void> {
  await writeFile(fileOf(runDirectory), JSON.stringify(card), { mode: 0o600 });
}

/** The world in which a run rehearses; undefined where it has none, or it was torn down. */
export async function readWorldCard(runDirectory: string): Promise<WorldCard | undefined> {
  const text = await readFile(fileOf(runDirectory), "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as WorldCard);
}

function fileOf(runDirectory: string): string {
  return path.join(runDirectory, "world.json");
}
