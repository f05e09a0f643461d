import type { CommonOptions } from "./command-context.ts";

/** Options of `opswright drill`. */
export interface DrillOptions extends CommonOptions {
  readonly case?: readonly string[] | undefined;
  readonly all?: true | undefined;
  readonly world?: string | undefined;
  readonly keep?: true | undefined;
  readonly list?: true | undefined;
  /** False for `--no-ledger`: what passed is not entered into the ledger of verifications. */
  readonly ledger: boolean;
}
