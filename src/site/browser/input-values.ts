import type { InputDefinition } from "../../model/front-matter.ts";
import { findInputProblem } from "../../plan/check-input-value.ts";

/** The inputs of a runbook by name. */
export type InputDefinitions = ReadonlyMap<string, InputDefinition>;

/** Values by the name of their input. */
export type InputValues = ReadonlyMap<string, string>;

/** What stands before the values in an address's fragment; no element has such an id. */
const mark = "#inputs?";

/** Control and format characters may end a quoted word in a terminal, or deceive the eye. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * Says why a reader's value is not put into commands, as a sentence; `undefined` where it is.
 *
 * The judge is the command line's own; beyond it, no character may be invisible. No I/O.
 */
export function judgeValue(value: string, definition: InputDefinition): string | undefined {
  if (unseen.test(value)) return "It holds characters that cannot be seen.";
  const problem = findInputProblem(value, definition);
  return problem === undefined ? undefined : `Expected ${problem}.`;
}

/** The value that holds where none is given. No I/O. */
export function defaultOf({ default: value }: InputDefinition): string | undefined {
  if (value === undefined) return undefined;
  return Array.isArray(value) ? value.join(",") : String(value);
}

/**
 * Reads the values that an address carries, the fragment's before the query's.
 *
 * Names that the runbook does not declare, secrets and empty values are left out; whether a value
 * fits is not judged. No I/O.
 *
 * @example `?VERSION=v1#inputs?COMMIT=abc` → VERSION and COMMIT
 */
export function readAddress(
  { search, hash }: { readonly search: string; readonly hash: string },
  definitions: InputDefinitions,
): InputValues {
  const fragment = hash.startsWith(mark) ? hash.slice(mark.length) : "";
  const values = new Map<string, string>();
  for (const given of [search, fragment]) {
    for (const [name, value] of new URLSearchParams(given)) {
      const definition = definitions.get(name);
      if (definition === undefined || definition.type === "secret" || value === "") continue;
      values.set(name, value);
    }
  }
  return values;
}

/**
 * Writes values into an address: query and fragment, either of which may be empty.
 *
 * Of the query only what names no input is left. What equals the default is left out. No I/O.
 *
 * @example `?from=pager#inputs?VERSION=v1`
 */
export function writeAddress(
  search: string,
  values: InputValues,
  definitions: InputDefinitions,
): string {
  const query = new URLSearchParams(search);
  for (const name of definitions.keys()) query.delete(name);
  const fragment = new URLSearchParams(listGiven(values, definitions));
  return `${query.size > 0 ? `?${query}` : ""}${fragment.size > 0 ? `${mark}${fragment}` : ""}`;
}

/** Names and values in the order of the definitions, without secrets and defaults. No I/O. */
export function listGiven(values: InputValues, definitions: InputDefinitions): [string, string][] {
  return [...definitions].flatMap(([name, definition]): [string, string][] => {
    const value = values.get(name);
    if (value === undefined || definition.type === "secret") return [];
    return value === defaultOf(definition) ? [] : [[name, value]];
  });
}
