import type { Checked, Diagnostic } from "./diagnostic.ts";
import type { Problem } from "./problem.ts";
import type { Runbook } from "./runbook.ts";
import type { RunSummary } from "./run-event.ts";
import type { SiteConfiguration } from "./site-configuration.ts";
import type { VerificationLedger } from "./verification-ledger.ts";

/** A project as the command line reads it: all that its site is made from. */
export interface SiteLibrary {
  /** Absolute path of the repository's root. */
  readonly root: string;
  /** Absolute path of the folder of runbooks. */
  readonly folder: string;
  readonly site: SiteConfiguration;
  /** Problems of the project's configuration. */
  readonly problems: readonly Diagnostic[];
  /** By id. */
  readonly runbooks: ReadonlyMap<string, Checked<Runbook>>;
  /** Source texts by path. */
  readonly sources: ReadonlyMap<string, string>;
  /**
   * Syntax trees (mdast) by path, of documents that were parsed just now; a page that is built takes
   * its tree out, so that memory holds few of them.
   */
  readonly trees?: Map<string, object> | undefined;
  /** What of the runbooks was run and passed; empty where there is no ledger that can be read. */
  readonly ledger: VerificationLedger;
  /** Past runs, the latest first. */
  readonly runs: readonly RunSummary[];
  /** What `opswright check` finds; empty unless it was asked for. */
  readonly findings: readonly Problem[];
  /** The day of the build as `2026-02-03`, by which reviews are due. */
  readonly today: string;
}
