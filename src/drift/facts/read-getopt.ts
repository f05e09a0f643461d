import type { ScriptOption } from "./script-options.ts";

/** The options of one call of `getopts` or `getopt`. */
export interface GetoptCall {
  readonly options: readonly ScriptOption[];
  readonly openReason?: string | undefined;
  readonly allowsAbbreviations: boolean;
}

const variableReason = "a variable names the script's options";

/**
 * Reads the calls of `getopts`: `getopts "ab:" name`.
 *
 * `code` is the text masked, of equal length. No I/O.
 */
export function readGetopts(text: string, code: string): readonly GetoptCall[] {
  return [...code.matchAll(/\bgetopts[ \t]+/g)].slice(0, 20).map((match) => {
    const start = match.index + match[0].length;
    const word = readWord(text, start);
    if (word.includes("$")) {
      return { options: [], openReason: variableReason, allowsAbbreviations: false };
    }
    const range = { start, end: start + word.length };
    const spec = word.replaceAll(/["']/g, "");
    // `-:` is how long options are read by it, in a way of the script's own.
    const openReason = spec.includes("-") ? "the script reads long options itself" : undefined;
    return { options: readShort(spec, range), openReason, allowsAbbreviations: false };
  });
}

/**
 * Reads the calls of util-linux `getopt`: `getopt -o ab: --long force,output: -- "$@"`.
 *
 * `code` is the text masked, of equal length. No I/O.
 */
export function readGetopt(text: string, code: string): readonly GetoptCall[] {
  return [...code.matchAll(/(?<![\w$-])getopt[ \t]+/g)].slice(0, 20).map((match) => {
    const start = match.index + match[0].length;
    const line = /^(?:\\\r?\n|[^\n])*/.exec(text.slice(start, start + 2000))?.[0] ?? "";
    const range = { start: match.index, end: match.index + "getopt".length };
    const options: ScriptOption[] = [];
    let isOpen = false;
    for (const [, kind = "", word = ""] of line.matchAll(
      /(?:^|\s)(-o|--options|-l|--long(?:options)?)[ \t=]*("[^"]*"|'[^']*'|[^\s"']+)/g,
    )) {
      const spec = word.replaceAll(/["']/g, "");
      if (spec.includes("$")) isOpen = true;
      else if (kind === "-o" || kind === "--options") options.push(...readShort(spec, range));
      else options.push(...readLong(spec, range));
    }
    if (options.length === 0 && !isOpen) {
      const spec = readWord(line, 0).replaceAll(/["']/g, "");
      if (/^[+:A-Za-z0-9]+$/.test(spec)) options.push(...readShort(spec, range));
      else isOpen = true;
    }
    const openReason = isOpen ? variableReason : undefined;
    return { options, openReason, allowsAbbreviations: true };
  });
}

function readWord(text: string, start: number): string {
  return /^(?:"[^"\n]*"|'[^'\n]*'|[^\s"']+)/.exec(text.slice(start, start + 500))?.[0] ?? "";
}

function readShort(spec: string, range: ScriptOption["range"]): readonly ScriptOption[] {
  return [...spec.matchAll(/([A-Za-z0-9])(:*)/g)].map(([, letter = "", colon = ""]) => ({
    names: [`-${letter}`],
    takesValue: colon === ":",
    range,
  }));
}

function readLong(spec: string, range: ScriptOption["range"]): readonly ScriptOption[] {
  return spec
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .map((name) => ({
      names: [`--${name.replace(/:*$/, "")}`],
      takesValue: name.endsWith(":") && !name.endsWith("::"),
      range,
    }));
}
