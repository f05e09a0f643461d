import type { Diagnostic, DiagnosticCode, Severity } from "../model/diagnostic.ts";
import { describeDiagnostic } from "./catalogue.ts";
import { countSeverities, orderDiagnostics } from "./order-diagnostics.ts";

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
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly title: string;
  readonly message: string;
  readonly hint: string;
  readonly path: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  /** The page of the code, relative to the root of Opswright's repository. */
  readonly docs: string;
}

/** Makes the document of diagnostics, in the order of their places. No I/O. */
export function diagnosticsToJson(diagnostics: readonly Diagnostic[]): DiagnosticsDocument {
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
        docs: `docs/diagnostics.md#${code}`,
      };
    }),
    counts: countSeverities(ordered),
  };
}
