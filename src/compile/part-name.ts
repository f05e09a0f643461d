import type { Runbook } from "../model/runbook.ts";

/**
 * Names a procedure of a runbook as a person would: `deployment:rollback`, or `deployment` where the
 * runbook is one procedure without saying so. No I/O.
 */
export function partName({ id, frontMatter }: Runbook, procedure: string): string {
  return Object.keys(frontMatter.procedures ?? {}).length === 0 ? id : `${id}:${procedure}`;
}
