import type { ExpectedLine, LinePart } from "../model/expectation.ts";

/**
 * Reads a line of output as an expected line whose text is another by now, so that its names, volatile words and
 * `[..]` stay where the words beside them still are; undefined where none can.
 *
 * Globs and regular expressions are left alone: of those it is not known what they are about. No I/O.
 *
 * @example of `id [..id..] is up` and `id 42 is down`:
 *   [{ kind: "text", text: "id " }, { kind: "capture", name: "id" }, { kind: "text", text: " is down" }]
 */
export function keepLineParts(
  { matcher, quantifier, hasNoLineEnd }: ExpectedLine,
  line: string,
): readonly LinePart[] | undefined {
  if (matcher.kind !== "literal" && matcher.kind !== "esc") return undefined;
  if (quantifier !== "one" || hasNoLineEnd) return undefined;
  const { parts } = matcher;
  const kept: LinePart[] = [];
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if (part.kind === "text") continue;
    const before = parts[index - 1];
    const behind = parts[index + 1];
    // Between two of them side by side nothing says where one ends.
    if (behind !== undefined && behind.kind !== "text") return undefined;
    const start = findEndOf(before, line, at);
    const end = start === undefined ? undefined : findStartOf(behind, line, start);
    if (start === undefined || end === undefined) continue;
    if (start > at) kept.push({ kind: "text", text: line.slice(at, start) });
    kept.push(part);
    at = end;
  }
  if (at < line.length) kept.push({ kind: "text", text: line.slice(at) });
  return kept.some(({ kind }) => kind !== "text") ? kept : undefined;
}

/** Where the last word of a text ends in a line; the line's beginning where there is no text. */
function findEndOf(part: LinePart | undefined, line: string, from: number): number | undefined {
  if (part === undefined) return from === 0 ? 0 : undefined;
  const anchor = part.kind === "text" ? (/\S*\s*$/u.exec(part.text)?.[0] ?? "") : "";
  const at = anchor === "" ? -1 : line.indexOf(anchor, from);
  return at < 0 ? undefined : at + anchor.length;
}

/** Where the first word of a text begins in a line; the line's end where there is no text. */
function findStartOf(part: LinePart | undefined, line: string, from: number): number | undefined {
  if (part === undefined) return from < line.length ? line.length : undefined;
  const anchor = part.kind === "text" ? (/^\s*\S*/u.exec(part.text)?.[0] ?? "") : "";
  const at = anchor === "" ? -1 : line.indexOf(anchor, from + 1);
  return at < 0 ? undefined : at;
}
