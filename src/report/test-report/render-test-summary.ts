import type { DocumentTestResult } from "../../model/document-test.ts";
import { countNoun } from "../count-noun.ts";
import { formatDuration } from "../format-duration.ts";
import type { TextStyle } from "../text-style.ts";

/**
 * Says in one line how the tests ended, after a line about documents that could not be run. No I/O.
 *
 * @example "3 documents, 41 steps: 40 passed, 1 failed (2.1s)\n"
 */
export function renderTestSummary(result: DocumentTestResult, { colors }: TextStyle): string {
  const { documents, steps, durationMs, isBailed } = result;
  const total = steps.passed + steps.failed + steps.skipped + steps.pending;
  const parts = [
    steps.passed > 0 || total === 0 ? colors.green(`${steps.passed} passed`) : "",
    steps.failed > 0 ? colors.red(`${steps.failed} failed`) : "",
    steps.skipped > 0 ? `${steps.skipped} skipped` : "",
    steps.pending > 0 ? `${steps.pending} not run` : "",
  ].filter((part) => part !== "");
  const notes = describeDocuments(result);
  const count = `${countNoun(documents.length, "document")}, ${countNoun(total, "step")}`;
  return [
    ...(isBailed ? ["Stopped after a failure (--bail); what was left was not run."] : []),
    ...(notes === "" ? [] : [notes]),
    `${count}: ${parts.join(", ")} (${formatDuration(durationMs)})`,
    "",
  ].join("\n");
}

/** @example "1 document was refused, 2 documents are not valid." */
function describeDocuments({ counts, documents }: DocumentTestResult): string {
  const say = (count: number, one: string, many: string): string =>
    count === 0 ? "" : `${countNoun(count, "document")} ${count === 1 ? one : many}`;
  const notes = [
    say(counts.refused, "was refused", "were refused"),
    say(counts.invalid, "is not valid", "are not valid"),
    say(counts.broken, "lost its shell", "lost their shells"),
    say(counts.empty, "has no step that was run", "have no step that was run"),
  ].filter((note) => note !== "");
  if (documents.length > 0 && counts.empty === documents.length) {
    return "There is no step to run: nothing was tested.";
  }
  return notes.length === 0 ? "" : `${notes.join(", ")}.`;
}
