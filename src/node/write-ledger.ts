import { readFile } from "node:fs/promises";
import path from "node:path";
import { ledgerFileName } from "../model/verification-ledger.ts";
import { readLedger } from "../parse/read-ledger.ts";
import { emptyLedger, mergeLedger, renderLedger, type VerifiedStep } from "../plan/merge-ledger.ts";
import { holdLock } from "./hold-lock.ts";
import { writeFileWhole } from "./write-file-whole.ts";

/** A ledger that could not be read or written; nothing of it was changed. */
export class LedgerError extends Error {
  override readonly name = "LedgerError";
}

/**
 * Enters what was verified into the ledger of a folder of runbooks; see `mergeLedger`.
 *
 * `folder` is absolute. The file is replaced as a whole, by one process at a time, and not touched where nothing
 * changes. Throws
 * `LedgerError`: what somebody broke by hand, or left half merged, is never overwritten. Reads and
 * writes the file system.
 */
export async function writeLedger(
  folder: string,
  verified: readonly VerifiedStep[],
  stepIds: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<void> {
  const file = path.join(folder, ledgerFileName);
  const enter = async (): Promise<string | undefined> => {
    const before = await readText(file);
    const known = before === undefined ? { ledger: emptyLedger } : readLedger(before);
    if ("reason" in known) {
      throw new LedgerError(
        `${file} is no ledger of verifications (${known.reason}), so nothing was entered. Correct it, or delete it.`,
      );
    }
    const after = renderLedger(mergeLedger(known.ledger, verified, stepIds));
    return after === before ? undefined : after;
  };
  // Where nothing changes nothing need be writable.
  if ((await enter()) === undefined) return;
  try {
    // Another run that ends now must not take this one's entries away.
    await holdLock(`${file}.lock`, async () => {
      const after = await enter();
      if (after !== undefined) await writeFileWhole(file, after);
    });
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    throw new LedgerError(`${file} cannot be written.`, { cause: error });
  }
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new LedgerError(`${file} cannot be read.`, { cause: error });
  }
}
