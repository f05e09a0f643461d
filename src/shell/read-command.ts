import type { ShellCommand, ShellRedirection, TextRange } from "../model/shell-script.ts";
import { hasOverlap } from "./find-overlap.ts";
import type { ScannedCommand, ScannedWord } from "./scanned-script.ts";
import { plainSetting, type CommandSetting } from "./read-structure.ts";
import {
  joinWordsAsScript,
  readHereDocument,
  readWordValue,
  toSourceRange,
  type ScriptText,
} from "./script-text.ts";

/**
 * A command while it is judged: what others see of it, and what only this stage needs.
 *
 * `values` are the words without quotes, expansions as written; `scanned` are the same words in
 * `source`, the text that they were read from.
 */
export interface ReadCommand extends ShellCommand {
  readonly values: readonly string[];
  readonly scanned: readonly ScannedWord[];
  readonly source: ScriptText;
  readonly setting: CommandSetting;
  /** How many wrappers and scripts within scripts are around it. */
  readonly depth: number;
  /** What `stdinText` is, as a script that a shell might read. */
  readonly stdinScript?: ScriptText | undefined;
  /** The command on the left of the `|`. */
  readonly feeder?: ReadCommand | undefined;
  /** The command on the right of the `|`. */
  readonly consumerName?: string | undefined;
  readonly traits: CommandTraits;
}

/** What the wrappers around a command do to it. */
export interface CommandTraits {
  /** The wrapper finds the program: PATH need not have it. */
  readonly isProvided: boolean;
  /** The wrapper sets variables that the text does not name. */
  readonly hasForeignVariables: boolean;
  /** The wrapper ends it after a while. */
  readonly isTimeLimited: boolean;
  /** Its standard input is not a person's terminal. */
  readonly isDetached: boolean;
}

/** Where commands of one script text stand in the whole. */
export interface ScriptContext {
  readonly wrappers: readonly string[];
  readonly place: string;
  readonly depth: number;
  readonly traits: CommandTraits;
  /** How the command that runs the script stands: its commands stand no better. */
  readonly setting: CommandSetting;
  /** What the script's first command finds on its standard input, where the text has it. */
  readonly input?: ScriptText | undefined;
  /** Where the script ends as a process of its own, in the runbook's script. */
  readonly scopeEnd?: number | undefined;
}

/** The context of the runbook's own script. */
export const outermostContext: ScriptContext = {
  wrappers: [],
  place: "here",
  depth: 0,
  traits: {
    isProvided: false,
    hasForeignVariables: false,
    isTimeLimited: false,
    isDetached: false,
  },
  setting: plainSetting,
};

const assignment = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/u;

/** How many of the words are assignments before the command. */
export function countAssignments(text: string, words: readonly ScannedWord[]): number {
  const first = words.findIndex(
    (word) =>
      word.isArithmetic ||
      !assignment.test(text.slice(word.start, Math.min(word.end, word.start + 200))),
  );
  return first === -1 ? words.length : first;
}

/**
 * The command that a scanned command is, before wrappers are looked into.
 *
 * `firstInput` is what it finds on its standard input where it redirects nothing there. No I/O.
 */
export function readCommand(
  scanned: ScannedCommand,
  source: ScriptText,
  context: ScriptContext,
  setting: CommandSetting,
  blanks: readonly TextRange[],
  firstInput: ScriptText | undefined,
): ReadCommand {
  const { text } = source;
  const words = scanned.words.slice(countAssignments(text, scanned.words));
  const values = words.map((word) => readWordValue(text, word));
  const isLiteral = words.map((word) => isLiteralWord(word, blanks));
  const input = readInput(scanned, source) ?? firstInput;
  return {
    name: isLiteral[0] === true ? baseName(values[0] ?? "") : "",
    words: words.map((word, index) =>
      isLiteral[index] === true ? (values[index] ?? "") : text.slice(word.start, word.end),
    ),
    ranges: words.map((word) => toSourceRange(source, word)),
    isLiteral,
    wrappers: context.wrappers,
    place: context.place,
    stdinText: input?.text,
    redirections: readRedirections(scanned, source, blanks),
    range: toSourceRange(source, scanned),
    scopeEnd: endOfScope(source, setting) ?? context.scopeEnd,
    ...(setting.isTolerated === true ? { isTolerated: true } : {}),
    values,
    scanned: words,
    source,
    setting,
    depth: context.depth,
    stdinScript: input,
    traits: context.traits,
  };
}

function endOfScope(source: ScriptText, { scopeEnd }: CommandSetting): number | undefined {
  if (scopeEnd === undefined) return undefined;
  return toSourceRange(source, { start: scopeEnd - 1, end: scopeEnd }).end;
}

/** True where the shell passes the word as it is written, quotes apart. */
function isLiteralWord(word: ScannedWord, blanks: readonly TextRange[]): boolean {
  if (word.expansions.length > 0 || word.hasPattern || word.isArithmetic) return false;
  return !hasOverlap(blanks, word);
}

/** The program's name without its directory. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function readRedirections(
  scanned: ScannedCommand,
  source: ScriptText,
  blanks: readonly TextRange[],
): ShellRedirection[] {
  return scanned.redirections
    .filter((redirection) => redirection.hereDocument === undefined)
    .map((redirection) => {
      const { target, operator, descriptor } = redirection;
      const isLiteral = target === undefined || isLiteralWord(target, blanks);
      const written = target === undefined ? "-" : source.text.slice(target.start, target.end);
      return {
        operator: `${descriptor}${operator}`,
        target: isLiteral && target !== undefined ? readWordValue(source.text, target) : written,
        isLiteral,
        range: toSourceRange(source, redirection),
      };
    });
}

/** The text of the last here-document or here-string, which is the one that counts. */
function readInput(scanned: ScannedCommand, source: ScriptText): ScriptText | undefined {
  const last = scanned.redirections.findLast(
    ({ operator, descriptor }) =>
      operator.startsWith("<<") && (descriptor === "" || descriptor === "0"),
  );
  if (last?.hereDocument !== undefined) return readHereDocument(source, last.hereDocument);
  if (last?.target !== undefined) return joinWordsAsScript(source, [last.target]);
  return undefined;
}

/** A command without what is for this stage alone. No I/O. */
export function publishCommand(command: ReadCommand): ShellCommand {
  const { name, words, ranges, isLiteral, wrappers, place, stdinText, redirections, range } =
    command;
  const { scopeEnd, isTolerated } = command;
  return {
    name,
    words,
    ranges,
    isLiteral,
    wrappers,
    place,
    stdinText,
    redirections,
    range,
    ...(scopeEnd === undefined ? {} : { scopeEnd }),
    ...(isTolerated === true ? { isTolerated } : {}),
  };
}
