import type { UpdatedDocument } from "../../model/document-test.ts";
import { diagnosticsToJson } from "../diagnostics-to-json.ts";

/**
 * What became of documents that were updated, as other programs read it: the document that `opswright update
 * --json` prints; what is not known is left out. No I/O.
 */
export function updatesToJson(
  updated: readonly UpdatedDocument[],
  { exitCode, isDryRun }: { readonly exitCode: number; readonly isDryRun: boolean },
): object {
  return {
    schemaVersion: 1,
    exitCode,
    isDryRun,
    documents: updated.map(({ path, tested, update, file, problem }) => {
      const problems = tested.flatMap((one) => one.problems);
      const refusals = tested.flatMap((one) => one.refusals);
      return {
        path,
        outcomes: tested.map(({ name, outcome, reason }) => ({ document: name, outcome, reason })),
        isWritten: file !== undefined && !isDryRun,
        problem,
        steps: (update?.steps ?? []).map(({ stepId, title, line, script, kind, ...rest }) => ({
          id: stepId,
          title,
          path: rest.path,
          line,
          command: script,
          result: kind,
          reason: rest.reason,
          exitCode: rest.exitCode,
          changes: rest.changes.map((change) => ({
            kind: change.kind,
            line: change.line,
            text: change.text,
            isMatcher: change.isMatcher,
          })),
        })),
        ...(refusals.length === 0 ? {} : { refusals }),
        ...(problems.length === 0 ? {} : { diagnostics: diagnosticsToJson(problems).diagnostics }),
      };
    }),
  };
}
