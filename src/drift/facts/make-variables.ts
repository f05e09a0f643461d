import { dropComment, type MakeVariable } from "./read-makefile.ts";

/** Replaces variables of make in a text. */
export interface MakeVariables {
  /** Undefined where a variable or function is in it whose value the files do not tell. */
  expand(text: string): string | undefined;
  /** As `expand`, with a `%` in place of what is not known. */
  expandToPattern(text: string): string;
}

const reference = /\$(?:\$|\(([\w.-]+)\)|\{([\w.-]+)\}|[({]|(\w))/g;
const mostCharacters = 10_000;

/**
 * Makes a table of variables; one that is set twice, computed or set outside has no known value.
 *
 * Each is resolved once, so that variables made of each other cost no more than their number. No I/O.
 *
 * @example createMakeVariables([{ name: "APP", value: "web", isPlain: true }]).expand("run-$(APP)")
 *   === "run-web"
 */
export function createMakeVariables(variables: readonly MakeVariable[]): MakeVariables {
  const values = new Map<string, string | undefined>();
  for (const { name, value, isPlain } of variables) {
    const isAgain = values.has(name) && values.get(name) !== value;
    values.set(name, isPlain && !isAgain ? dropComment(value).trimEnd() : undefined);
  }
  const resolved = new Map<string, string | undefined>();

  function resolve(name: string): string | undefined {
    if (resolved.has(name)) return resolved.get(name);
    // Until it is known, so that one made of itself has no value.
    resolved.set(name, undefined);
    const value = values.get(name);
    const result = value === undefined ? undefined : expand(value);
    resolved.set(name, result);
    return result;
  }

  function replace(text: string, unknown: string | undefined): string | undefined {
    if (text.length > mostCharacters) return unknown;
    let result = "";
    let at = 0;
    for (const match of text.matchAll(reference)) {
      if (match.index < at) continue;
      result += text.slice(at, match.index);
      at = match.index + match[0].length;
      if (match[0] === "$$") {
        result += "$";
        continue;
      }
      const name = match[1] ?? match[2] ?? match[3];
      const value = name === undefined ? undefined : (resolve(name) ?? unknown);
      if (name === undefined) at = closingOf(text, at);
      const piece = value ?? unknown;
      if (piece === undefined || result.length + piece.length > mostCharacters) return undefined;
      result += piece;
    }
    return result + text.slice(at);
  }

  function expand(text: string): string | undefined {
    return text.includes("$") ? replace(text, undefined) : text;
  }
  return { expand, expandToPattern: (text) => replace(text, "%") ?? "%" };
}

/** The place behind the parenthesis that closes the one before `start`. */
function closingOf(text: string, start: number): number {
  let depth = 1;
  let at = start;
  for (; at < text.length && depth > 0; at += 1) {
    if (text[at] === "(" || text[at] === "{") depth += 1;
    else if (text[at] === ")" || text[at] === "}") depth -= 1;
  }
  return at;
}
