import { languages } from "../compile/languages.ts";
import { startsWithPrompt } from "../compile/read-transcript.ts";
import type { Runbook } from "../model/runbook.ts";
import type { Fix } from "../model/text-edit.ts";
import { createLineIndex } from "../parse/line-index.ts";
import { readFenceOpener } from "../parse/read-fence-opener.ts";

/**
 * Ties blocks of a runbook to the regions of a script that are named like its steps.
 *
 * `ids` are those steps; what is tied already or is a transcript's command is passed over. `text` is
 * the document's, `script` the path relative to the root. No I/O.
 */
export function tieFences(
  runbook: Runbook,
  text: string,
  script: string,
  ids: ReadonlySet<string>,
): readonly Fix[] {
  const lines = createLineIndex(text);
  return runbook.steps.flatMap((step) => {
    if (step.kind !== "command" || !ids.has(step.id) || step.attributes.script !== undefined) {
      return [];
    }
    // Of a transcript no step is all of its text.
    const isAlone = runbook.steps.every(
      (one) => one === step || one.span.start.offset !== step.span.start.offset,
    );
    const { start } = step.span;
    const opener = readFenceOpener(lines.lineText(start.line), start.column - 1);
    const isTranscript =
      languages.get(step.language)?.isTranscript === true ||
      startsWithPrompt(lines.lineText(start.line + 1).slice(start.column - 1));
    if (
      isTranscript ||
      opener === undefined ||
      !isAlone ||
      step.codeSpan.start.line !== start.line + 1
    )
      return [];
    const at = lines.lineStart(start.line) + opener.end;
    const place = `${script}#${step.id}`;
    const value = /[\s"']/u.test(place)
      ? `"${place.replaceAll(/["\\]/gu, String.raw`\$&`)}"`
      : place;
    const edit = { path: runbook.path, span: lines.spanOf(at, at), text: ` script=${value}` };
    return [{ title: `Tie ${step.id} to ${script}`, edits: [edit] }];
  });
}
