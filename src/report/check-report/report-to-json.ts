import type { ClaimCounts } from "../../model/drift.ts";
import { diagnosticsToJson, type DiagnosticsDocument } from "../diagnostics-to-json.ts";
import type { CheckReport, HiddenCounts } from "./check-report.ts";

/** A check as other programs read it: the shape is kept stable by `schemaVersion`. */
export interface CheckDocument extends DiagnosticsDocument {
  /** Paths of the documents that were checked, sorted. */
  readonly documents: readonly string[];
  readonly claims: ClaimCounts;
  /** Findings that are there and are not told. */
  readonly hidden: HiddenCounts;
  /** How many problems `--fix` repaired; `null` without it. */
  readonly fixed: number | null;
}

/** Writes a check as JSON. No I/O. */
export function reportToJson(report: CheckReport, fixedCount: number | undefined): string {
  const { problems, documents, claims, hidden } = report;
  const document: CheckDocument = {
    ...diagnosticsToJson(problems),
    documents,
    claims,
    hidden,
    fixed: fixedCount ?? null,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
