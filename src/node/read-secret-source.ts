import { homedir } from "node:os";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { SecretSource } from "../model/plan.ts";
import { readSecretCommand, type SecretPlace } from "./read-secret-command.ts";

/** What came of reading a secret; `reason` in words, without anything that was read. */
export type SecretReading =
  | { readonly kind: "read"; readonly value: string }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "interrupted" };

/** Linux takes 128 KB for a variable with its name. */
const mostBytes = 120 * 1024;

/**
 * Reads the value of a secret: the first line that a command prints, or a file's text without its last
 * line end.
 *
 * A value that is empty, or that no environment variable can hold, is a failure. Reads
 * the file, or starts the command.
 */
export async function readSecretSource(
  { command, file }: SecretSource,
  place: SecretPlace,
): Promise<SecretReading> {
  if (command === undefined) return readSecretFile(file, place);
  const printed = await readSecretCommand(command, { ...place, mostBytes });
  if (printed.kind !== "printed") return printed;
  const { bytes } = printed;
  const end = bytes.indexOf("\n");
  if (end === -1 && bytes.length > mostBytes) return fail(tooLong);
  return decodeValue(end === -1 ? bytes : bytes.subarray(0, end + 1), {
    empty: bytes.length === 0 ? "it printed nothing" : "the first line that it printed is empty",
  });
}

async function readSecretFile(file: string, place: SecretPlace): Promise<SecretReading> {
  const absolute = expandSecretPath(file, place);
  try {
    const about = await stat(absolute);
    // A pipe would be waited for until somebody writes into it.
    if (!about.isFile()) return fail(`${absolute} is no regular file`);
    if (about.size > mostBytes) return fail(tooLong);
    return decodeValue(await readFile(absolute), { empty: `${absolute} is empty` });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === "ENOENT" || code === "ENOTDIR") return fail(`there is no file ${absolute}`);
    if (code === "EACCES" || code === "EPERM") return fail(`${absolute} is not yours to read`);
    return fail(`${absolute} cannot be read (${code})`);
  }
}

/**
 * The absolute path of a secret's file: from the root, or from the home folder where it begins with `~`,
 * `$HOME` or `${HOME}`. No I/O.
 */
export function expandSecretPath(
  file: string,
  { directory, environment }: Pick<SecretPlace, "directory" | "environment">,
): string {
  const home = environment["HOME"] ?? homedir();
  return path.resolve(
    directory,
    file.replace(/^(?:~|\$HOME|\$\{HOME\})(?=\/|$)/u, () => home),
  );
}

const tooLong = `it is longer than ${mostBytes / 1024} KB, which is more than an environment variable can hold`;

function fail(reason: string): SecretReading {
  return { kind: "failed", reason };
}

function decodeValue(bytes: Uint8Array, words: { readonly empty: string }): SecretReading {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return fail("it is no UTF-8 text");
  }
  const value = text.replace(/\r?\n$/u, "");
  if (value === "") return fail(words.empty);
  if (value.includes("\0")) return fail("it holds a NUL byte, which no environment variable can");
  return { kind: "read", value };
}
