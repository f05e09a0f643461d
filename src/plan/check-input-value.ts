import type { InputDefinition } from "../model/front-matter.ts";
import { parseDurationMs } from "../parse/parse-duration.ts";

/**
 * Says why a value does not fit an input's definition; `undefined` where it fits.
 *
 * The sentence fragment never holds the value itself, which may be secret. Lists are separated by
 * commas; `git-ref` follows git-check-ref-format(1) loosely and never starts with `-`. No I/O.
 */
export function findInputProblem(value: string, definition: InputDefinition): string | undefined {
  if (value.includes("\0")) return "it holds a NUL byte, which no environment variable can";
  const items = definition.type === "list" ? value.split(",") : [value];
  const choices = definition.choices?.map(String);
  if (choices !== undefined && !items.every((item) => choices.includes(item))) {
    return `one of ${choices.join(", ")}`;
  }
  const ofType = findTypeProblem(value, definition.type);
  if (ofType !== undefined) return ofType;
  if (definition.pattern !== undefined && !matchesPattern(value, definition.pattern)) {
    return `text that matches ${definition.pattern}`;
  }
  return findRangeProblem(value, definition);
}

function findTypeProblem(value: string, type: InputDefinition["type"]): string | undefined {
  switch (type) {
    case "int":
      return /^[+-]?\d+$/.test(value) ? undefined : "a whole number";
    case "number":
      return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value) ? undefined : "a number";
    case "bool":
      return value === "true" || value === "false" ? undefined : "true or false";
    case "url":
      return URL.canParse(value) && /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(value)
        ? undefined
        : "a URL such as https://example.org";
    case "path":
      return value === "" ? "a path" : undefined;
    case "git-ref":
      return /^(?!-)(?!.*(?:\.\.|@\{-|\/\/))[^\s\p{Cc}\\:?*[]+$/u.test(value)
        ? undefined
        : "a commit, branch or tag";
    case "duration":
      return parseDurationMs(value) === undefined ? "a duration such as 30s or 10m" : undefined;
    case "date":
      return isDate(value) ? undefined : "a date such as 2026-02-03";
    case "secret":
      return value === "" ? "a secret that is not empty" : undefined;
    case "string":
    case "enum":
    case "list":
      return undefined;
  }
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

function matchesPattern(value: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(value);
  } catch {
    return false;
  }
}

function findRangeProblem(value: string, { min, max, type }: InputDefinition): string | undefined {
  const isNumeric = type === "int" || type === "number";
  const measured = isNumeric ? Number(value) : value.length;
  const what = isNumeric ? "" : " characters";
  if (min !== undefined && measured < min) return `at least ${min}${what}`;
  if (max !== undefined && measured > max) return `at most ${max}${what}`;
  return undefined;
}
