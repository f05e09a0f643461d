import type { TextRange } from "../../model/shell-script.ts";

/** A `case` of a shell script on one variable. */
export interface ShellCase {
  /** The variable's name: `1` of `case "$1" in`. */
  readonly subject: string;
  readonly range: TextRange;
  readonly arms: readonly ShellCaseArm[];
}

/** What is done for some patterns. */
export interface ShellCaseArm {
  readonly patterns: readonly { readonly text: string; readonly range: TextRange }[];
  readonly body: string;
}

/** A script that has more is made by a machine. */
const mostCases = 60;
const mostArms = 500;

/**
 * Lists the `case` commands of a script that look at one variable, those within others as well.
 *
 * `code` is the text masked, of equal length; patterns are read from the text itself. No I/O.
 *
 * @example for `case "$1" in -f|--force) FORCE=1 ;; esac`: subject `1`, one arm of two patterns
 */
export function listShellCases(text: string, code: string): readonly ShellCase[] {
  const cases: ShellCase[] = [];
  for (const match of code.matchAll(/\bcase[ \t]+"?\$\{?(\w+)[^\s"}]{0,80}\}?"?\s+in\b/g)) {
    if (cases.length === mostCases) break;
    const { arms, end } = readArms(text, code, match.index + match[0].length);
    cases.push({ subject: match[1] ?? "", range: { start: match.index, end }, arms });
  }
  return cases;
}

function readArms(
  text: string,
  code: string,
  from: number,
): { arms: readonly ShellCaseArm[]; end: number } {
  const arms: ShellCaseArm[] = [];
  let at = from;
  while (arms.length < mostArms) {
    at = skip(code, at, /[\s;(]*/y);
    if (/^esac\b/.test(code.slice(at, at + 5))) return { arms, end: at + 4 };
    const close = code.indexOf(")", at);
    // A pattern is short; what is not is no pattern.
    if (close === -1 || close - at > 2000) return { arms, end: at };
    const end = endOfArm(code, close + 1);
    arms.push({ patterns: splitPatterns(text, at, close), body: code.slice(close + 1, end.at) });
    if (end.isLast) return { arms, end: end.at + 4 };
    at = end.at + 2;
  }
  return { arms, end: at };
}

function skip(code: string, at: number, blanks: RegExp): number {
  blanks.lastIndex = at;
  return at + (blanks.exec(code)?.[0].length ?? 0);
}

function endOfArm(code: string, from: number): { at: number; isLast: boolean } {
  let depth = 0;
  const words = /;;|;&|\bcase[ \t]+\S+\s+in\b|\besac\b/g;
  words.lastIndex = from;
  for (let match = words.exec(code); match !== null; match = words.exec(code)) {
    if (match[0].startsWith("case")) depth += 1;
    else if (match[0] === "esac") {
      if (depth === 0) return { at: match.index, isLast: true };
      depth -= 1;
    } else if (depth === 0) return { at: match.index, isLast: false };
  }
  return { at: code.length, isLast: true };
}

function splitPatterns(text: string, from: number, to: number): ShellCaseArm["patterns"] {
  let start = from;
  return text
    .slice(from, to)
    .split("|")
    .map((piece) => {
      const begin = start + (piece.length - piece.trimStart().length);
      const bare = piece.trim();
      start += piece.length + 1;
      const pattern = bare.replaceAll(/["'\\]/g, "");
      return { text: pattern, range: { start: begin, end: begin + bare.length } };
    });
}
