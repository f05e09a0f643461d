import { createCodeLocator } from "../compile/locate-in-code.ts";
import type { CommandStep } from "../model/runbook.ts";
import type { ShellScript, TextRange } from "../model/shell-script.ts";
import type { Span } from "../model/source.ts";
import type { TextEdit } from "../model/text-edit.ts";
import type { DriftDocument } from "./drift-document.ts";

/** The shell text of one step, with its place in the document. */
export interface PlacedScript {
  readonly step: CommandStep;
  readonly text: string;
  readonly shell: ShellScript;
  /** The place of a stretch of `text`. */
  locate(range: TextRange): Span;
  /** The edit of the document that puts `text` in the place of a stretch of the script. */
  edit(range: TextRange, text: string): TextEdit;
}

/**
 * The shell scripts of a document in order: of its blocks those that run and those that are only
 * shown, of its transcripts each command; examples are left out.
 *
 * No I/O.
 */
export function placeScripts({ runbook, lines, path }: DriftDocument): readonly PlacedScript[] {
  return runbook.steps.flatMap((step) => {
    if (step.kind !== "command" || step.shell === undefined) return [];
    if (step.attributes.example === true) return [];
    const { script: text, shell } = step;
    let locator: ReturnType<typeof createCodeLocator> | undefined;
    const locate = ({ start, end }: TextRange): Span => {
      locator ??= createCodeLocator(text, step.codeSpan.start.line, lines);
      return locator(start, end);
    };
    return [
      {
        step,
        text,
        shell,
        locate,
        edit: (range, replacement) => ({ path, span: locate(range), text: replacement }),
      } satisfies PlacedScript,
    ];
  });
}
