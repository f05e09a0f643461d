import type { ShellCommand, TextRange } from "../../model/shell-script.ts";
import { readOptions } from "../../shell/read-options.ts";
import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import { narrowSpan } from "./narrow-span.ts";

/** A runbook, or a part of it, that a call of Opswright names; with `input`, an input of that one. */
export interface RunbookTargetClaim {
  /** `deployment`, `deployment:rollback`, `deployment#check-health`. */
  readonly target: string;
  readonly input?: string | undefined;
}

/** Targets and inputs in calls of Opswright. */
export const runbookTargetClaims: ClaimKind<RunbookTargetClaim> = {
  name: "runbook-target",
  title: "targets of Opswright",
  description:
    "What `opswright run`, `plan`, `show` and `drill` are told to act on, in blocks, in-line code and tables, and the names of `--input NAME=VALUE`.",
  collect: (document) =>
    document.commands.flatMap(({ command, origin, ...placed }) =>
      readTargets(command).map(({ value, text, range }): FoundClaim<RunbookTargetClaim> => ({
        value,
        text,
        span: narrowSpan(document, placed.locate(range), text),
        origin,
      })),
    ),
};

const valued = new Set(
  "--config --input --inputs --from --until --only --skip --allow --rollback --report --case --world".split(
    " ",
  ),
);
const verbs = new Set(["run", "plan", "show", "drill"]);

interface FoundTarget {
  readonly value: RunbookTargetClaim;
  readonly text: string;
  readonly range: TextRange;
}

function readTargets(command: ShellCommand): readonly FoundTarget[] {
  const { ranges, isLiteral } = command;
  const start = findProgram(command);
  if (start === undefined) return [];
  // `--root` leads to another project.
  const { words } = command;
  if (words.some((word) => word === "--root" || word.startsWith("--root="))) return [];
  const line = readOptions(words, start + 1, valued, false);
  const [verb = "", target = ""] = line.operands;
  const place = line.operandPlaces[1] ?? -1;
  const range = ranges[place];
  if (!verbs.has(verb) || range === undefined || isLiteral[place] !== true) return [];
  // A word in capitals stands for any.
  if (!/^[\w./-]+(?:[:#][\w.-]+)?$/.test(target) || /^[A-Z_:#-]+$/.test(target)) return [];
  return [{ value: { target }, text: target, range }, ...readInputs(command, start, target)];
}

/** Where `opswright` stands, also behind `npm run -s opswright --`. */
function findProgram({ name, words }: ShellCommand): number | undefined {
  if (name === "opswright") return 0;
  const at = words.indexOf("opswright");
  return name === "npm" && at > 0 && words[at + 1] === "--" ? at + 1 : undefined;
}

function readInputs(
  { words, ranges }: ShellCommand,
  start: number,
  target: string,
): readonly FoundTarget[] {
  return words.flatMap((word, index): FoundTarget[] => {
    const isValue = index > start + 1 && words[index - 1] === "--input";
    const written = isValue ? word : word.startsWith("--input=") ? word.slice(8) : "";
    // The value may hold expansions; the name stands before them.
    const [, input] = /^["']?([A-Za-z_]\w*)=/.exec(written) ?? [];
    const range = ranges[index];
    if (input === undefined || range === undefined) return [];
    return [{ value: { target, input }, text: input, range: nameRange(word, input, range) }];
  });
}

/** The value can hold the name as well: what is behind `=` is cut off. */
function nameRange(word: string, input: string, range: TextRange): TextRange {
  const end = word.indexOf(`${input}=`) + input.length;
  // Quotes can stand before it, and are no part of the word.
  return { start: range.start, end: Math.min(range.end, range.start + end + 1) };
}
