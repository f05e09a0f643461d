import type { RiskLevel } from "../model/shell-script.ts";
import type { CallPattern } from "./command-call.ts";

/** One fact about a command: what it does, how bad that is, and where it is written. */
export interface RiskRow extends CallPattern {
  /** Stable name, shown in brackets. */
  readonly rule: string;
  /** `safe` ends the search: a near miss that the rows below it would take for more. */
  readonly level: RiskLevel;
  /** What it does, as a sentence without its full stop. */
  readonly text: string;
  /** Where that is documented, or why the level was chosen. */
  readonly source: string;
}
