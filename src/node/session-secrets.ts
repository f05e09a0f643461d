import { readFileSync } from "node:fs";
import { createRedactor } from "../run/create-redactor.ts";
import type { Secret } from "../run/list-secrets.ts";
import type { OutputFilter } from "./output-sink.ts";

/** The secrets of a session, as far as its runner knows them. */
export interface SessionSecrets {
  readonly known: readonly Secret[];
  /** True where the session has one whose value nobody knows: none of its output may be kept. */
  readonly isIncomplete: boolean;
}

/**
 * The secrets of a session that is taken over: those that its runner was given, and those that its keeper
 * was started with, which may be older.
 *
 * Reads the keeper's environment, on Linux; elsewhere only what was given is known.
 */
export function recallSecrets(
  given: readonly Secret[],
  names: readonly string[],
  keeperPid: number | undefined,
): SessionSecrets {
  const environment = names.length === 0 ? [] : readEnvironment(keeperPid);
  const kept = names.flatMap((name) => {
    const entry = environment.find((one) => one.startsWith(`${name}=`));
    return entry === undefined ? [] : [{ name, value: entry.slice(name.length + 1) }];
  });
  const known = [...given, ...kept];
  const isIncomplete = names.some((name) => !known.some((secret) => secret.name === name));
  return { known, isIncomplete };
}

function readEnvironment(pid: number | undefined): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}

/** What a session's output passes; undefined for a session without secrets. No I/O. */
export function createOutputFilter({
  known,
  isIncomplete,
}: SessionSecrets): (() => OutputFilter) | undefined {
  if (isIncomplete) return () => ({ push: () => new Uint8Array(), flush: () => new Uint8Array() });
  const redactor = createRedactor(known);
  return redactor === undefined ? undefined : () => redactor.openStream();
}

/** Says what a new shell lacks since it was made of a secret: at most one sentence. No I/O. */
export function describeMissing(names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const list = names.map((name) => name.replace(/^alias:/u, "alias ")).join(", ");
  return [
    `The new shell lacks ${list}: made of a secret in a way that cannot be kept outside of a shell. A step that needs it must set it itself.`,
  ];
}
