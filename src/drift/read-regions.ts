/** A named part of a script, between a line with its begin marker and one with its end marker. */
export interface ScriptRegion {
  readonly name: string;
  /** 1-based lines of the markers. */
  readonly beginLine: number;
  readonly endLine: number;
  readonly lines: readonly RegionLine[];
}

/** A line that belongs to a region's text; `number` is 1-based in the file. */
export interface RegionLine {
  readonly number: number;
  readonly text: string;
}

/** What is wrong with a marker, at its 1-based line; `otherLine` is the marker it is at odds with. */
export interface RegionProblem {
  readonly kind: "unclosed" | "unopened" | "crossing" | "doubled" | "nameless";
  readonly name: string;
  readonly line: number;
  readonly otherLine?: number | undefined;
}

/** The regions of a script by their names, and the markers that make none. */
export interface ReadRegions {
  readonly regions: ReadonlyMap<string, ScriptRegion>;
  readonly problems: readonly RegionProblem[];
}

/** In front of a marker stand signs, blanks, and the words by which `cmd` and m4 begin a comment. */
const marker =
  /^(?:[^\p{L}\p{N}]|\b(?:rem|dnl)\b)*opswright:(begin|end)(?!\w)(?:[ \t]+([A-Za-z0-9](?:[\w./-]*\w)?))?/iu;

/** A region's name, as `script=PATH#NAME` has it behind the sign. */
export const regionNamePattern = /^[A-Za-z0-9](?:[\w./-]*\w)?$/;

/**
 * Finds the regions of a script: from a line with `opswright:begin NAME` to one with
 * `opswright:end NAME`, in a comment of whatever syntax.
 *
 * The whole line is the marker. A region can hold others, whose marker lines are not part of its
 * text. Of two regions of one name the first counts; those that cross are none. `\r\n`, `\n` and
 * `\r` end a line. Linear in the text. No I/O.
 *
 * @example readRegions("# opswright:begin dump\npg_dump\n# opswright:end dump\n").regions.get("dump")
 *   → { name: "dump", beginLine: 1, endLine: 3, lines: [{ number: 2, text: "pg_dump" }] }
 */
export function readRegions(text: string): ReadRegions {
  const regions = new Map<string, ScriptRegion>();
  const problems: RegionProblem[] = [];
  const open: { name: string; line: number; lines: RegionLine[]; isBroken: boolean }[] = [];
  const beginnings = new Map<string, number>();

  function begin(name: string, line: number): void {
    const first = beginnings.get(name);
    if (first === undefined) beginnings.set(name, line);
    else problems.push({ kind: "doubled", name, line, otherLine: first });
    open.push({ name, line, lines: [], isBroken: first !== undefined });
  }

  function end(name: string, line: number): void {
    const at = open.findLastIndex((one) => one.name === name);
    const [closed] = at === -1 ? [] : open.splice(at, 1);
    if (closed === undefined) {
      problems.push({ kind: "unopened", name, line });
      return;
    }
    const crossed = open.slice(at);
    for (const inner of crossed) {
      inner.isBroken = true;
      problems.push({ kind: "crossing", name, line, otherLine: inner.line });
    }
    if (closed.isBroken || crossed.length > 0) return;
    const { line: beginLine, lines } = closed;
    regions.set(name, { name, beginLine, endLine: line, lines });
  }

  for (const [index, lineText] of splitLines(text).entries()) {
    const number = index + 1;
    const [isMarker, word, name = ""] = lineText.includes("opswright:")
      ? (marker.exec(lineText) ?? [])
      : [];
    if (isMarker === undefined) {
      for (const { lines } of open) lines.push({ number, text: lineText });
    } else if (name === "") {
      problems.push({ kind: "nameless", name, line: number });
    } else if (word === "begin") begin(name, number);
    else end(name, number);
  }
  for (const { name, line } of open) problems.push({ kind: "unclosed", name, line });
  return { regions, problems: problems.toSorted((one, other) => one.line - other.line) };
}

/**
 * The lines of a script as a whole: all but a `#!` in the first one.
 *
 * A line ending at the very end begins no further line. No I/O.
 */
export function readWholeScript(text: string): readonly RegionLine[] {
  const lines = splitLines(text);
  if (lines.at(-1) === "") lines.pop();
  const all = lines.map((line, index) => ({ number: index + 1, text: line }));
  return all[0]?.text.startsWith("#!") === true ? all.slice(1) : all;
}

/**
 * Takes away what all lines begin with, blanks and tabs alone; lines of blanks become empty.
 *
 * `indent` is what was taken. No I/O.
 *
 * @example removeIndent(["  a", "", "    b"]) → { lines: ["a", "", "  b"], indent: "  " }
 */
export function removeIndent(lines: readonly string[]): {
  readonly lines: readonly string[];
  readonly indent: string;
} {
  let indent: string | undefined;
  for (const line of lines) {
    if (line.trim() === "") continue;
    const own = /^[ \t]*/u.exec(line)?.[0] ?? "";
    indent = indent === undefined ? own : sharedStart(indent, own);
  }
  const taken = indent ?? "";
  return {
    lines: lines.map((line) => (line.trim() === "" ? "" : line.slice(taken.length))),
    indent: taken,
  };
}

function sharedStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}

function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/u);
}
