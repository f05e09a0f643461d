import type { ShellCommand, TextRange } from "../../model/shell-script.ts";
import { readOptions } from "../../shell/read-options.ts";
import { pathRows, type PathRow, type PathUse } from "./path-table.ts";

/** A path that a command reads; `range` is that of the word that holds it. */
export interface ReadPath {
  readonly path: string;
  readonly range: TextRange;
  readonly use: PathUse;
}

const rowsByProgram = indexRows();

function indexRows(): ReadonlyMap<string, readonly PathRow[]> {
  const index = new Map<string, PathRow[]>();
  for (const row of pathRows) {
    for (const program of row.programs.split(" ")) {
      index.set(program, [...(index.get(program) ?? []), row]);
    }
  }
  return index;
}

/**
 * Lists the paths that a command needs to be there: its program, operands, values of options and
 * what it reads by `<`.
 *
 * Literal relative paths that are plainly paths alone; patterns, addresses, absolute paths and those
 * below `~` are left out. No I/O.
 *
 * @example for `docker build -f deploy/Dockerfile app`: deploy/Dockerfile and app, as `project`
 */
export function readCommandPaths(command: ShellCommand): readonly ReadPath[] {
  const found: ReadPath[] = [];
  const add = (path: string | undefined, range: TextRange | undefined, use: PathUse): void => {
    const plain = path === undefined ? undefined : readPlainPath(path);
    if (plain !== undefined && range !== undefined) found.push({ path: plain, range, use });
  };
  const { words, ranges, isLiteral } = command;
  if (isLiteral[0] === true && words[0]?.includes("/") === true) add(words[0], ranges[0], "run");
  const first = findModule(command);
  const own = words.slice(first);
  for (const row of rowsByProgram.get(first === 0 ? command.name : (own[0] ?? "")) ?? []) {
    for (const { text, place } of readRow(row, own)) {
      if (isLiteral[first + place] === true) add(text, ranges[first + place], row.use);
    }
  }
  for (const { operator, target, range, ...redirection } of command.redirections) {
    if (redirection.isLiteral && (operator === "<" || operator === "0<"))
      add(target, range, "read");
  }
  return found;
}

/** A word that may be a path, or the part of it behind `=`, and its place among the words. */
interface Word {
  readonly text: string;
  readonly place: number;
}

/** Where `pip` stands in `python -m pip install …`; 0 for every other command. */
function findModule({ name, words }: ShellCommand): number {
  return /^python\d?$/.test(name) && words[1] === "-m" ? 2 : 0;
}

function readRow(row: PathRow, words: readonly string[]): readonly Word[] {
  const wanted = new Set(row.options?.split(" ") ?? []);
  const valued = new Set([...(row.valued?.split(" ") ?? []), ...wanted]);
  const start = row.subs === undefined ? 1 : findSubEnd(words, row.subs.split(", "), valued);
  if (start === undefined) return [];
  const stops = row.stopsAtOperand === true;
  const line = readOptions(words, start, valued, stops);
  const end = stops ? line.firstOperand : words.length;
  const values = wanted.size === 0 ? [] : listValues(words, start, end, wanted);
  if (line.options.some((option) => row.unless?.test(option) === true)) return values;
  const operands = stops
    ? [{ text: words[line.firstOperand] ?? "", place: line.firstOperand }]
    : line.operands.map((text, index) => ({ text, place: line.operandPlaces[index] ?? -1 }));
  return [...values, ...chooseOperands(operands, row)];
}

function chooseOperands(
  operands: readonly Word[],
  { operands: which = "none" }: PathRow,
): readonly Word[] {
  switch (which) {
    case "all":
      return operands;
    case "first":
      return operands.slice(0, 1);
    case "but-first":
      return operands.slice(1);
    case "but-last":
      return operands.slice(0, -1);
    case "dotted":
      return operands.filter(({ text }) => /^\.\.?\//.test(text));
    case "none":
      return [];
  }
}

/** Where the words behind the sub-command begin; undefined where it is another one. */
function findSubEnd(
  words: readonly string[],
  subs: readonly string[],
  valued: ReadonlySet<string>,
): number | undefined {
  const { firstOperand } = readOptions(words, 1, valued, true);
  return subs
    .map((sub) => ({ sub, end: firstOperand + sub.split(" ").length }))
    .find(({ sub, end }) => words.slice(firstOperand, end).join(" ") === sub)?.end;
}

/** Every value of some options: those can be given more than once. */
function listValues(
  words: readonly string[],
  start: number,
  end: number,
  wanted: ReadonlySet<string>,
): readonly Word[] {
  const values: Word[] = [];
  for (let place = start; place < end; place += 1) {
    const word = words[place] ?? "";
    const equals = word.indexOf("=");
    if (word === "--") break;
    if (wanted.has(word)) {
      place += 1;
      values.push({ text: words[place] ?? "", place });
    } else if (equals > 0 && wanted.has(word.slice(0, equals))) {
      values.push({ text: word.slice(equals + 1), place });
    }
  }
  return values;
}

const plainPath = /^(?:\.{1,2}\/)*[A-Za-z0-9_.@][\w.@+-]*(?:\/[\w.@+-]+)*\/?$/;
/** Names that stand for something a person has: `path/to/file`, `my-values.yaml`, `foo.txt`. */
const standIn =
  /(?:^|\/)(?:path\/to|(?:my|your|some|the)[-_.]|(?:foo|bar|baz|xxx+|file|filename|example|dir|directory|folder|path|name)(?:[./]|$))/i;

/** A path as the rules look at it, without `::` parts of pytest; undefined where it is not plainly one. */
function readPlainPath(written: string): string | undefined {
  // Longer words are data.
  if (written.length > 300) return undefined;
  const path = written.split("::", 1)[0] ?? "";
  if (!plainPath.test(path) || !/[A-Za-z]/.test(path)) return undefined;
  if (standIn.test(path) || /(?:^|\/)\.git(?:\/|$)/.test(path)) return undefined;
  return path;
}
