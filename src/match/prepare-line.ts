import type { ExpectedLine, KnownNames, LineMatcher, LinePart } from "../model/expectation.ts";
import type { OutputLine } from "./output-lines.ts";
import type { PatternEngine } from "./pattern-engine.ts";
import { volatileWords } from "./volatile-words.ts";

/** What lines are matched with. */
export interface LineContext {
  readonly engine: PatternEngine;
  /** The directory that `[CWD]` stands for; absent: any absolute path. */
  readonly directory?: string | undefined;
  /** True where each byte counts: line ends too. */
  readonly isExact: boolean;
  /** Told of each line that is compared. */
  readonly onEvaluation?: (() => void) | undefined;
}

/** Where an expected line may stand in a line of output: all of it, or at its beginning, its end, anywhere. */
export interface LineAnchors {
  readonly start: boolean;
  readonly end: boolean;
}

/** An expected line that is ready to be compared. */
export interface PreparedLine {
  readonly expected: ExpectedLine;
  /** Gives back the names that are known afterwards, the same object where it binds none; undefined: no match. */
  match(line: OutputLine, known: KnownNames): KnownNames | undefined;
}

const wholeLine: LineAnchors = { start: true, end: true };

/**
 * Makes an expected line ready to be compared.
 *
 * A line that equals the written one matches whatever its suffix says, as in cram. A pattern that cannot
 * be compiled matches nothing else. No I/O.
 */
export function prepareLine(
  expected: ExpectedLine,
  context: LineContext,
  anchors: LineAnchors = wholeLine,
): PreparedLine {
  const { isExact, onEvaluation } = context;
  const test = prepareMatcher(expected, context, anchors);
  const fits = prepareText(expected.source, anchors);
  const isLiteralFirst = !isExact && expected.matcher.kind !== "elision";
  return {
    expected,
    match: (line, known) => {
      onEvaluation?.();
      if (expected.matcher.kind === "elision") return known;
      if (line.isCut) return undefined;
      // What is marked with `(no-eol)` and equals the line as it stands has its mark in the output.
      if (isLiteralFirst && fits(line.text)) return known;
      if (expected.hasNoLineEnd && line.hasLineEnd) return undefined;
      if (isExact && !expected.hasNoLineEnd && !line.hasLineEnd) return undefined;
      return test(line, known);
    },
  };
}

type LineTest = (line: OutputLine, known: KnownNames) => KnownNames | undefined;

function prepareMatcher(
  expected: ExpectedLine,
  context: LineContext,
  anchors: LineAnchors,
): LineTest {
  const { matcher } = expected;
  if (matcher.kind === "elision") return (_, known) => known;
  if (matcher.kind === "re") {
    const pattern = anchorPattern(matcher.pattern, anchors);
    return (line, known) => (testSafely(context.engine, pattern, line.text) ? known : undefined);
  }
  const { parts } = matcher;
  const [first] = parts;
  if (first === undefined || (parts.length === 1 && first.kind === "text")) {
    const text = first?.kind === "text" ? first.text : "";
    return prepareLiteral(text, context, anchors);
  }
  return prepareParts(parts, context, anchors);
}

function prepareLiteral(text: string, { isExact }: LineContext, anchors: LineAnchors): LineTest {
  const fits = prepareText(text, anchors);
  if (isExact) return (line, known) => (fits(line.raw) ? known : undefined);
  // What is left out of output by default is compared where it is asked for.
  const asksForRaw = text.includes("\u001b") || text.endsWith("\r");
  if (!asksForRaw) return (line, known) => (fits(line.text) ? known : undefined);
  return (line, known) =>
    fits(line.text) || fits(line.raw) || fits(line.raw.replace(/\r$/, "")) ? known : undefined;
}

function prepareText(text: string, { start, end }: LineAnchors): (line: string) => boolean {
  if (start && end) return (line) => line === text;
  if (start) return (line) => line.startsWith(text);
  return end ? (line) => line.endsWith(text) : (line) => line.includes(text);
}

function prepareParts(
  parts: readonly LinePart[],
  context: LineContext,
  anchors: LineAnchors,
): LineTest {
  const asksForRaw = parts.some((part) => part.kind === "text" && part.text.includes("\u001b"));
  const ends = takeEnds(parts, anchors);
  const fits = ends.inner.every(isPlainPart)
    ? prepareWildcards(ends.inner)
    : preparePattern(ends.inner, context, anchors);
  return (line, known) => {
    const text = asksForRaw ? line.raw.replace(/\r$/, "") : line.text;
    const { prefix, suffix } = ends;
    if (text.length < prefix.length + suffix.length) return undefined;
    if (!text.startsWith(prefix) || !text.endsWith(suffix)) return undefined;
    return fits(text.slice(prefix.length, text.length - suffix.length), known);
  };
}

