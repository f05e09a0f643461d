import { createDriftDocument } from "../../src/drift/drift-document.ts";
import { readToolCall } from "../../src/drift/claims/tool-call.ts";
import type { PlacedCommand } from "../../src/drift/placed-command.ts";
import { compileRunbook } from "../../src/compile/compile-runbook.ts";
import type { ReadShell, ShellVariable } from "../../src/model/shell-script.ts";
import type { Span } from "../../src/model/source.ts";
import type { LineIndex } from "../../src/parse/line-index.ts";
import { parseDocument } from "../../src/parse/parse-document.ts";

/** One wrong word in a runbook: what stands there, what it becomes, and of which kind it is. */
export interface Mutant {
  readonly kind: string;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly original: string;
  readonly mutated: string;
  /** The whole text of the runbook with the one change. */
  readonly text: string;
}

/**
 * Makes every mutant of a runbook: each option, path, port, name, variable, program and sub-command
 * of its commands, each link and each reference of its front matter, one at a time.
 *
 * No I/O.
 */
export function listMutants(path: string, text: string, readShell: ReadShell): readonly Mutant[] {
  const id = path.replace(/^.*\//u, "").replace(/\.mdx?$/u, "");
  const parsed = parseDocument({ path, id, format: "mdx", text }).value;
  const runbook = parsed && compileRunbook(parsed, readShell).value;
  if (parsed === undefined || runbook === undefined) return [];
  const document = createDriftDocument(parsed, runbook, "", readShell);
  const mutants = new Map<string, Mutant>();
  const add = (kind: string, span: Span, change: (word: string) => string | undefined): void => {
    const original = text.slice(span.start.offset, span.end.offset);
    const mutated = change(original);
    if (mutated === undefined || mutated === original) return;
    mutants.set(`${span.start.offset}`, {
      kind,
      path,
      line: span.start.line,
      original,
      mutated,
      text: text.slice(0, span.start.offset) + mutated + text.slice(span.end.offset),
    });
  };
  for (const placed of document.commands) addCommandMutants(placed, add);
  for (const placed of document.commands) {
    for (const { name, range } of readVariables(placed)) {
      add("variable", placed.locate(range), (word) =>
        word.replace(name, () => swapLetters(name) ?? name),
      );
    }
  }
  for (const { target, span } of parsed.links) {
    if (/^[a-z]+:/iu.test(target)) continue;
    add("link", span, (word) => replaceInLink(word, target));
  }
  for (const [key, span] of parsed.frontMatter?.spans ?? []) {
    if (/^contracts\.[^.]+\.variables\.[^.]+$/u.test(key))
      add("contract variable", span, swapLetters);
    if (/^tools\.[^.]+$/u.test(key)) add("tool", span, swapLetters);
    if (/^inputs\.[^.]+$/u.test(key)) add("input", span, swapLetters);
    if (/\.(?:section|step|procedure|onFailure)$/u.test(key)) {
      add("reference", valueBehind(text, span, document.lines), swapLetters);
    }
  }
  for (const match of text.matchAll(/localhost:(\d{4,5})/gu)) {
    const start = match.index + "localhost:".length;
    const span = document.lines.spanOf(start, start + (match[1] ?? "").length);
    add("port", span, (port) => String(Number(port) + 1));
  }
  return [...mutants.values()].toSorted((one, other) => one.line - other.line);
}

type AddMutant = (kind: string, span: Span, change: (word: string) => string | undefined) => void;

function addCommandMutants(placed: PlacedCommand, add: AddMutant): void {
  const { command, origin } = placed;
  const call = readToolCall(command);
  const program = command.ranges[0];
  if (program !== undefined && command.isLiteral[0] === true && command.place === "here") {
    const isPath = (command.words[0] ?? "").includes("/");
    add(isPath ? "path" : "program", placed.locate(program), swapLetters);
  }
  for (const [index, word] of command.words.entries()) {
    const range = command.ranges[index];
    if (range === undefined || !/^--?[a-z]/u.test(word)) continue;
    const name = /^--?[\w-]+/u.exec(word)?.[0] ?? "";
    if (name.length < 4) continue;
    add("option", placed.locate({ ...range, end: range.start + name.length }), swapLetters);
  }
  const [first] = call.operands;
  const hasCommands = /^(?:git|railway|alembic|flask|docker|docker-compose|npm|opswright)$/u;
  for (const [index, { text, range, isLiteral }] of call.operands.entries()) {
    if (!isLiteral || !/^[\w./@:-]{3,}$/u.test(text) || /^\d+$/u.test(text)) continue;
    const isCommand = index === 0 && first?.text === text && hasCommands.test(command.name);
    const isPath = text.includes("/") || /\.\w{1,5}$/u.test(text);
    const isName = hasCommands.test(command.name);
    if (isCommand) add("sub-command", placed.locate(range), swapLetters);
    else if (isPath && origin !== "inline") add("path", placed.locate(range), swapLetters);
    else if (isName) add("name", placed.locate(range), swapLetters);
  }
}

/** Each variable of a step once: those of its script, told with its first command. */
function readVariables({ step, command }: PlacedCommand): readonly ShellVariable[] {
  const isFirst = step?.shell?.commands[0] === command;
  return isFirst && step.isRunnable ? (step.shell?.reads ?? []) : [];
}

/** Swaps the last two different letters of a word: `develop` becomes `develpo`. */
function swapLetters(word: string): string | undefined {
  for (let at = word.length - 2; at >= 0; at -= 1) {
    const one = word.charAt(at);
    const other = word.charAt(at + 1);
    if (one === other || !/^[A-Za-z]{2}$/u.test(one + other)) continue;
    return word.slice(0, at) + other + one + word.slice(at + 2);
  }
  return undefined;
}

function replaceInLink(word: string, target: string): string | undefined {
  const changed = swapLetters(target.replace(/\.mdx?(?=#|$)/u, "")) ?? "";
  const at = word.lastIndexOf(target);
  if (changed === "" || at === -1) return undefined;
  const ending = /\.mdx?$/u.exec(target)?.[0] ?? "";
  const inner = target.includes("#") ? (swapLetters(target) ?? target) : changed + ending;
  return word.slice(0, at) + inner + word.slice(at + target.length);
}

/** The word behind `key: `. */
function valueBehind(text: string, key: Span, lines: LineIndex): Span {
  const match = /:\s*([\w-]+)/uy;
  match.lastIndex = key.end.offset;
  const found = match.exec(text);
  if (found === null) return lines.spanOf(key.end.offset, key.end.offset);
  const end = key.end.offset + found[0].length;
  return lines.spanOf(end - (found[1] ?? "").length, end);
}
