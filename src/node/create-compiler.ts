import { compileRunbook } from "../compile/compile-runbook.ts";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import type { Runbook } from "../model/runbook.ts";
import { parseDocument } from "../parse/parse-document.ts";
import type { DocumentFile } from "./find-documents.ts";
import { loadShellReader } from "./load-shell-reader.ts";

/** Is shown each document that was asked for and compiled, before its structure is let go. */
export type VisitDocument = (document: ParsedDocument, runbook: Runbook) => void;

/** Compiles a document's text; what is wrong with it comes in the order of places. No I/O. */
export type CompileText = (
  document: DocumentFile,
  text: string,
  visit: VisitDocument | undefined,
) => Checked<Runbook>;

/** Makes a compiler of documents. Rejects where the files of the shell's grammar cannot be read. */
export async function createCompiler(): Promise<CompileText> {
  const readShell = await loadShellReader();
  return ({ id, path: shown }, text, visit) => {
    const format = shown.endsWith(".mdx") ? "mdx" : "md";
    const parsed = parseDocument({ path: shown, id, format, text });
    if (parsed.value === undefined) return { diagnostics: parsed.diagnostics };
    const compiled = compileRunbook(parsed.value, readShell);
    if (compiled.value !== undefined) visit?.(parsed.value, compiled.value);
    const diagnostics = [...parsed.diagnostics, ...compiled.diagnostics].toSorted(byPlace);
    return { value: compiled.value, diagnostics };
  };
}

function byPlace(one: Diagnostic, other: Diagnostic): number {
  return (one.span?.start.offset ?? 0) - (other.span?.start.offset ?? 0);
}
