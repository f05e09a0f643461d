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

/** Keeps the state of a target's shell, and that its session is closed. */
export function writeTargetState(
  runDirectory: string,
  name: string,
  state: Uint8Array | undefined,
): void {
  if (state !== undefined) write(runDirectory, `${name}.state`, state);
  rmSync(path.join(runDirectory, folder, `${name}.json`), { force: true });
}

/** Keeps that the state which the shell of a target had is gone in part: what is kept is older. */
export function writeTargetLoss(runDirectory: string, name: string): void {
  write(runDirectory, `${name}.lost`, "");
}

/** Whether the shell of a target had more state than was kept when its session was closed. */
export function hasTargetLoss(runDirectory: string, name: string): boolean {
  return existsSync(path.join(runDirectory, folder, `${name}.lost`));
}

/** The state that the shell of a target had when its session was closed; undefined where it had none. */
export function readTargetState(runDirectory: string, name: string): Uint8Array | undefined {
  return read(runDirectory, `${name}.state`);
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
