import type { PlanOptions } from "./input-options.ts";

/** A report to be written when the run has ended. */
export interface ReportRequest {
  readonly format: "junit" | "markdown" | "json";
  readonly file: string;
}

/** Options of `opswright run`. */
export interface RunCommandOptions extends PlanOptions {
  readonly yes?: true | undefined;
  readonly allow?: readonly "destructive"[] | undefined;
  readonly rollback: "ask" | "auto" | "never";
  readonly dryRun?: true | undefined;
  /** True enters what passed into the ledger of verifications. */
  readonly ledger?: true | undefined;
  readonly report?: readonly ReportRequest[] | undefined;
}
