import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { readWorld } from "../drill/read-world.ts";
import type { WorldCase, WorldDefinition } from "../model/world.ts";
import { reviveWorld } from "./raised-world.ts";
import type { RaisedWorld, WorldCard } from "./raised-world.ts";

/** The world in which a run had rehearsed, as its `world.yaml` is today. */
export interface StandingWorld {
  readonly raised: RaisedWorld;
  readonly source: string;
  readonly definition: WorldDefinition;
  readonly worldCase: WorldCase;
}

/**
 * Writes down in which world a run rehearses, so that another process can go on with it; readable by its
 * owner alone.
 */
export async function writeWorldCard(runDirectory: string, card: WorldCard): Promise<void> {
  await writeFile(fileOf(runDirectory), JSON.stringify(card), { mode: 0o600 });
}

/**
 * Finds the world in which a run had rehearsed; undefined where it has none, it was torn down, or its
 * project no longer has its case. Reads the run's folder and the world's.
 */
export async function findStandingWorld(
  runDirectory: string,
  interrupted?: AbortSignal,
): Promise<StandingWorld | undefined> {
  const text = await readFile(fileOf(runDirectory), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const card = JSON.parse(text) as WorldCard;
  const { source, caseName } = card;
  const file = path.join(source, "world.yaml");
  const written = await readFile(file, "utf8").catch(() => "");
  const definition = readWorld(file, written).value;
  const worldCase = definition?.cases.find(({ name }) => name === caseName);
  if (definition === undefined || worldCase === undefined) return undefined;
  const raised = await reviveWorld(card, {
    source,
    definition,
    worldCase,
    environment: process.env,
    onLine: () => {},
    interrupted,
  });
  return raised && { raised, source, definition, worldCase };
}

function fileOf(runDirectory: string): string {
  return path.join(runDirectory, "world.json");
}
