import { verificationLedgerSchema, type VerificationLedger } from "../model/verification-ledger.ts";

/** A ledger, or why its text is none, as the end of a sentence. */
export type LedgerResult = { readonly ledger: VerificationLedger } | { readonly reason: string };

/** Reads the text of `runbooks/.verified.json`. Never throws. No I/O. */
export function readLedger(text: string): LedgerResult {
  let data: unknown;
  try {
    data = JSON.parse(text) as unknown;
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
  const result = verificationLedgerSchema.safeParse(data);
  if (result.success) return { ledger: result.data };
  const [issue] = result.error.issues;
  const where = issue?.path.map(String).join(".") ?? "";
  return { reason: `${where === "" ? "" : `${where}: `}${issue?.message ?? "it is no ledger"}` };
}
