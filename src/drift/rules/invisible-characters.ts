import type { Severity } from "../../model/diagnostic.ts";
import type { TextRange } from "../../model/shell-script.ts";
import type { Span } from "../../model/source.ts";
import { hasOverlap } from "../../shell/find-overlap.ts";
import type { DriftDocument } from "../drift-document.ts";
import { listLiteralRanges } from "../literal-ranges.ts";
import { placeScripts } from "../placed-script.ts";
import { defineDocumentRule } from "../rule.ts";

/** Characters in code that nobody sees and a program reads. */
export const invisibleCharacters = defineDocumentRule<{ names: string; isSpace: boolean }>({
  code: "text/invisible-characters",
  severity: "error",
  title: "Invisible characters in code",
  what: "Code holds characters that are not seen: a zero-width space, a soft hyphen, a no-break space outside quotes, or a control that turns the direction of writing.",
  why: "The reader sees another command than the one that runs. A zero-width space in front of `#` makes the comment a command; a direction control can hide what a line does.",
  remedy:
    "Remove them, and write a plain space for a no-break space. `opswright check --fix` does it.",
  example: {
    language: "bash",
    wrong: "\u200B# rm -rf build",
    right: "# rm -rf build",
  },
  check(document, report) {
    const { source } = document.parsed;
    if (!invisible.test(source.text)) return;
    const tell = (spans: readonly Span[], severity: Severity): void => {
      // What stands in one line is told once.
      for (const inLine of Map.groupBy(spans, ({ start }) => start.line).values()) {
        const [first] = inLine;
        if (first === undefined) continue;
        const found = textOf(first, source.text);
        const edits = inLine.map((span) => ({
          path: document.path,
          span,
          text: isSpace(textOf(span, source.text)) ? " " : "",
        }));
        const title = isSpace(found) ? "Write a plain space" : "Remove what is not seen";
        report({ names: nameAll(found), isSpace: isSpace(found) }, first, {
          severity,
          fix: { title, edits },
        });
      }
    };
    const shellFences = new Set<number>();
    for (const script of placeScripts(document)) {
      shellFences.add(script.step.span.start.offset);
      tell(
        findInScript(script.text).map((range) => script.locate(range)),
        "error",
      );
    }
    const softer = document.isStrict ? "warning" : "info";
    for (const span of listOtherCode(document, shellFences)) {
      const { offset } = span.start;
      const runs = findRuns(textOf(span, source.text), (run) => !isSpace(run));
      const places = runs.map(({ start, end }) =>
        document.lines.spanOf(offset + start, offset + end),
      );
      tell(places, softer);
    }
  },
  message: ({ names }) => `The code holds ${names}, which nobody sees.`,
  hint: ({ isSpace: space }) => (space ? "Write a plain space instead." : "Remove it."),
});

function textOf({ start, end }: Span, text: string): string {
  return text.slice(start.offset, end.offset);
}

/** Code that is no shell: other fences, and code between back-ticks. Printed text may hold anything. */
function listOtherCode(
  { parsed }: DriftDocument,
  shellFences: ReadonlySet<number>,
): readonly Span[] {
  const fences = parsed.blocks.flatMap((block) => {
    if (block.kind !== "fence" || block.language === undefined) return [];
    const isOther = !printed.test(block.language) && !shellFences.has(block.span.start.offset);
    return isOther ? [block.codeSpan] : [];
  });
  return [...fences, ...parsed.inlineCodes.map(({ span }) => span)];
}

const printed =
  /^(?:output|text|txt|plain\w*|console|shell-?session|bash-session|log|md|mdx|markdown|diff)$/iu;

/** In a comment nothing runs, and text between quotes may be written in any language. */
function findInScript(script: string): readonly TextRange[] {
  if (!invisible.test(script)) return [];
  const literals = listLiteralRanges(script);
  return findRuns(script, () => true).filter((range) => {
    const text = script.slice(range.start, range.end);
    return isDirection(text) || !hasOverlap(literals, range);
  });
}

/** Runs of invisible characters of one sort, those left out that belong to what is seen. */
function findRuns(text: string, accepts: (run: string) => boolean): readonly TextRange[] {
  const runs: TextRange[] = [];
  for (const match of text.matchAll(runsOfInvisible)) {
    const [run] = match;
    const range = { start: match.index, end: match.index + run.length };
    const before = text.slice(Math.max(0, range.start - 2), range.start);
    // Emoji, Persian and Indian scripts join letters by them; Hebrew and Arabic text has marks.
    const isJoiner = /^[\u200C-\u200F]+$/u.test(run) && /[^\u0000-\u024F]$/u.test(before);
    if (!isJoiner && accepts(run)) runs.push(range);
  }
  return runs;
}

const invisible =
  /[\u00A0\u00AD\u180E\u200B-\u200F\u2028\u2029\u202A-\u202F\u2060-\u2064\u2066-\u2069\u3164\uFEFF]/u;
const runsOfInvisible =
  /[\u00A0\u202F]+|[\u00AD\u180E\u200B-\u200F\u2028\u2029\u202A-\u202E\u2060-\u2064\u2066-\u2069\u3164\uFEFF]+/gu;

function isSpace(run: string): boolean {
  return /^[\u00A0\u202F]/u.test(run);
}

function isDirection(run: string): boolean {
  return /[\u202A-\u202E\u2066-\u2069]/u.test(run);
}

function nameAll(run: string): string {
  const points = [...new Set(Array.from(run, (character) => character.codePointAt(0) ?? 0))];
  const [first = 0] = points;
  const name = `${nameOf(first)} (\`U+${first.toString(16).toUpperCase().padStart(4, "0")}\`)`;
  return points.length === 1 ? name : `${name} and other characters`;
}

/** Names of the Unicode standard, in small letters. */
function nameOf(point: number): string {
  const name = names.get(point);
  if (name !== undefined) return name;
  return isDirection(String.fromCodePoint(point)) ? "a direction control" : "a character";
}

const names: ReadonlyMap<number, string> = new Map([
  [0x00a0, "a no-break space"],
  [0x00ad, "a soft hyphen"],
  [0x200b, "a zero-width space"],
  [0x200c, "a zero-width non-joiner"],
  [0x200d, "a zero-width joiner"],
  [0x200e, "a left-to-right mark"],
  [0x200f, "a right-to-left mark"],
  [0x2028, "a line separator"],
  [0x2029, "a paragraph separator"],
  [0x202f, "a narrow no-break space"],
  [0x2060, "a word joiner"],
  [0xfeff, "a byte order mark"],
]);
