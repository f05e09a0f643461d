import { diagnosticRules } from "../model/diagnostic-rules.ts";
import type { Diagnostic, DiagnosticArgs, DiagnosticCode, Severity } from "../model/diagnostic.ts";
import type { Span } from "../model/source.ts";

/**
 * Makes a diagnostic with its code's default severity, unless one is given.
 *
 * `place` names the document (relative to the root) and the stretch of text to blame; both may be
 * missing where no text is to blame. No I/O.
 */
export function makeDiagnostic<C extends DiagnosticCode>(
  code: C,
  args: DiagnosticArgs[C],
  place: { readonly path?: string | undefined; readonly span?: Span | undefined } = {},
  severity: Severity = diagnosticRules[code].severity,
): Diagnostic {
  // The union is distributed over its codes, which a generic object literal cannot show the compiler.
  return { code, args, severity, path: place.path, span: place.span } as Diagnostic;
}
