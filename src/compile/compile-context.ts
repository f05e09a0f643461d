import type { Diagnostic, DiagnosticArgs, DiagnosticCode, Severity } from "../model/diagnostic.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import type { ReadShell } from "../model/shell-script.ts";
import type { Span } from "../model/source.ts";
import { createLineIndex, type LineIndex } from "../parse/line-index.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";

/** What the parts of one compilation share: the document, its lines, and where problems go. */
export interface CompileContext {
  readonly document: ParsedDocument;
  readonly path: string;
  /** True for `.mdx`: what is unknown is an error there, and foreign in `.md`. */
  readonly isStrict: boolean;
  /** True where its YAML does not parse: what it declares is unknown, and nothing may be called undeclared. */
  readonly isFrontMatterBroken: boolean;
  readonly lines: LineIndex;
  readonly readShell: ReadShell;
  readonly diagnostics: readonly Diagnostic[];
  report<C extends DiagnosticCode>(
    code: C,
    args: DiagnosticArgs[C],
    span: Span | undefined,
    severity?: Severity,
  ): void;
}

/** Starts the compilation of one document with no problems yet. No I/O. */
export function createCompileContext(
  document: ParsedDocument,
  readShell: ReadShell,
): CompileContext {
  const { path, format, text } = document.source;
  const diagnostics: Diagnostic[] = [];
  return {
    document,
    path,
    isStrict: format === "mdx",
    isFrontMatterBroken:
      document.frontMatter !== undefined && document.frontMatter.data === undefined,
    lines: createLineIndex(text),
    readShell,
    diagnostics,
    report(code, args, span, severity) {
      diagnostics.push(makeDiagnostic(code, args, { path, span }, severity));
    },
  };
}
