import type { ScanState } from "./scan-state.ts";
import { endCommand } from "./scan-words.ts";
import type { HereDocument, ScannedCommand, ScannedRedirection } from "./scanned-script.ts";

/**
 * Reads the delimiter behind `<<`; the body comes after the line.
 *
 * Rule: bash(1), Here Documents. No I/O.
 */
export function startHereDocument(
  scan: ScanState,
  redirection: ScannedRedirection,
  command: ScannedCommand,
): void {
  scan.skipBlanks();
  const rest = scan.text.slice(scan.at, scan.at + 200);
  const source = /^(?:'[^'\n]*'|"[^"\n]*"|\\.|[^\s;&|<>()'"\\])*/u.exec(rest)?.[0] ?? "";
  if (source === "") return;
  const end = scan.at + source.length;
  const document: HereDocument = {
    isQuoted: /['"\\]/u.test(source),
    stripsTabs: redirection.operator === "<<-",
    start: end,
    end,
    expansions: [],
  };
  redirection.hereDocument = document;
  redirection.end = end;
  command.end = end;
  const operator = { start: redirection.start, end };
  scan.pending.push({ document, delimiter: source.replace(/['"\\]/gu, ""), operator });
  scan.at = end;
}

/** Finds the bodies of the here-documents that the line before announced. */
export function enterHereDocuments(scan: ScanState): void {
  const next = scan.pending.shift();
  if (next === undefined) return;
  const { document, delimiter, operator } = next;
  document.start = scan.at;
  let lineStart = scan.at;
  let resumeAt = scan.limit;
  document.end = scan.limit;
  let isFound = false;
  const isInSubstitution = isNested(scan);
  while (lineStart < scan.limit && !isFound) {
    const newline = scan.text.indexOf("\n", lineStart);
    const lineEnd = newline === -1 || newline > scan.limit ? scan.limit : newline;
    // a delimiter is a short line: long ones need no copy
    if (lineEnd - lineStart <= delimiter.length + 100) {
      const line = scan.text.slice(lineStart, lineEnd).replace(/\r$/u, "");
      isFound = (document.stripsTabs ? line.replace(/^\t+/u, "") : line) === delimiter;
      // inside $(…) the closing parenthesis may follow the delimiter
      if (!isFound && isInSubstitution) isFound = line.startsWith(`${delimiter})`);
      if (isFound) {
        document.end = lineStart;
        resumeAt = line.startsWith(`${delimiter})`) ? lineStart + delimiter.length : lineEnd;
      }
    }
    lineStart = lineEnd + 1;
  }
  if (!isFound) scan.errors.push(operator);
  scan.hide(document.start, resumeAt, 32);
  scan.quoted.push({ start: document.start, end: document.end, quote: "here-document" });
  if (document.isQuoted) {
    scan.at = resumeAt;
    if (scan.pending.length > 0) continueHereDocuments(scan);
    return;
  }
  scan.stack.push({
    kind: "here-document",
    start: document.start,
    depth: 0,
    isInDouble: true,
    hereDocument: document,
    outerLimit: scan.limit,
    resumeAt,
  });
  scan.at = document.start;
  scan.limit = document.end;
}

function isNested(scan: ScanState): boolean {
  return scan.stack.some((frame) => frame.kind === "code" && frame.closer === ")");
}

/** The next announced body begins on the line behind a delimiter. */
function continueHereDocuments(scan: ScanState): void {
  if (scan.text[scan.at] === "\n") scan.at += 1;
  enterHereDocuments(scan);
}

/** Ends the here-document whose limit is reached; false where the text itself has ended. */
export function leaveHereDocument(scan: ScanState): boolean {
  let index = scan.stack.length - 1;
  while (index > 0 && scan.stack[index]?.kind !== "here-document") index -= 1;
  const frame = scan.stack[index];
  if (frame?.kind !== "here-document") return false;
  for (const open of scan.stack.splice(index).toReversed()) {
    if (open.kind !== "code") continue;
    endCommand(scan, open);
    scan.hide(open.start, scan.limit, 32);
  }
  scan.limit = frame.outerLimit ?? scan.text.length;
  scan.at = frame.resumeAt ?? scan.limit;
  if (scan.pending.length > 0) continueHereDocuments(scan);
  return true;
}
