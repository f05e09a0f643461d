import type { ClaimOrigin } from "../../model/drift.ts";
import type { Span } from "../../model/source.ts";
import { commonTools } from "../common-tools.ts";
import type { DriftDocument } from "../drift-document.ts";
import type { PlacedCommand } from "../placed-command.ts";
import type { CallWord } from "./tool-call.ts";

/** A command line of a program: its own words, without those of a command that it runs. */
export interface ToolUse {
  readonly program: string;
  /** From the program on, up to `--` or to where another program's words begin (`sudo`, `docker exec`). */
  readonly words: readonly CallWord[];
  /** True where the front matter declares the program, or every machine has it. */
  readonly isDeclared: boolean;
  /** False in a container or on another machine. */
  readonly isHere: boolean;
}

/** A program's call in a document. */
export interface PlacedToolUse extends ToolUse {
  readonly origin: ClaimOrigin;
  /** The place of so many characters of a word; undefined where quotes stand before them. */
  locate(word: CallWord, length: number): Span | undefined;
}

/**
 * Lists how a document calls programs, in the order of its commands.
 *
 * Calls of what is not literal, of paths and of the document's own functions are left out. No I/O.
 */
export function listToolUses(document: DriftDocument): readonly PlacedToolUse[] {
  const known = usesByDocument.get(document) ?? readToolUses(document);
  usesByDocument.set(document, known);
  return known;
}

/** Two kinds of claims are read from the same calls. */
const usesByDocument = new WeakMap<DriftDocument, readonly PlacedToolUse[]>();

function readToolUses(document: DriftDocument): readonly PlacedToolUse[] {
  const { commands, runbook, lines } = document;
  const { text } = document.parsed.source;
  const functions = new Set(
    runbook.steps.flatMap((step) => (step.kind === "command" ? (step.shell?.functions ?? []) : [])),
  );
  const declared = runbook.frontMatter.tools ?? {};
  return commands.flatMap((placed, index): readonly PlacedToolUse[] => {
    const { command, origin } = placed;
    const program = command.words[0] ?? "";
    if (command.isLiteral[0] !== true || !/^[A-Za-z][\w.+-]*$/u.test(program)) return [];
    if (functions.has(program)) return [];
    return [
      {
        program,
        words: ownWords(commands, index),
        isDeclared: Object.hasOwn(declared, program) || commonTools.has(program),
        isHere: command.place === "here",
        origin,
        locate({ range, text: word }, length) {
          const { offset } = placed.locate(range).start;
          const isPlain = text.startsWith(word.slice(0, length), offset);
          return isPlain ? lines.spanOf(offset, offset + length) : undefined;
        },
      },
    ];
  });
}

function ownWords(commands: readonly PlacedCommand[], index: number): readonly CallWord[] {
  const placed = commands[index];
  if (placed === undefined) return [];
  const { words, ranges, isLiteral, wrappers } = placed.command;
  const inner = findInner(commands, index, wrappers.length + 1);
  const own: CallWord[] = [];
  for (const [place, text] of words.entries()) {
    const range = ranges[place];
    if (range === undefined || text === "--") break;
    if (place > 0 && inner.has(range.start)) break;
    own.push({ text, range, isLiteral: isLiteral[place] === true });
  }
  return own;
}

/** Where the commands begin that this one runs. */
function findInner(
  commands: readonly PlacedCommand[],
  index: number,
  depth: number,
): ReadonlySet<number> {
  const outer = commands[index];
  const starts = new Set<number>();
  if (outer === undefined) return starts;
  const { start, end } = outer.command.range;
  for (let at = index + 1; at < commands.length; at += 1) {
    const next = commands[at];
    if (next === undefined || next.step !== outer.step || next.origin !== outer.origin) break;
    const { range, wrappers } = next.command;
    // An inner command begins behind its outer one's name; inline codes begin anew each.
    if (range.start <= start || range.start >= end) break;
    if (wrappers.length === depth) starts.add(range.start);
  }
  return starts;
}
