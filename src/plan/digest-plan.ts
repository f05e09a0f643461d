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
  return bytesToHex(sha256(utf8ToBytes(toCanonicalJson(plan))));
}

function toCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map((item) => toCanonicalJson(item ?? null)).join(",")}]`;
  }
  if (!isRecord(value)) return JSON.stringify(value);
  let members = "";
  // By their code units, as `sort` has them by itself.
  for (const key of Object.keys(value).toSorted()) {
    if (value[key] === undefined) continue;
    members += `${members === "" ? "" : ","}${JSON.stringify(key)}:${toCanonicalJson(value[key])}`;
  }
  return `{${members}}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
