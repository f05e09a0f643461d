import { createHash, hash as hashAtOnce } from "node:crypto";

/** What stands for the hash of the line before the first one. */
export const journalChainStart = "0".repeat(64);

/** A line of a journal without its line end, and its hash, to which the next line is chained. */
export interface ChainedLine {
  readonly line: string;
  readonly hash: string;
}

/**
 * Chains an event's JSON to the line before it: the line gets a last member `hash`, SHA-256 in hex of
 * the previous line's hash and the JSON without it. No I/O.
 *
 * @example chainJournalLine(journalChainStart, '{"seq":1}').line → '{"seq":1,"hash":"…"}'
 */
export function chainJournalLine(previousHash: string, json: string): ChainedLine {
  const hash = hashJournalLine(previousHash, json);
  return { line: `${json.slice(0, -1)},"hash":"${hash}"}`, hash };
}

/** A line's JSON as it was before it was chained, and its hash; undefined where it has none. */
export interface ReadLine {
  readonly json: string;
  readonly hash: string | undefined;
}

/** Takes a line apart into what was hashed and the hash. No I/O. */
export function readChainedLine(line: string): ReadLine {
  const [end, hash] = /,"hash":"([0-9a-f]{64})"\}$/u.exec(line) ?? [];
  if (end === undefined) return { json: line, hash: undefined };
  return { json: `${line.slice(0, -end.length)}}`, hash };
}

/** Hashes a line's JSON with the hash of the line before it; text is taken as UTF-8. No I/O. */
export function hashJournalLine(previousHash: string, json: string | Uint8Array): string {
  return typeof json === "string"
    ? hashAtOnce("sha256", previousHash + json)
    : createHash("sha256").update(previousHash).update(json).digest("hex");
}
