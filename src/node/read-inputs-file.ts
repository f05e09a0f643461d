import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseEnv } from "node:util";
import { parse as parseYaml } from "yaml";

/** A file of inputs that is not there or does not hold names with values. */
export class InputsFileError extends Error {
  override readonly name = "InputsFileError";
}

/**
 * Reads the values of inputs from a file: `.json`, `.yaml` or `.yml` with a map of names to values,
 * any other as lines of `NAME=value`.
 *
 * Numbers and booleans become text, lists are joined by commas. Throws `InputsFileError`, whose
 * message never holds a value. Reads the file.
 */
export async function readInputsFile(file: string): Promise<ReadonlyMap<string, string>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new InputsFileError(`The file of inputs ${file} cannot be read.`, { cause: error });
  }
  const data = parseInputs(file, text);
  return new Map(Object.entries(data).map(([name, value]) => [name, toText(file, name, value)]));
}

function parseInputs(file: string, text: string): Record<string, unknown> {
  if (!/\.(?:json|ya?ml)$/iu.test(file)) return parseEnv(text);
  let data: unknown;
  try {
    // JSON is read by its own parser, whose rules are stricter.
    data = path.extname(file).toLowerCase() === ".json" ? JSON.parse(text) : parseYaml(text);
  } catch {
    // The parsers' own messages quote the text, which may hold a secret.
    throw new InputsFileError(`The file of inputs ${file} is not valid.`);
  }
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    throw new InputsFileError(`The file of inputs ${file} must hold a map of names to values.`);
  }
  return data as Record<string, unknown>;
}

function toText(file: string, name: string, value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.map((item) => toText(file, name, item)).join(",");
  throw new InputsFileError(
    `The value of ${name} in ${file} must be text, a number, true, false or a list.`,
  );
}
