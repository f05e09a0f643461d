import type { Parser } from "web-tree-sitter";
import type { Placeholder, ShellScript, ShellVariable, TextRange } from "../model/shell-script.ts";
import { assessRisk } from "./assess-risk.ts";
import {
  findAssignedByCommand,
  findLeadingAssignments,
  findTestedVariables,
  takesUnknownText,
} from "./find-assignments.ts";
import { hasOverlap } from "./find-overlap.ts";
import { findPlaceholders } from "./find-placeholders.ts";
import { findWaits, type PlacedLoop } from "./find-waits.ts";
import { listTools } from "./list-tools.ts";
import { parseMasked } from "./parse-masked.ts";
import {
  countAssignments,
  outermostContext,
  publishCommand,
  readCommand,
  type ReadCommand,
  type ScriptContext,
} from "./read-command.ts";
import { plainSetting, type CommandSetting } from "./read-structure.ts";
import type { ScannedCommand, ScannedScript, ScannedVariable } from "./scanned-script.ts";
import { scanScript } from "./scan-script.ts";
import { joinWordsAsScript, toSourceRange, type ScriptText } from "./script-text.ts";
import { unwrapCommand } from "./unwrap-command.ts";

/** What is gathered from a script and the scripts inside it, in the offsets of the outermost. */
interface Findings {
  readonly commands: ReadCommand[];
  readonly loops: PlacedLoop[];
  readonly reads: ShellVariable[];
  /** By name: the first place counts. */
  readonly writes: Map<string, ShellVariable>;
  readonly functions: Set<string>;
  /** Of the script itself, in order. */
  placeholders: readonly Placeholder[];
  /** Of scripts inside it, by where they begin. */
  readonly innerPlaceholders: Map<number, Placeholder>;
  sourcesFiles: boolean;
  /** Characters of inner scripts that may still be read: hostile text must not multiply. */
  budget: number;
}

/** One script text, read. */
interface ScriptReading {
  readonly scanned: ScannedScript;
  readonly placeholders: readonly Placeholder[];
  readonly errors: readonly TextRange[];
}

/**
 * Reads everything that `ShellScript` tells from a script's text.
 *
 * Inner scripts (`bash -c '…'`, `ssh host '…'`, here-documents fed to a shell) are read the same way,
 * and their places mapped back. Never throws on any text. No I/O.
 */
export function readScript(text: string, parser: Parser): ShellScript {
  const findings: Findings = {
    commands: [],
    loops: [],
    reads: [],
    writes: new Map(),
    functions: new Set(),
    placeholders: [],
    innerPlaceholders: new Map(),
    sourcesFiles: false,
    budget: 4 * text.length + 10_000,
  };
  const source: ScriptText = { text, expanded: [] };
  const outermost = readText(source, outermostContext, parser, findings);
  const placeholders = [...findings.placeholders, ...findings.innerPlaceholders.values()];
  const commands = findings.commands.toSorted(
    (a, b) => a.range.start - b.range.start || a.depth - b.depth,
  );
  return {
    commands: commands.map(publishCommand),
    reads: mergeReads(findings.reads, findings.placeholders),
    writes: [...findings.writes.values()].toSorted((a, b) => a.range.start - b.range.start),
    functions: [...findings.functions],
    placeholders: placeholders.toSorted((a, b) => a.range.start - b.range.start),
    syntaxErrors: findErrors(outermost.scanned, outermost.errors, findings.placeholders),
    isCommentOnly: !outermost.scanned.hasCode,
    risk: assessRisk(commands),
    tools: listTools(commands, findings.functions),
    sourcesFiles: findings.sourcesFiles,
    waits: findWaits(commands, findings.loops),
  };
}

