import type { LinePart, VolatileWord } from "../model/expectation.ts";
import type { PatternEngine } from "../match/pattern-engine.ts";
import { volatileWords } from "../match/volatile-words.ts";

/** What is known of an output beside its text. */
export interface VolatileContext {
  readonly engine: PatternEngine;
  /** The directory in which the command began. */
  readonly directory?: string | undefined;
  /** A folder that has another name in each run. */
  readonly folder?: string | undefined;
  /** What was expected before: what stands there too has not changed, and is not volatile. */
  readonly before: string;
}

interface VolatileRule {
  readonly word: VolatileWord;
  /** Its first group is what looks volatile. */
  readonly pattern: RegExp;
  /** Says no to what has the shape by chance. */
  readonly accepts?: (piece: string) => boolean;
}

const clock = String.raw`\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?`;
const zone = String.raw`(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})(?![\dA-Za-z]))?`;
const day = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*";
const month = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";

/** A time of day alone counts with its seconds: `10:30` is more often something else. */
const time = [
  String.raw`\d{4}[-/]\d{2}[-/]\d{2}[T ]${clock}${zone}`,
  String.raw`(?:${day}, )?\d{1,2} ${month} \d{4},? ${clock}${zone}`,
  String.raw`(?:${day} )?${month} {1,2}\d{1,2}(?:,? \d{4})? ${clock}${zone}(?: \d{4}\b)?`,
  String.raw`\d{2}/${month}/\d{4}:\d{2}:\d{2}:\d{2}(?: [+-]\d{4})?`,
  String.raw`\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,9})?${zone}`,
].join("|");

const fine = "ns|us|µs|μs|ms";
const coarse = String.raw`s|secs?|seconds?|m|mins?|minutes?|h|hours?`;

/** The first port that Linux and macOS give away by themselves; those below are chosen by somebody. */
const firstVolatilePort = 32_768;

/** In order: what one has taken is not looked at by those behind it. */
const rules: readonly VolatileRule[] = [
  {
    word: "UUID",
    pattern: /(?<![\w-])([0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12})(?![\w-])/g,
  },
  { word: "TIME", pattern: new RegExp(String.raw`(?<![\w.:/-])(${time})(?![\w:])`, "g") },
  {
    word: "TMP",
    pattern:
      /(?<![\w./-])((?:\/private)?(?:\/tmp|\/var\/tmp|\/dev\/shm|\/var\/folders\/[^/\s]+\/[^/\s]+\/T)\/[^\s:"'<>|,;()[\]]+)/g,
  },
  {
    word: "PORT",
    pattern: /(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]):(\d{1,5})(?!\d)/g,
    accepts: (piece) => Number(piece) >= firstVolatilePort,
  },
  {
    word: "SHA",
    pattern: /(?<![\w./-])([0-9a-f]{64}|[0-9a-f]{7,40}|[0-9A-F]{64}|[0-9A-F]{7,40})(?![\w-])/g,
    // Neither a number nor a word.
    accepts: (piece) => /\d/.test(piece) && /[A-Fa-f]/.test(piece),
  },
  {
    word: "DURATION",
    pattern: new RegExp(
      String.raw`(?<![\w.:-])((?:\d+ ?[hm] ?)*\d+\.\d+ ?(?:${fine}|${coarse})|\d+ ?(?:${fine}))(?!\w)`,
      "g",
    ),
  },
  {
    word: "DURATION",
    pattern: new RegExp(
      String.raw`(?:\b(?:in|took|after|elapsed|time|duration)[:=]? +)((?:\d+ ?[hm] ?)*\d+ ?(?:${coarse}))(?!\w)`,
      "gi",
    ),
  },
];

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly part: LinePart;
}

/**
 * Reads a line of output into its text and what looks different in each run: times, UUIDs, temporary paths,
 * hashes, durations, ports that nobody has chosen, and the folders of the run itself.
 *
 * What was expected before word for word is text: it has not changed. Beyond a run's own folders that is a
 * guess by shape, for a person to look at. No I/O.
 *
 * @example proposeVolatileWords("took 1.2s", context) →
 *   [{ kind: "text", text: "took " }, { kind: "volatile", word: "DURATION" }]
 */
export function proposeVolatileWords(line: string, context: VolatileContext): readonly LinePart[] {
  const pieces = findFolders(line, context);
  for (const { word, pattern, accepts } of rules) {
    for (const match of line.matchAll(pattern)) {
      const [whole, piece = ""] = match;
      const end = match.index + whole.length;
      const start = end - piece.length;
      const isFree = pieces.every((one) => one.end <= start || end <= one.start);
      if (!isFree || accepts?.(piece) === false || context.before.includes(whole)) continue;
      if (!context.engine.test(volatileWords[word].pattern, piece)) continue;
      pieces.push({ start, end, part: { kind: "volatile", word } });
    }
  }
  return cutLine(line, pieces);
}

/** The run's own folders: `[CWD]`, `[TMP]`, or where the system's temporary folder is an unusual one, `[..]`. */
function findFolders(line: string, { directory, folder, engine }: VolatileContext): Piece[] {
  const pieces: Piece[] = [];
  for (const root of [directory, folder]) {
    if (root === undefined || root === "/") continue;
    for (let at = line.indexOf(root); at >= 0; at = line.indexOf(root, at + root.length)) {
      const behind = line.slice(at + root.length);
      // Another folder whose name begins the same.
      if (root === directory && !/^(?![\w.-])/.test(behind)) continue;
      const rest = root === directory ? "" : (/^[^\s:"'<>|,;()[\]]*/.exec(behind)?.[0] ?? "");
      const piece = root + rest;
      const end = at + piece.length;
      if (pieces.some((one) => one.start < end && at < one.end)) continue;
      pieces.push({ start: at, end, part: nameFolder(piece, root === directory, engine) });
    }
  }
  return pieces;
}

function nameFolder(piece: string, isDirectory: boolean, engine: PatternEngine): LinePart {
  if (isDirectory) return { kind: "volatile", word: "CWD" };
  return engine.test(volatileWords.TMP.pattern, piece)
    ? { kind: "volatile", word: "TMP" }
    : { kind: "any" };
}

function cutLine(line: string, pieces: readonly Piece[]): readonly LinePart[] {
  const parts: LinePart[] = [];
  let at = 0;
  for (const { start, end, part } of pieces.toSorted((one, other) => one.start - other.start)) {
    if (start > at) parts.push({ kind: "text", text: line.slice(at, start) });
    parts.push(part);
    at = end;
  }
  if (at < line.length) parts.push({ kind: "text", text: line.slice(at) });
  return parts;
}
