import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { Runbook } from "../model/runbook.ts";

/** A project's runbooks as the command line reads them: all that the site is made from. */
export interface Library {
  /** Absolute path of the repository's root. */
  readonly root: string;
  /** Absolute path of the folder of runbooks. */
  readonly folder: string;
  /** Problems of the project's configuration. */
  readonly problems: readonly Diagnostic[];
  /** By id. */
  readonly runbooks: ReadonlyMap<string, Checked<Runbook>>;
  /** Source texts by path. */
  readonly sources: ReadonlyMap<string, string>;
}
