import type { Diagnostic } from "../model/diagnostic.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import type { SelectedStep } from "./expand-steps.ts";
import { findUnsupported } from "./find-unsupported.ts";

/**
 * Blanks and what this version cannot do are errors of whatever is made of a step, whatever its
 * document's format.
 *
 * No I/O.
 */
export function checkStep({ step, runbook, id }: SelectedStep): readonly Diagnostic[] {
  if (step.kind !== "command") return [];
  const place = { path: runbook.path, span: step.span };
  return [
    ...step.blanks.map(({ text, span }) => {
      const meaning = text.replace(/[<>{}[\]]/g, "").trim();
      return makeDiagnostic("placeholder", { text, meaning }, { path: runbook.path, span });
    }),
    ...findUnsupported(step).map((what) =>
      makeDiagnostic("not-supported", { feature: `${what} (step ${id})` }, place),
    ),
  ];
}