/** Text at both ends is looked at first: most lines need no more, and what is left is the same in many lines. */
function takeEnds(
  parts: readonly LinePart[],
  { start, end }: LineAnchors,
): { readonly prefix: string; readonly inner: readonly LinePart[]; readonly suffix: string } {
  const first = start ? parts[0] : undefined;
  const prefix = first?.kind === "text" ? first.text : undefined;
  const rest = prefix === undefined ? parts : parts.slice(1);
  const last = end ? rest.at(-1) : undefined;
  const suffix = last?.kind === "text" ? last.text : undefined;
  const inner = suffix === undefined ? rest : rest.slice(0, -1);
  return { prefix: prefix ?? "", inner, suffix: suffix ?? "" };
}

type TextTest = (text: string, known: KnownNames) => KnownNames | undefined;

function preparePattern(
  parts: readonly LinePart[],
  context: LineContext,
  anchors: LineAnchors,
): TextTest {
  const { engine } = context;
  const names = parts.flatMap((part) => (part.kind === "capture" ? [part.name] : []));
  if (names.length === 0) {
    const pattern = anchorPattern(writePattern(parts, context, {}), anchors);
    return (text, known) => (testSafely(engine, pattern, text) ? known : undefined);
  }
  return (text, known) => {
    const pattern = anchorPattern(writePattern(parts, context, known), anchors);
    const free = names.filter((name) => !Object.hasOwn(known, name));
    if (free.length === 0) return testSafely(engine, pattern, text) ? known : undefined;
    const groups = engine.groups(pattern, text);
    return groups === undefined ? undefined : bindNames(free, groups, known);
  };
}

/** What can be looked for without a pattern. */
function isPlainPart({ kind }: LinePart): boolean {
  return kind === "text" || kind === "any";
}

/** The first place of each text behind the one before is as good as any other. */
function prepareWildcards(parts: readonly LinePart[]): TextTest {
  const texts = parts.flatMap((part) => (part.kind === "text" ? [part.text] : []));
  return (line, known) => {
    let at = 0;
    for (const text of texts) {
      const found = line.indexOf(text, at);
      if (found < 0) return undefined;
      at = found + text.length;
    }
    return known;
  };
}

/** A name that stands twice has the same value both times. */
function bindNames(
  names: readonly string[],
  values: readonly string[],
  known: KnownNames,
): KnownNames | undefined {
  const bound: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const value = values[index] ?? "";
    if (Object.hasOwn(bound, name) && bound[name] !== value) return undefined;
    bound[name] = value;
  }
  return { ...known, ...bound };
}

function writePattern(
  parts: readonly LinePart[],
  { directory }: LineContext,
  known: KnownNames,
): string {
  return parts.map((part) => writePart(part, directory, known)).join("");
}

function writePart(part: LinePart, directory: string | undefined, known: KnownNames): string {
  switch (part.kind) {
    case "text":
      return quotePattern(part.text);
    case "any":
      return "(?:.*)";
    case "one":
      return ".";
    case "capture":
      return Object.hasOwn(known, part.name) ? quotePattern(known[part.name] ?? "") : "(.+?)";
    case "volatile":
      return part.word === "CWD" && directory !== undefined
        ? `(?:(?:/private)?${quotePattern(directory)})`
        : `(?:${volatileWords[part.word].pattern})`;
  }
}

/** A pattern that matches this text alone. */
function quotePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

function anchorPattern(pattern: string, { start, end }: LineAnchors): string {
  if (start && end) return pattern;
  return `${start ? "" : ".*?"}(?:${pattern})${end ? "" : ".*"}`;
}

function testSafely(engine: PatternEngine, pattern: string, text: string): boolean {
  try {
    return engine.test(pattern, text);
  } catch {
    // It was told where the runbook was checked; here it can only hold for nothing.
    return false;
  }
}

/** True where a matcher needs an engine of patterns. No I/O. */
export function needsEngine(matcher: LineMatcher): boolean {
  if (matcher.kind === "elision") return false;
  return matcher.kind === "re" || !matcher.parts.every(isPlainPart);
}
