import { maskCode, scriptManner } from "./mask-code.ts";
import { readCallArguments, readStringLiteral } from "./read-call-arguments.ts";
import type { ReadScriptOptions, ScriptCommand, ScriptOption } from "./script-options.ts";

const unknown: ReadScriptOptions = {
  kind: "unknown",
  reason: "how the script reads its arguments is not known",
};
const mostCalls = 1000;

/**
 * Reads which options and sub-commands a JavaScript or TypeScript script knows, by `parseArgs` of
 * `node:util` or by commander.
 *
 * Linear in time; never throws. Node's and commander's documentation. No I/O.
 *
 * @example for `parseArgs({ options: { quick: { type: "boolean", short: "q" } } })`: `--quick`, `-q`
 */
export function readNodeOptions(text: string): ReadScriptOptions {
  if (/["'](?:node:)?util["']/.test(text) && /\bparseArgs\b/.test(text)) return readParseArgs(text);
  if (/["']commander["']/.test(text)) return readCommander(text);
  return unknown;
}

function readParseArgs(text: string): ReadScriptOptions {
  const masked = maskCode(text, scriptManner);
  const found = [...masked.matchAll(/\bparseArgs[ \t]*(?:<[^<>()]{0,80}>)?\(/g)];
  const [call] = found;
  if (call === undefined || found.length > 1) return unknown;
  const open = call.index + call[0].length - 1;
  const end = closeOf(masked, open);
  if (end === undefined) return unknown;
  const settings = masked.slice(open, end);
  if (/\bstrict[ \t]*:[ \t]*false\b/.test(settings) || settings.includes("...")) {
    return { kind: "unknown", reason: "the script takes options that it does not know" };
  }
  const at = findOptionsObject(masked, open, end);
  if (at === undefined) return unknown;
  const entries = readEntries(text, masked, at);
  if (entries === undefined) return unknown;
  const allowsNegative = /\ballowNegative[ \t]*:[ \t]*true\b/.test(settings);
  return makeKnown(
    "parseArgs",
    entries.flatMap(({ name, source, range }): ScriptOption[] => {
      const type = /\btype\s*:\s*["'](\w+)["']/.exec(source)?.[1];
      const short = /\bshort\s*:\s*["'](\w)["']/.exec(source)?.[1];
      const names = [`--${name}`, ...(short === undefined ? [] : [`-${short}`])];
      if (allowsNegative && type === "boolean") names.push(`--no-${name}`);
      return [{ names, takesValue: type !== "boolean", range }];
    }),
  );
}

/** Where the object of `options` opens: in the call, or in the declaration of that name. */
function findOptionsObject(masked: string, open: number, end: number): number | undefined {
  const inside = masked.slice(open, end);
  const own = /\boptions\s*:\s*\{/.exec(inside);
  if (own !== null) return open + own.index + own[0].length - 1;
  const name =
    /\boptions\s*:\s*(\w+)/.exec(inside)?.[1] ?? (/\boptions\b/.test(inside) ? "options" : "");
  if (name === "") return undefined;
  for (const match of masked.matchAll(/\bconst\s+(\w+)(?:\s*:[^={}\n]{0,100})?\s*=\s*\{/g)) {
    if (match[1] === name) return match.index + match[0].length - 1;
  }
  return undefined;
}

interface Entry {
  readonly name: string;
  readonly source: string;
  readonly range: ScriptOption["range"];
}

/** The properties of an object literal; undefined where one is computed or spread. */
function readEntries(text: string, masked: string, open: number): readonly Entry[] | undefined {
  const entries: Entry[] = [];
  for (const { source, range } of readCallArguments(text, masked, open) ?? []) {
    // A comment above the property belongs to it.
    const bare = masked.slice(range.start, range.end);
    const key = /^\s*(?:["']([^"'\n]*)["']|([\w$]+))\s*:/.exec(bare);
    if (key === null) return undefined;
    const start = range.start + key[0].search(/\S/);
    const end = range.start + key[0].length - 1;
    const name = readStringLiteral(text.slice(start, end).trim()) ?? key[2];
    if (name === undefined || name === "") return undefined;
    entries.push({
      name,
      source,
      range: { start, end: start + text.slice(start, end).trimEnd().length },
    });
  }
  return entries;
}

function closeOf(masked: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < Math.min(masked.length, open + 20_000); at += 1) {
    if (masked[at] === "(") depth += 1;
    if (masked[at] === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

function readCommander(text: string): ReadScriptOptions {
  const masked = maskCode(text, scriptManner);
  const options: ScriptOption[] = [];
  const commands: ScriptCommand[] = [];
  let openReason: string | undefined;
  let areWordsOpen = false;
  let count = 0;
  for (const match of masked.matchAll(
    /\b(?:(Option|Command)|\.?(option|requiredOption|command|alias|aliases|version|helpOption|argument|arguments|addCommand|addOption|allowUnknownOption|passThroughOptions|parseOptions))[ \t]*\(/g,
  )) {
    count += 1;
    if (count > mostCalls) return { kind: "unknown", reason: "the script has too many options" };
    const kind = match[1] ?? match[2] ?? "";
    const args = readCallArguments(text, masked, match.index + match[0].length - 1) ?? [];
    const [first, second] = args;
    switch (kind) {
      case "Option":
      case "option":
      case "requiredOption": {
        if (first?.literal === undefined) openReason = "a variable names options of the script";
        else options.push(readFlags(first.literal, first.range));
        break;
      }
      case "helpOption":
      case "version": {
        const flags = kind === "version" ? second : first;
        const usual = kind === "version" ? "-V, --version" : "-h, --help";
        options.push(readFlags(flags?.literal ?? usual, flags?.range ?? { start: 0, end: 0 }));
        break;
      }
      case "command": {
        const name = first?.literal?.trim().split(/\s+/)[0];
        if (first === undefined || name === undefined || name === "") areWordsOpen = true;
        else commands.push(makeWord(name, first.range));
        // With a description as its second argument, a command is another program.
        if (second?.literal !== undefined) openReason = "another program reads the options";
        if (args.some(({ source }) => /isDefault/.test(source))) areWordsOpen = true;
        break;
      }
      case "alias":
      case "aliases":
        if (first?.literal === undefined) areWordsOpen = true;
        else commands.push(makeWord(first.literal, first.range));
        break;
      case "argument":
      case "arguments":
        if (commands.length === 0) areWordsOpen = true;
        break;
      case "addCommand":
        openReason = "another module adds options";
        areWordsOpen = true;
        break;
      case "allowUnknownOption":
      case "passThroughOptions":
      case "parseOptions":
        openReason = "the script takes options that it does not know";
        break;
      default:
    }
  }
  const isForeign = /\b(?:import|require)\b[^\n]{0,200}["']\.{1,2}\//.test(text);
  // Commands of other files are told apart from other imports by nothing.
  if (isForeign) openReason ??= "another module may add options";
  const help = readFlags("-h, --help", { start: 0, end: 0 });
  const read = makeKnown("commander", [...options, help]);
  if (read.kind === "unknown") return read;
  const isStrict = commands.length > 0 && !areWordsOpen && openReason === undefined;
  const all = isStrict ? [...commands, makeWord("help", { start: 0, end: 0 })] : commands;
  return {
    ...read,
    options: {
      ...read.options,
      root: { ...read.options.root, commands: all, openReason, isStrict },
    },
  };
}

function readFlags(flags: string, range: ScriptOption["range"]): ScriptOption {
  const names = flags.split(/[\s,|]+/).filter((part) => /^--?[A-Za-z0-9]/.test(part));
  return { names, takesValue: /[<[]/.test(flags), range };
}

function makeWord(name: string, range: ScriptCommand["range"]): ScriptCommand {
  return { name, aliases: [], range, options: [], commands: [], isStrict: false };
}

function makeKnown(manner: string, options: readonly ScriptOption[]): ReadScriptOptions {
  const range = { start: 0, end: 0 };
  return {
    kind: "known",
    options: {
      manner,
      root: { name: "", aliases: [], range, options, commands: [], isStrict: false },
      common: [],
      allowsAbbreviations: false,
      isExact: false,
    },
  };
}
