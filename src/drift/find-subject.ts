import picomatch from "picomatch";
import type { SubjectDefinition } from "../model/configuration.ts";
import { normalisePath } from "./file-tree.ts";

/**
 * The folder that a runbook speaks of: that of the first subject whose patterns match its id, else
 * the root, which is empty.
 *
 * Patterns are picomatch's. No I/O.
 *
 * @example findSubject("payments/refund", [{ runbooks: "payments/**", folder: "services/payments" }])
 *   === "services/payments"
 */
export function findSubject(id: string, subjects: readonly SubjectDefinition[]): string {
  const found = subjects.find(({ runbooks }) => picomatch.isMatch(id, runbooks));
  return found === undefined ? "" : normalisePath(found.folder);
}
