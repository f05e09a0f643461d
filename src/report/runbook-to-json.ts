import { readExpectedText } from "../match/read-expected-text.ts";
import type { Expectation, OutputRating } from "../model/expectation.ts";
import type { ProcedureItem, Runbook } from "../model/runbook.ts";

/** A procedure's line as JSON: its maps are plain objects. */
type ItemRecord =
  | Exclude<ProcedureItem, { kind: "choose" }>
  | {
      readonly kind: "choose";
      readonly input: string;
      readonly when: Record<string, ItemRecord[]>;
    };

/**
 * Makes the document that `opswright show --json` prints: the runbook without what only its own
 * stages need (spans, the shell's tree). No I/O.
 */
export function runbookToJson(runbook: Runbook, rating: OutputRating): object {
  const { id, path, title, frontMatter, digest } = runbook;
  return {
    schemaVersion: 1,
    id,
    path,
    title,
    digest,
    frontMatter,
    expectedOutput: rating,
    sections: runbook.sections.map(({ span, ...section }) => ({
      ...section,
      line: span.start.line,
    })),
    steps: runbook.steps.map((step) => ({
      kind: step.kind,
      id: step.id,
      title: step.title,
      line: step.span.start.line,
      sectionPath: step.sectionPath,
      conditions: step.conditions.map(({ text }) => text),
      ...(step.kind === "manual" ? { text: step.text } : {}),
      ...(step.kind === "include"
        ? { runbook: step.runbook, procedure: step.procedure, section: step.section }
        : {}),
      ...(step.kind === "command"
        ? {
            language: step.language,
            interpreter: step.interpreter,
            isRunnable: step.isRunnable,
            script: step.script,
            attributes: step.attributes,
            risk: { level: step.risk.level, reasons: step.risk.reasons.map(({ text }) => text) },
            blanks: step.blanks.map(({ text }) => text),
            ...(step.expectation === undefined
              ? {}
              : { expectation: expectationToJson(step.expectation) }),
          }
        : {}),
    })),
    procedures: runbook.procedures.map(({ entries, ...procedure }) => ({
      ...procedure,
      steps: entries.map(itemToJson),
    })),
  };
}

/** The expected lines with what each of them stands for; of JSON, there are none. */
function expectationToJson({ text, match, stream, ansi, codeSpan }: Expectation): object {
  const { lines, exitCode } = readExpectedText(text, match);
  return {
    match,
    stream,
    ansi: ansi ?? "strip",
    line: codeSpan.start.line,
    text,
    exitCode: exitCode?.code,
    lines: lines.map(({ row, ...line }) => ({ line: codeSpan.start.line + row, ...line })),
  };
}

function itemToJson(item: ProcedureItem): ItemRecord {
  if (item.kind !== "choose") return item;
  const when = [...item.when].map(([value, items]) => [value, items.map(itemToJson)] as const);
  return { kind: "choose", input: item.input, when: Object.fromEntries(when) };
}
