import { readFile } from "node:fs/promises";
import type { JournalFault, JournalVerdict } from "../model/journal-verdict.ts";
import type { RunEvent } from "../model/run-event.ts";
import { JournalError } from "../run/journal-error.ts";
import { hashJournalLine, journalChainStart, readChainedLine } from "./journal-chain.ts";
import { parseJournalLine } from "./read-journal.ts";

/**
 * Follows the chain of a journal's hashes from its first line and tells where it breaks.
 *
 * It proves nothing against whoever can write the file and chains it anew. Rejects with `JournalError`
 * where the file cannot be read.
 */
export async function verifyJournal(file: string): Promise<JournalVerdict> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new JournalError(`The journal ${file} cannot be read.`, {
      hint: "Make sure that it exists and is yours; `opswright runs` lists the runs that are there.",
      cause,
    });
  });
  // Byte for byte: text would show different bytes as one character.
  const lines = bytes.toString("latin1").split("\n");
  const rest = lines.pop() ?? "";
  const events = lines.map((line) => parseJournalLine(Buffer.from(line, "latin1").toString()));
  if (rest === "" && events.at(-1) === undefined) events.pop();
  const isTorn = rest !== "" || events.length < lines.length;
  const hasEnd = events.at(-1)?.type === "run-ended";
  const tornLine = isTorn ? events.length + 1 : undefined;
  const fault =
    findFault(lines, events) ??
    (hasEnd && tornLine !== undefined ? { kind: "torn" as const, line: tornLine } : undefined);
  const last = lines[events.length - 1] ?? "";
  return {
    lastHash: fault === undefined ? readChainedLine(last).hash : undefined,
    eventCount: events.filter((event) => event !== undefined).length,
    fault,
    tornLine,
    hasEnd,
  };
}

/** The first line that does not fit to those before it; `lines` are strings of bytes. */
function findFault(
  lines: readonly string[],
  events: readonly (RunEvent | undefined)[],
): JournalFault | undefined {
  let previous = journalChainStart;
  for (const [index, event] of events.entries()) {
    const line = index + 1;
    if (event === undefined) return { kind: "altered", line };
    if (event.seq !== line) return describeOrder(line, event.seq, events);
    const { json, hash } = readChainedLine(lines[index] ?? "");
    if (hash === undefined) {
      const isEveryLine = lines.every((one) => readChainedLine(one).hash === undefined);
      return { kind: "no-hash", line, isEveryLine };
    }
    if (hash !== hashJournalLine(previous, Buffer.from(json, "latin1"))) {
      return { kind: "altered", line };
    }
    previous = hash;
  }
  return undefined;
}

/** Tells whether events are gone, or stand elsewhere. */
function describeOrder(
  line: number,
  seq: number,
  events: readonly (RunEvent | undefined)[],
): JournalFault {
  const there = new Set(events.map((event) => event?.seq));
  if (there.has(line)) return { kind: "reordered", line, seq, expectedSeq: line };
  let lastSeq = line;
  while (lastSeq + 1 < seq && !there.has(lastSeq + 1)) lastSeq += 1;
  return { kind: "missing", line, firstSeq: line, lastSeq };
}
