import type { Parser, ParseState } from "web-tree-sitter";
import { readStructure, type ShellStructure } from "./read-structure.ts";
import type { ScannedScript } from "./scanned-script.ts";

/** Statements are parsed together up to this many characters. */
const pieceLength = 4_000;
/** A single statement longer than this is not parsed: recovery from errors takes quadratic time. */
const longestPiece = 12_000;
/** Nor is one with more pipes than any person writes: each doubles what the parser keeps in mind. */
const mostPipes = 200;
/** Looks at the parser's progress, a hundred steps each, from its first error on. */
const patience = 60;
/** No piece of a real script needs a hundredth of this; some hostile ones would need minutes. */
const longestParseMs = 1_000;
/** After so many pieces without an end, the rest of the text is not worth parsing. */
const mostFailures = 3;

/**
 * Legal constructs that tree-sitter-bash 0.25 takes for errors, as they look in masked text:
 * `for x do`, `for x in; do`, `for x in a; {`, and functions whose body is a bare loop or `case`.
 */
const grammarGaps =
  /\b(?:for|select)\s+\w+\s+do\b|\bin\s*;\s*do\b|\bfor\s+\w+\s*(?:in[^;\n]*)?;?\s*\{|\(\)\s*(?:for|while|until|case|select|__)\b/u;

/** Words, one behind the other, in statements that `;` or a line's end ends. */
const plainStatements = /^[\w \t./:=+@%,;\n-]*$/u;
const emptyStatement = /(?:^|[;\n])[ \t]*;/u;
const reservedWord =
  /\b(?:if|then|elif|else|fi|for|select|in|do|done|while|until|case|esac|function|time|coproc)\b/u;

/**
 * Parses masked text, statement by statement where it is long, and reads the trees.
 *
 * Of text so hostile that the parser makes no way, nothing is known but that it is wrong. Every tree
 * is freed. No I/O.
 */
export function parseMasked(
  parser: Parser,
  { masked, statementEnds }: ScannedScript,
): ShellStructure {
  const found: ShellStructure = { settings: new Map(), loops: [], errors: [] };
  let failures = 0;
  let start = 0;
  for (const end of cutPieces(masked.length, statementEnds)) {
    if (failures < mostFailures && !parsePiece(parser, masked, start, end, found)) failures += 1;
    start = end;
  }
  return found;
}

/** Where each piece ends: as many statements as fit, or one that does not. */
function cutPieces(length: number, statementEnds: readonly number[]): number[] {
  if (length <= pieceLength) return [length];
  const ends: number[] = [];
  let start = 0;
  let last = 0;
  for (const end of [...statementEnds, length]) {
    if (end - start > pieceLength && last > start) {
      ends.push(last);
      start = last;
    }
    last = end;
  }
  ends.push(length);
  return ends;
}

/** False where the parser gave up. */
function parsePiece(
  parser: Parser,
  masked: string,
  start: number,
  end: number,
  found: ShellStructure,
): boolean {
  const piece = start === 0 && end === masked.length ? masked : masked.slice(start, end);
  if (piece.length > longestPiece || countPipes(piece) > mostPipes || isPlain(piece)) return true;
  let looks = 0;
  let errorAt = -1;
  const startedMs = performance.now();
  const progressCallback = (state: ParseState): boolean => {
    if (performance.now() - startedMs > longestParseMs) return true;
    if (!state.hasError) return false;
    if (errorAt === -1) errorAt = state.currentOffset;
    looks += 1;
    return looks > patience;
  };
  const tree = parser.parse(piece, null, { progressCallback });
  if (tree === null) {
    parser.reset();
    const at = start + Math.max(0, Math.min(errorAt, piece.length - 1));
    found.errors.push({ start: at, end: at + 1 });
    return false;
  }
  try {
    const errorsBefore = found.errors.length;
    readStructure(tree, masked, start, found);
    if (grammarGaps.test(piece)) found.errors.length = errorsBefore;
  } finally {
    tree.delete();
  }
  return true;
}

/**
 * True where there is nothing to know: simple commands, none of which is in a loop, a pipe or the
 * background. Most commands of runbooks are such, and a parse of one costs more than all else that is
 * done with it.
 */
function isPlain(piece: string): boolean {
  return plainStatements.test(piece) && !emptyStatement.test(piece) && !reservedWord.test(piece);
}

function countPipes(piece: string): number {
  let count = 0;
  for (let at = piece.indexOf("|"); at !== -1; at = piece.indexOf("|", at + 1)) count += 1;
  return count;
}
