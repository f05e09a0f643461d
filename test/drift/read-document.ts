import { compileRunbook } from "../../src/compile/compile-runbook.ts";
import type { ClaimKind } from "../../src/drift/claim-kind.ts";
import { createDriftDocument, type DriftDocument } from "../../src/drift/drift-document.ts";
import type { DocumentFormat } from "../../src/model/source.ts";
import { parseDocument } from "../../src/parse/parse-document.ts";
import { readShell } from "../shell/read-fixture.ts";

/** A document as claims are read from it; throws where the text gives no runbook. */
export function readDriftDocument(text: string, format: DocumentFormat = "md"): DriftDocument {
  const parsed = parseDocument({ path: `runbooks/a.${format}`, id: "a", format, text });
  if (parsed.value === undefined) throw new Error("The text cannot be parsed.");
  const { value } = compileRunbook(parsed.value, readShell);
  if (value === undefined) throw new Error("The text gives no runbook.");
  return createDriftDocument(parsed.value, value, "", readShell);
}

/** The claims of one kind in a text, each with the text at its place. */
export function readClaims<Value>(
  kind: ClaimKind<Value>,
  text: string,
  format: DocumentFormat = "md",
): readonly { readonly value: Value; readonly at: string }[] {
  return kind.collect(readDriftDocument(text, format)).map(({ value, span }) => ({
    value,
    at: text.slice(span.start.offset, span.end.offset),
  }));
}
