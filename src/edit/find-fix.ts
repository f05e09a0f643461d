import type { Diagnostic } from "../model/diagnostic.ts";
import type { Problem } from "../model/problem.ts";
import type { Fix } from "../model/text-edit.ts";
import { isSlip } from "../compile/is-slip.ts";

/**
 * Finds the repair of a problem that needs no person's judgement; undefined where there is none.
 *
 * What a rule found brings its own. Of the stages' problems, broken characters can be read back, and
 * a slip in a word of Opswright's own can be corrected. A mistyped name of a step, a section or an
 * input is left alone: another of the author's names may be meant. `source` is the text of the
 * problem's document. No I/O.
 *
 * @example { title: "Write `timeout`", edits: [{ path, span, text: "timeout" }] }
 */
export function findFix(problem: Problem, source: string | undefined): Fix | undefined {
  if ("words" in problem) return problem.fix;
  const { path, span } = problem;
  if (path === undefined || span === undefined || source === undefined) return undefined;
  const { start, end } = span;
  const slip = readSlip(problem);
  if (slip === undefined) return undefined;
  const { wrong, right } = slip;
  const covered = source.slice(start.offset, end.offset);
  // An attribute is blamed with its value: `timeot=30s`.
  const isName = covered === wrong || covered.startsWith(`${wrong}=`);
  if (!isName || isThereAlready(right, problem, source)) return undefined;
  const endOfName = {
    ...start,
    column: start.column + wrong.length,
    offset: start.offset + wrong.length,
  };
  return {
    title: `Write \`${right}\``,
    edits: [{ path, span: { start, end: endOfName }, text: right }],
  };
}

function readSlip(problem: Diagnostic): { wrong: string; right: string } | undefined {
  switch (problem.code) {
    case "broken-characters":
      return { wrong: problem.args.found, right: problem.args.meant };
    case "unknown-attribute":
    case "unknown-component-attribute":
      return correct(problem.args.name, problem.args.nearest);
    case "unknown-key":
      return correct(problem.args.key, problem.args.nearest);
    default:
      return undefined;
  }
}

function correct(wrong: string, right: string | undefined) {
  // `env.NAME` stands for any name, and is none itself.
  if (right === undefined || right === "env.NAME" || !isSlip(wrong, right)) return undefined;
  return { wrong, right };
}

/** The right name beside the wrong one: then it is not known which of both is meant. */
function isThereAlready(name: string, { code, span }: Problem, source: string): boolean {
  if (span === undefined || code === "broken-characters") return false;
  const lines = source.split(/\r\n|\n|\r/u);
  // Names of ours hold letters and hyphens alone.
  if (code === "unknown-key") {
    const isKey = new RegExp(`^["']?${name}["']?\\s*:`, "u");
    return siblingsOf(lines, span.start.line - 1, span.start.column - 1).some((text) =>
      isKey.test(text),
    );
  }
  const isWord = new RegExp(`(?<![\\w-])${name}(?![\\w-])`, "u");
  // Attributes of a component can stand in lines of their own.
  return lines
    .slice(
      Math.max(0, span.start.line - 1 - mostAttributeLines),
      span.end.line + mostAttributeLines,
    )
    .some((text) => isWord.test(text));
}

const mostAttributeLines = 4;

/** The lines that begin a key in the same YAML map as the one at `own` (0-based), from its column on. */
function siblingsOf(lines: readonly string[], own: number, column: number): readonly string[] {
  const siblings: string[] = [];
  const isItem = (at: number): boolean => (lines[at] ?? "").slice(0, column).includes("-");
  const isInMap = (at: number): boolean => {
    const text = lines[at];
    if (text === undefined || /^(?:---|\.\.\.)\s*$/u.test(text)) return false;
    const indent = (/^[ -]*/u.exec(text)?.[0] ?? "").length;
    if (indent === column) siblings.push(text.slice(column));
    return indent >= column || /^\s*(?:#|$)/u.test(text);
  };
  // An item of a list begins a map of its own.
  for (let at = own; !isItem(at) && isInMap(at - 1); at -= 1);
  for (let at = own + 1; !isItem(at) && isInMap(at); at += 1);
  return siblings;
}
