import type { Checked } from "../model/diagnostic.ts";
import { makeDiagnostic } from "./make-diagnostic.ts";

/** Made once: making it takes longer than decoding a runbook. */
const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * Decodes a document's bytes as UTF-8 and drops byte order marks at its start, of which editors that
 * disagree leave several.
 *
 * Bytes that are no UTF-8 give `not-utf8` with the 0-based offset of the first bad byte, and no
 * value. No I/O.
 */
export function decodeSource(path: string, bytes: Uint8Array): Checked<string> {
  try {
    const text = decoder.decode(bytes);
    return { value: text.replace(/^\uFEFF+/, ""), diagnostics: [] };
  } catch {
    const byteOffset = findFirstBadByte(bytes);
    return { diagnostics: [makeDiagnostic("not-utf8", { byteOffset }, { path })] };
  }
}

/** Finds the longest prefix that decodes, by bisection, and goes back to where its last character begins. */
function findFirstBadByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isDecodable(bytes.subarray(0, middle), "cut")) low = middle;
    else high = middle - 1;
  }
  while (low > 0 && !isDecodable(bytes.subarray(0, low), "whole")) low -= 1;
  return low;
}

/** A prefix that may be cut inside a character, or must end behind one. */
function isDecodable(prefix: Uint8Array, end: "cut" | "whole"): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(prefix, { stream: end === "cut" });
    return true;
  } catch {
    return false;
  }
}
