import { escapeControlCharacters } from "../../report/sanitise-terminal-text.ts";

/**
 * Makes visible what could deceive in every text of a value, names of keys included.
 *
 * Dates, maps and what else is no plain object stay as they are. No I/O.
 */
export function escapeTexts<Value>(value: Value): Value {
  return escapeAny(value) as Value;
}

function escapeAny(value: unknown): unknown {
  if (typeof value === "string") return escapeControlCharacters(value);
  if (Array.isArray(value)) return value.map(escapeAny);
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [escapeControlCharacters(key), escapeAny(inner)]),
  );
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
