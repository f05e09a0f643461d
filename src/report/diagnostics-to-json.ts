import type { Severity } from "../model/diagnostic.ts";
import type { Problem } from "../model/problem.ts";
import { describeDiagnostic } from "./catalogue.ts";
import { countSeverities, orderDiagnostics } from "./order-diagnostics.ts";
import { pageOfCode } from "./page-of-code.ts";

/**
 * Diagnostics as other programs read them: the shape is kept stable by `schemaVersion`.
 *
 * Lines and columns are 1-based, columns count UTF-16 units, the end is the position just behind the
 * last character; all four are `null` where no text is to blame, as is `path`.
 */
export interface DiagnosticsDocument {
  readonly schemaVersion: 1;
  readonly diagnostics: readonly DiagnosticRecord[];
  readonly counts: Readonly<Record<Severity, number>>;
}

/** One diagnostic with its words. */
export interface DiagnosticRecord {
  readonly code: Problem["code"];
  readonly severity: Severity;
  readonly title: string;
  readonly message: string;
  readonly hint: string;
  readonly path: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  /** Other places that it rests on. */
  readonly related: readonly PlaceRecord[];
  /** Preformatted lines, such as a unified difference; `null` where there are none. */
  readonly detail: string | null;
  /** What `check --fix` would do; `null` where it can do nothing. */
  readonly fix: string | null;
  /** The page of the code, relative to the root of Opswright's repository. */
  readonly docs: string;
}

/** A further place, with what stands there. */
export interface PlaceRecord {
  readonly path: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  readonly text: string;
}

/** Makes the document of diagnostics, in the order of their places. No I/O. */
export function diagnosticsToJson(diagnostics: readonly Problem[]): DiagnosticsDocument {
  const ordered = orderDiagnostics(diagnostics);
  return {
    schemaVersion: 1,
    diagnostics: ordered.map((diagnostic) => {
      const { code, severity, path, span } = diagnostic;
      return {
        code,
        severity,
        ...describeDiagnostic(diagnostic),
        path: path ?? null,
        line: span?.start.line ?? null,
        column: span?.start.column ?? null,
        endLine: span?.end.line ?? null,
        endColumn: span?.end.column ?? null,
        related: relatedPlaces(diagnostic),
        detail: ("detail" in diagnostic ? diagnostic.detail : undefined) ?? null,
        fix: diagnostic.fix?.title ?? null,
        docs: pageOfCode(code),
      };
    }),
    counts: countSeverities(ordered),
  };
}

function relatedPlaces(problem: Problem): readonly PlaceRecord[] {
  const related = "related" in problem ? (problem.related ?? []) : [];
  return related.map(({ path, span, text }) => ({
    path,
    line: span?.start.line ?? null,
    column: span?.start.column ?? null,
    endLine: span?.end.line ?? null,
    endColumn: span?.end.column ?? null,
    text,
  }));
}