function readText(
  source: ScriptText,
  context: ScriptContext,
  parser: Parser,
  findings: Findings,
): ScriptReading {
  const scanned = scanScript(source.text);
  const structure = parseMasked(parser, scanned);
  const placeholders = findPlaceholders(scanned);
  if (context.depth === 0) findings.placeholders = placeholders;
  const byStart = new Map<number, ReadCommand>();
  for (const [index, command] of scanned.commands.entries()) {
    if (isExpanded(command.start, source)) continue;
    const setting = joinSettings(context.setting, structure.settings.get(command.start));
    const input = index === 0 ? context.input : undefined;
    byStart.set(
      command.start,
      readCommand(command, source, context, setting, scanned.blanks, input),
    );
  }
  for (const command of scanned.commands) {
    const read = byStart.get(command.start);
    if (read === undefined) continue;
    const { feederStart, consumerStart } = read.setting;
    const feeder = feederStart === undefined ? undefined : byStart.get(feederStart);
    const consumerName = consumerStart === undefined ? undefined : byStart.get(consumerStart)?.name;
    addScanned(command, withFeeder(read, feeder, consumerName), context, parser, findings);
  }
  for (const loop of structure.loops) {
    const head = source.text.slice(loop.head.start, loop.head.end);
    const range = toSourceRange(source, loop);
    if (!isExpanded(loop.start, source)) {
      const setting = joinSettings(context.setting, loop.setting);
      findings.loops.push({ range, head, setting, traits: context.traits });
    }
  }
  addVariables(scanned, source, context, findings);
  if (context.depth === 0 || context.place === "here")
    for (const name of scanned.functions) findings.functions.add(name);
  if (context.depth > 0) {
    for (const found of placeholders) addInnerPlaceholder(found, source, findings);
  }
  return { scanned, placeholders, errors: structure.errors };
}

/** What is in the background, or has no terminal, stays so whatever text it is written in. */
function joinSettings(outer: CommandSetting, own: CommandSetting = plainSetting): CommandSetting {
  if (!outer.isBackground && !outer.hasInput && outer.isTolerated !== true) return own;
  const isTolerated = own.isTolerated ?? outer.isTolerated;
  return {
    ...own,
    isBackground: own.isBackground || outer.isBackground,
    hasInput: own.hasInput || outer.hasInput,
    ...(isTolerated === true ? { isTolerated } : {}),
  };
}

/** True where an outer shell has replaced what stands here: the outer text has been read already. */
function isExpanded(at: number, source: ScriptText): boolean {
  let low = 0;
  let high = source.expanded.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = source.expanded[middle];
    if (range === undefined) return false;
    if (at < range.start) high = middle - 1;
    else if (at >= range.end) low = middle + 1;
    else return true;
  }
  return false;
}

/** Text that `echo`, `printf` or a here-document of `cat` sends down the pipe. */
function withFeeder(
  command: ReadCommand,
  feeder: ReadCommand | undefined,
  consumerName: string | undefined,
): ReadCommand {
  if (feeder === undefined) return { ...command, consumerName };
  return { ...command, consumerName, feeder, stdinScript: command.stdinScript ?? readFeed(feeder) };
}

function readFeed(feeder: ReadCommand): ScriptText | undefined {
  if (feeder.name === "cat" && feeder.words.length === 1) return feeder.stdinScript;
  if (feeder.name !== "echo" && feeder.name !== "printf") return undefined;
  const first = feeder.values.findIndex((value, index) => index > 0 && !/^-[neE]+$/u.test(value));
  return first === -1 ? undefined : joinWordsAsScript(feeder.source, feeder.scanned.slice(first));
}

function addScanned(
  scanned: ScannedCommand,
  command: ReadCommand,
  context: ScriptContext,
  parser: Parser,
  findings: Findings,
): void {
  const { source } = command;
  if (context.place === "here") {
    addWrites(findLeadingAssignments(scanned, source), source, findings);
  }
  const isAssignmentOnly = countAssignments(source.text, scanned.words) === scanned.words.length;
  const isNothing = isAssignmentOnly && command.redirections.length === 0;
  if (scanned.words.some((word) => word.isArithmetic) || isNothing) return;
  addCommand(command, parser, findings);
}

