/** What the help text of a program, or of one of its sub-commands, says that it understands. */
export interface HelpText {
  /** Every option that the text names, as it would be typed: `--force`, `-f`, `-chdir`. */
  readonly options: ReadonlySet<string>;
  /** Of them, those that take a value as the next word. */
  readonly valued: ReadonlySet<string>;
  /** Sub-commands with their aliases; empty where none are listed. */
  readonly commands: ReadonlySet<string>;
  /** True where its operands are another program's command line (`timeout DURATION COMMAND [ARG]…`). */
  readonly passesOn: boolean;
  /** True where it says that it does not list everything. */
  readonly isPartial: boolean;
}

/**
 * Reads a help text of any manner: GNU, git, click, argparse, cobra, clap, commander, BSD usage lines.
 *
 * It takes more for an option than is one (each that a description mentions), never less: what is
 * judged is that an option is not there. Linear in the text's length, never throws. No I/O.
 *
 * @example for "  -c, --command=COMMAND    run it\n      --[no-]quiet":
 *   options -c, --command, --quiet, --no-quiet; valued -c, --command
 */
export function parseHelpText(text: string): HelpText {
  const lines = text.slice(0, mostCharacters).replaceAll("\u0008", "").split(/\r?\n/u);
  const options = new Set<string>();
  const valued = new Set<string>();
  for (const line of lines) {
    for (const option of readOptionWords(line)) options.add(option);
    for (const option of readValuedOptions(line)) valued.add(option);
  }
  const commands = readCommands(lines);
  const usage = lines.find((line) => /^\s*usage\b/iu.test(line)) ?? "";
  return {
    options,
    valued,
    commands,
    passesOn: commands.size === 0 && passesOn.test(usage),
    isPartial: partial.test(text),
  };
}

/** No help text that people read is longer. */
const mostCharacters = 1_000_000;

const passesOn = /\b(?:command|cmd|program|utility)\b[^\n]{0,40}\b(?:initial-)?arg(?:ument)?s?\b/iu;

const partial =
  /\bsome of the (?:more )?(?:common )?options\b|\bcommon(?:ly used)? options\b|\b(?:full|complete) list of (?:the )?options\b|\bother options\b.{0,40}\bman(?:ual)?\b/iu;

const optionWord =
  /(?<![\w/.=-])(?<hyphens>--?)(?<negation>\[no-\]|\(no-\)|no-\/)?(?<name>[A-Za-z0-9?#@][\w.-]{0,80})/gu;
/** `[-46AaC]`: each letter is an option. */
const bundle = /\[-(?<letters>[A-Za-z0-9@?%]{2,80})(?=[\]| ])/gu;

function* readOptionWords(line: string): Iterable<string> {
  for (const { groups } of line.matchAll(optionWord)) {
    const { hyphens = "", negation, name = "" } = groups ?? {};
    const bare = name.replace(/[.-]+$/u, "");
    yield `${hyphens}${bare}`;
    if (negation !== undefined) yield `${hyphens}no-${bare}`;
  }
  for (const { groups } of line.matchAll(bundle)) {
    for (const letter of groups?.["letters"] ?? "") yield `-${letter}`;
  }
}

/** `-c, --command=COMMAND   run it`: what stands before the first wide gap is the head. */
function readValuedOptions(line: string): readonly string[] {
  const trimmed = line.trim();
  if (!trimmed.startsWith("-")) return [];
  const gap = trimmed.search(/ {2}|\t/u);
  const head = gap === -1 ? trimmed : trimmed.slice(0, gap);
  return valueMark.test(head) ? [...readOptionWords(head)] : [];
}

/** `=FILE`, `<file>`, ` FILE`, `{a,b}`, and the types that Go's libraries print; `[=x]` is glued on. */
const valueMark =
  /(?<!\[)=(?!true\b|false\b)|[ ]<|[ ][A-Z][A-Z0-9_:.-]*(?=[\s,|]|$)|[ ]\{|[ ](?:string|strings|stringArray|stringToString|int|ints|int32|int64|uint|float|float64|duration|list|bytes|file|path|decimal|mount|network|map)$/u;

function readCommands(lines: readonly string[]): ReadonlySet<string> {
  const commands = new Set<string>();
  let indentation = -1;
  let isInside = false;
  for (const line of lines) {
    for (const name of readBraces(line)) commands.add(name);
    if (line.trim() === "") continue;
    const own = line.length - line.trimStart().length;
    if (isCommandHeading(line)) {
      isInside = true;
      indentation = -1;
      continue;
    }
    if (!isInside) continue;
    if (own === 0 && !/^\w[\w-]*(?: {2,}|\t)/u.test(line)) {
      isInside = false;
      continue;
    }
    if (indentation === -1) indentation = own;
    // Further lines of a description stand deeper.
    if (own <= indentation) for (const name of readCommandNames(line.trim())) commands.add(name);
  }
  return commands;
}

/** `Commands:`, `Available Commands:`, `Main Porcelain Commands`, `Basic Commands (Beginner):`, `SUBCOMMANDS:`. */
function isCommandHeading(line: string): boolean {
  return (
    line.length < 70 &&
    /^\s{0,2}[A-Z*]?[\w ,/&*-]*\b(?:sub-?)?commands?(?: \([\w ]+\))?:?\s*$/iu.test(line) &&
    !/^\s*usage\b/iu.test(line)
  );
}

/** `{branches,current,…}` of argparse: of lower-case words alone, so that choices of options are few. */
function readBraces(line: string): readonly string[] {
  const match = /(?:^\s*|[\])] )\{(?<names>[a-z][\w,-]{2,2000})\}(?:\s*$| \.\.\.)/u.exec(line);
  return match?.groups?.["names"]?.split(",").filter((name) => name !== "") ?? [];
}

/** `install, add  …`, `install|i [options]  …`, `attach   Attach …`, `buildx*  …`; or names divided by commas. */
function readCommandNames(line: string): readonly string[] {
  const gap = line.search(/ {2}|\t/u);
  const head = gap === -1 ? line : line.slice(0, gap);
  if (/^[a-z][\w:-]*(?:, [a-z][\w:-]*)+,?$/u.test(head)) return head.split(/, ?/u).filter(Boolean);
  // `genrsa    help    info`: a table of names.
  const cells = line.split(/ {2,}|\t+/u);
  if (cells.length > 2 && cells.every((cell) => /^[a-z][\w-]*$/u.test(cell))) return cells;
  const first = /^[a-z][\w:.-]*\*?(?:\|[a-z][\w:-]*)*/u.exec(head)?.[0];
  if (first === undefined) return [];
  // One word and prose behind one blank is no list.
  const rest = head.slice(first.length);
  if (gap === -1 && rest !== "" && !/^ [<[(A-Z]/u.test(rest)) return [];
  return first.replace("*", "").split("|");
}
