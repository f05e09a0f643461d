import { createCodeLocator } from "../compile/locate-in-code.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import type { CommandStep, Runbook } from "../model/runbook.ts";
import type { ReadShell, ShellCommand, ShellScript, TextRange } from "../model/shell-script.ts";
import type { Span } from "../model/source.ts";
import type { LineIndex } from "../parse/line-index.ts";
import { joinPath } from "./file-tree.ts";
import { createFolderWalk, type FolderWalk } from "./walk-folders.ts";

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
  let section: string | undefined;
  let walk = createFolderWalk();
  for (const step of runbook.steps) {
    if (step.kind !== "command" || step.shell === undefined) continue;
    if (step.attributes.example === true) continue;
    // Sections at the top are often run alone, so each begins in the root again.
    const own = step.sectionPath.slice(0, 2).join("/");
    if (own !== section) walk = createFolderWalk();
    section = own;
    placed.push(...placeCommandsOf({ ...step, shell: step.shell }, walk, lines));
  }
  return placed;
}

function placeCommandsOf(
  step: CommandStep & { readonly shell: ShellScript },
  sectionWalk: FolderWalk,
  lines: LineIndex,
): readonly PlacedCommand[] {
  const { dir } = step.attributes;
  const locate = createCodeLocator(step.script, step.codeSpan.start.line, lines);
  // A block that says its folder starts there, and leaves the others where they are.
  const walk = dir === undefined ? sectionWalk : createFolderWalk(joinPath("", dir));
  const opening = new Set(
    step.shell.waits.filter(opensShell).map(({ range }) => `${range.start}-${range.end}`),
  );
  walk.startScript();
  return step.shell.commands.map((command): PlacedCommand => {
    const { start, end } = command.range;
    const { folders, session } = walk.pass(command, opening.has(`${start}-${end}`));
    return {
      command:
        session !== undefined && command.place === "here"
          ? { ...command, place: session }
          : command,
      step,
      origin: step.isRunnable ? "step" : "shown",
      folders,
      locate: (range) => locate(range.start, range.end),
    };
  });
}

function opensShell({ reason }: ShellScript["waits"][number]): boolean {
  return reason.startsWith("it opens a shell");
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
