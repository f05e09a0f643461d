import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Plan } from "../model/plan.ts";

/**
 * Names a plan by what it will do: SHA-256 of its canonical JSON, as 64 hexadecimal digits.
 *
 * Canonical means: keys in order of their code units, no white space, absent values left out (RFC
 * 8785 for the values that plans hold). The same plan has the same digest on every machine. No I/O.
 */
export function digestPlan(plan: Omit<Plan, "digest">): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(sortKeys(plan)))));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]));
}