function addCommand(command: ReadCommand, parser: Parser, findings: Findings): void {
  const isTest = command.values[0] === "[[";
  if (!isTest) findings.commands.push(command);
  if (command.place === "here") {
    const { source } = command;
    addWrites(findAssignedByCommand(command), source, findings);
    for (const variable of findTestedVariables(command)) addRead(variable, source, findings);
    findings.sourcesFiles ||= takesUnknownText(command);
    if (command.name === "alias") {
      for (const name of aliasNames(command)) findings.functions.add(name);
    }
  }
  for (const inner of unwrapCommand(command)) {
    if (inner.kind === "command") addCommand(inner.command, parser, findings);
    else if (findings.budget >= inner.source.text.length) {
      findings.budget -= inner.source.text.length;
      readText(inner.source, inner.context, parser, findings);
    }
  }
}

function aliasNames(command: ReadCommand): string[] {
  return command.values.slice(1).flatMap((value) => /^([^=\s]+)=/u.exec(value)?.[1] ?? []);
}

function addVariables(
  scanned: ScannedScript,
  source: ScriptText,
  context: ScriptContext,
  findings: Findings,
): void {
  if (context.place !== "here") return;
  addWrites(
    scanned.writes.filter(({ range }) => !isExpanded(range.start, source)),
    source,
    findings,
  );
  if (context.traits.hasForeignVariables) return;
  for (const read of scanned.reads) {
    if (!isExpanded(read.range.start, source)) addRead(read, source, findings);
  }
}

function addRead(variable: ScannedVariable, source: ScriptText, findings: Findings): void {
  findings.reads.push({ ...variable, range: toSourceRange(source, variable.range) });
}

function addWrites(
  variables: readonly ScannedVariable[],
  source: ScriptText,
  findings: Findings,
): void {
  for (const { name, range } of variables) {
    if (findings.writes.has(name)) continue;
    findings.writes.set(name, { name, range: toSourceRange(source, range), hasDefault: false });
  }
}

/**
 * Once each, in order of first use; `hasDefault` only where no read lacks a fallback, and the place
 * is the first read that lacks one.
 */
function mergeReads(reads: ShellVariable[], placeholders: readonly Placeholder[]): ShellVariable[] {
  const merged = new Map<string, ShellVariable>();
  const blanks = rangesOf(placeholders);
  for (const read of reads.toSorted((a, b) => a.range.start - b.range.start)) {
    if (hasOverlap(blanks, read.range)) continue;
    const known = merged.get(read.name);
    if (known === undefined || (known.hasDefault && !read.hasDefault)) merged.set(read.name, read);
  }
  return [...merged.values()];
}

function addInnerPlaceholder(found: Placeholder, source: ScriptText, findings: Findings): void {
  if (isExpanded(found.range.start, source)) return;
  const range = toSourceRange(source, found.range);
  if (!hasOverlap(rangesOf(findings.placeholders), range)) {
    findings.innerPlaceholders.set(range.start, { ...found, range });
  }
}

function findErrors(
  { text, errors }: ScannedScript,
  grammarErrors: readonly TextRange[],
  placeholders: readonly Placeholder[],
): TextRange[] {
  const blanks = rangesOf(placeholders);
  return [...errors, ...grammarErrors]
    .toSorted((a, b) => a.start - b.start)
    .slice(0, 50)
    .filter(({ start, end }) => {
      // a blank on the same line explains the error
      const lineStart = text.lastIndexOf("\n", start - 1) + 1;
      return !hasOverlap(blanks, { start: lineStart, end: Math.max(end, start + 1) });
    })
    .slice(0, 5);
}

function rangesOf(placeholders: readonly Placeholder[]): TextRange[] {
  return placeholders.map(({ range }) => range);
}
