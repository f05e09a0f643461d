import type {
  DocumentTestEvent,
  DocumentTestResult,
  TestedDocument,
  TestedStep,
} from "../../model/document-test.ts";
import { diagnosticsToJson } from "../diagnostics-to-json.ts";

/**
 * What happened while documents were tested, as other programs read it: one object a line of
 * `opswright test --json`; what is not known is left out. No I/O.
 *
 * @example { type: "document-started", document: "docs/install.md", steps: 12 }
 */
export function testEventToJson(event: DocumentTestEvent): object {
  switch (event.type) {
    case "tests-started":
      return {
        type: event.type,
        schemaVersion: 1,
        documents: event.documents.map(({ name }) => name),
      };
    case "document-started":
      return { type: event.type, document: event.document.name, steps: event.stepCount };
    case "step-ended":
      return { type: event.type, document: event.document.name, step: stepToJson(event.step) };
    case "document-ended":
      return { type: event.type, ...documentToJson(event.document) };
    default:
      return event satisfies never;
  }
}

/** The last line of `opswright test --json`. No I/O. */
export function testResultToJson(result: DocumentTestResult): object {
  const { exitCode, durationMs, counts, steps, isBailed } = result;
  return {
    type: "tests-ended",
    exitCode,
    durationMs: Math.round(durationMs),
    documents: counts,
    steps,
    isBailed,
  };
}

function documentToJson(document: TestedDocument): object {
  const {
    name,
    path,
    title,
    outcome,
    durationMs,
    counts,
    reason,
    refusals,
    problems,
    folder,
    rating,
  } = document;
  return {
    document: name,
    path,
    title,
    outcome,
    durationMs: Math.round(durationMs),
    steps: counts,
    reason,
    expectedOutput: rating,
    ...(refusals.length === 0 ? {} : { refusals }),
    ...(problems.length === 0 ? {} : { diagnostics: diagnosticsToJson(problems).diagnostics }),
    folder,
  };
}

function stepToJson({ stepId, title, path, line, ...rest }: TestedStep): object {
  const { outcome, exitCode, durationMs, reason, difference, output, errorOutput } = rest;
  return {
    id: stepId,
    title,
    path,
    line,
    outcome,
    exitCode,
    durationMs,
    reason,
    difference,
    output,
    errorOutput,
  };
}
