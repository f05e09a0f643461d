import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** By what another runner knows the session of a target again. */
export interface TargetCard {
  /** Marks its records and its processes. */
  readonly token: string;
  /** The session's folder on the target: `/tmp/opswright-5f3c…`. */
  readonly folder: string;
  /** How many servers there can be at a time. */
  readonly serverCount: number;
}

/** Writes down that a session was begun on a target, before it is; readable by its owner alone. */
export function writeTargetCard(runDirectory: string, name: string, card: TargetCard): void {
  write(runDirectory, `${name}.json`, JSON.stringify(card));
}

/** The session that a run has on a target; undefined where it has none, or it was closed. */
export function readTargetCard(runDirectory: string, name: string): TargetCard | undefined {
  const text = read(runDirectory, `${name}.json`);
  return text && (JSON.parse(text.toString()) as TargetCard);
}

/** Whether a run has a session on any target that was not closed. */
export function hasTargetCards(runDirectory: string): boolean {
  const place = path.join(runDirectory, folder);
  return existsSync(place) && readdirSync(place).some((file) => file.endsWith(".json"));
}

/** Keeps that the session of a target is closed. */
export function removeTargetCard(runDirectory: string, name: string): void {
  rmSync(path.join(runDirectory, folder, `${name}.json`), { force: true });
}

/**
 * Keeps the states that the shell of a target had after steps, by their keys, the last one last; those that
 * earlier sessions have left stay before them.
 */
export function addTargetStates(
  runDirectory: string,
  name: string,
  states: ReadonlyMap<string, Uint8Array>,
): void {
  const keys = listTargetStates(runDirectory, name).filter((key) => !states.has(key));
  mkdirSync(path.join(runDirectory, folder, name), { recursive: true, mode: 0o700 });
  for (const [key, state] of states) write(runDirectory, `${name}/${key}.state`, state);
  write(runDirectory, `${name}.states`, JSON.stringify([...keys, ...states.keys()]));
}

/** Forgets what the shell of a target had after these steps: a run goes back to what it was before them. */
export function dropTargetStates(
  runDirectory: string,
  name: string,
  dropped: ReadonlySet<string>,
): void {
  const keys = listTargetStates(runDirectory, name);
  if (keys.some((key) => dropped.has(key))) {
    const left = keys.filter((key) => !dropped.has(key));
    write(runDirectory, `${name}.states`, JSON.stringify(left));
  }
  const lost = read(runDirectory, `${name}.lost`)?.toString();
  if (lost !== undefined && dropped.has(lost)) {
    rmSync(path.join(runDirectory, folder, `${name}.lost`), { force: true });
  }
}

/** The steps after which the state of a target's shell was kept, and counts, the last one last. */
export function listTargetStates(runDirectory: string, name: string): readonly string[] {
  const text = read(runDirectory, `${name}.states`);
  return text === undefined ? [] : (JSON.parse(text.toString()) as string[]);
}

/** The state that the shell of a target had last when a session was closed; undefined where it had none. */
export function readTargetState(runDirectory: string, name: string): Uint8Array | undefined {
  const key = listTargetStates(runDirectory, name).at(-1);
  return key === undefined ? undefined : readStateAfter(runDirectory, name, key);
}

/** The state that the shell of a target had after a step; undefined where it was not kept. */
export function readStateAfter(
  runDirectory: string,
  name: string,
  key: string,
): Uint8Array | undefined {
  return read(runDirectory, `${name}/${key}.state`);
}

/** Keeps that what a step did to the shell of a target is gone: what is kept is older. */
export function writeTargetLoss(runDirectory: string, name: string, key: string): void {
  write(runDirectory, `${name}.lost`, key);
}

/** Whether the shell of a target had more state than was kept when its session was closed. */
export function hasTargetLoss(runDirectory: string, name: string): boolean {
  return existsSync(path.join(runDirectory, folder, `${name}.lost`));
}

const folder = "targets";

function write(runDirectory: string, file: string, content: string | Uint8Array): void {
  mkdirSync(path.join(runDirectory, folder), { recursive: true, mode: 0o700 });
  writeFileSync(path.join(runDirectory, folder, file), content, { mode: 0o600 });
}

function read(runDirectory: string, file: string): Buffer | undefined {
  try {
    return readFileSync(path.join(runDirectory, folder, file));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
