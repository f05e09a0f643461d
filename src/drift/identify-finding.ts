import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { BaselineEntry } from "../model/baseline.ts";
import type { Problem } from "../model/problem.ts";

/** What stays the same of a finding while the text around it moves; see `BaselineEntry`. */
export type FindingIdentity = Omit<BaselineEntry, "count">;

/**
 * Identifies a problem by its code, its file, its message and the text of its line, not by where the
 * line is.
 *
 * `source` is the text of its file, as far as it is known. No I/O.
 */
export function identifyFinding(
  problem: Problem,
  message: string,
  source: string | undefined,
): FindingIdentity {
  const { code, path = "", span } = problem;
  // Even a digest of a secret's line would help to guess it.
  const isSecret = "isSecret" in problem;
  const line =
    span === undefined || source === undefined || isSecret
      ? ""
      : lineAt(source, span.start.offset).trim();
  return { path, code, message, line: line === "" ? "" : digest(line) };
}

/**
 * One short word for an identity: 16 hexadecimal digits.
 *
 * Numbers of the message do not count, since some grow by the day (`reviewed 93 days ago`): the line
 * tells two ports apart. No I/O.
 */
export function digestIdentity({ path, code, message, line }: FindingIdentity): string {
  return digest([path, code, message.replaceAll(/\d+/gu, "0"), line].join("\0"));
}

function lineAt(source: string, offset: number): string {
  const isBreak = (at: number): boolean => source[at] === "\n" || source[at] === "\r";
  let [start, end] = [offset, offset];
  while (start > 0 && !isBreak(start - 1)) start -= 1;
  while (end < source.length && !isBreak(end)) end += 1;
  return source.slice(start, end);
}

function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 16);
}
