import { createCodeLocator } from "../compile/locate-in-code.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import type { CommandStep, Runbook } from "../model/runbook.ts";
import type { ReadShell, ShellCommand, TextRange } from "../model/shell-script.ts";
import type { Span } from "../model/source.ts";
import type { LineIndex } from "../parse/line-index.ts";
import { joinPath } from "./file-tree.ts";

/** A command of a document with its place in it. */
export interface PlacedCommand {
  readonly command: ShellCommand;
  /** The block that holds it; absent for inline code. */
  readonly step?: CommandStep | undefined;
  readonly origin: "step" | "shown" | "inline";
  /**
   * Folders of the subject in which it can be started, the likeliest first; absent where it may be
   * started somewhere else altogether, since a `cd` before it led out.
   */
  readonly folders?: readonly string[] | undefined;
  /** The place of one of its words, of a redirection, or of itself. */
  locate(range: TextRange): Span;
}

/**
 * Lists the commands of a document: those of its blocks in order, then those of inline code.
 *
 * Blocks that are an `example` are left out, and inline code that does not begin with a known
 * program. No I/O.
 */
export function placeCommands(
  parsed: ParsedDocument,
  runbook: Runbook,
  lines: LineIndex,
  readShell: ReadShell,
): readonly PlacedCommand[] {
  return [...placeStepCommands(runbook, lines), ...placeInlineCommands(parsed, lines, readShell)];
}

function placeStepCommands(runbook: Runbook, lines: LineIndex): readonly PlacedCommand[] {
  const placed: PlacedCommand[] = [];
  let place: StartPlace = { folders: [""], section: undefined };
  for (const step of runbook.steps) {
    if (step.kind !== "command" || step.shell === undefined) continue;
    if (step.attributes.example === true) continue;
    // Sections at the top are often run alone, so each begins in the root again.
    const section = step.sectionPath.slice(0, 2).join("/");
    if (section !== place.section) place = { folders: [""], section };
    const locate = createCodeLocator(step.script, step.codeSpan.start.line, lines);
    const own = step.attributes.dir;
    for (const command of step.shell.commands) {
      placed.push({
        command,
        step,
        origin: step.isRunnable ? "step" : "shown",
        folders: own === undefined ? place.folders : [joinPath("", own)],
        locate: ({ start, end }) => locate(start, end),
      });
      if (own === undefined) place = { section, folders: foldersAfter(command, place.folders) };
    }
  }
  return placed;
}

interface StartPlace {
  readonly section: string | undefined;
  readonly folders: readonly string[] | undefined;
}

/** A `cd` in a subshell ends with it, which the list of commands does not tell: both can be meant. */
function foldersAfter(
  command: ShellCommand,
  folders: readonly string[] | undefined,
): readonly string[] | undefined {
  if (command.place !== "here" || (command.name !== "cd" && command.name !== "pushd")) {
    return folders;
  }
  const target = command.words[1];
  if (folders === undefined || target === undefined || command.isLiteral[1] !== true) {
    return undefined;
  }
  if (target.startsWith("/") || target.startsWith("~") || target === "-") return undefined;
  const next = joinPath(folders[0] ?? "", target);
  if (next.startsWith("..")) return undefined;
  return [...new Set([next, ...folders])];
}

/** Programs whose call in inline code is meant as one: other words are often plain English. */
const inlinePrograms =
  /^(?:\.\/\S+|make|just|npm|npx|pnpm|yarn|bun|poetry|docker|docker-compose|podman|kubectl|oc|helm|git|opswright|psql|pg_dump|pg_restore|alembic|flask|pytest|python3?|bash|sh|railway|curl|systemctl|terraform) \S/;

function placeInlineCommands(
  parsed: ParsedDocument,
  lines: LineIndex,
  readShell: ReadShell,
): readonly PlacedCommand[] {
  return parsed.inlineCodes.flatMap(({ text, span }) => {
    if (!inlinePrograms.test(text) || span.start.line !== span.end.line) return [];
    const shell = readShell(text);
    if (shell.syntaxErrors.length > 0 || shell.placeholders.length > 0) return [];
    const start = span.start.offset;
    return shell.commands.map((command): PlacedCommand => ({
      command,
      origin: "inline",
      folders: [""],
      locate: (range) => lines.spanOf(start + range.start, start + range.end),
    }));
  });
}
