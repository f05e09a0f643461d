import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createFileJournal } from "../../src/node/file-journal.ts";
import { chainJournalLine, journalChainStart } from "../../src/node/journal-chain.ts";
import { readJournal } from "../../src/node/read-journal.ts";
import { verifyJournal } from "../../src/node/verify-journal.ts";
import { makeTemporaryFolder } from "./open-test-session.ts";

/** A journal of five events, the last of which is the run's end. */
async function writeRun(): Promise<{ file: string; lines: string[] }> {
  const journal = await createFileJournal(makeTemporaryFolder());
  for (const text of ["one", "zwei €", 'three ,"hash":"x"}', "four"]) {
    await journal.append({ type: "notice", text });
  }
  await journal.append({ type: "run-ended", outcome: "completed", exitCode: 0, durationMs: 1 });
  journal.close();
  const file = path.join(journal.directory, "events.ndjson");
  return { file, lines: readFileSync(file, "utf8").trimEnd().split("\n") };
}

const withoutHash = (line: string): string => line.replace(/,"hash":"[0-9a-f]{64}"\}$/u, "}");

/** Chains lines anew, as whoever can write the file can. */
function chainAnew(lines: readonly string[]): string[] {
  let hash = journalChainStart;
  return lines.map((line) => {
    const chained = chainJournalLine(hash, withoutHash(line));
    hash = chained.hash;
    return chained.line;
  });
}

describe("a journal's hashes", () => {
  it("fit where nothing was changed, and are SHA-256 of the hash before and the line", async () => {
    const { file, lines } = await writeRun();
    expect(await verifyJournal(file)).toEqual({
      eventCount: 5,
      fault: undefined,
      tornLine: undefined,
      lastHash: (JSON.parse(lines[4] ?? "") as { hash: string }).hash,
      hasEnd: true,
    });
    expect(chainJournalLine(journalChainStart, '{"seq":1}').hash).toBe(
      "0a00898550374c41186879d92f30325cd0a550ce8c5da4d9aeef34a95c0b85ea",
    );
    expect(chainAnew(lines)).toEqual(lines);
  });

  it.each<[string, (lines: string[]) => readonly string[], object]>([
    [
      "a word that was changed",
      (lines) => lines.map((line) => line.replace("zwei", "drei")),
      { kind: "altered", line: 2 },
    ],
    [
      "a blank that was added",
      (lines) => lines.map((line, index) => (index === 2 ? line.replace("{", "{ ") : line)),
      { kind: "altered", line: 3 },
    ],
    [
      "a line that is no event any more",
      (lines) => lines.map((line, index) => (index === 1 ? line.slice(0, 20) : line)),
      { kind: "altered", line: 2 },
    ],
    [
      "a change behind which the hash of its line was computed anew",
      (lines) => [
        ...chainAnew([lines[0] ?? "", (lines[1] ?? "").replace("zwei", "drei")]),
        ...lines.slice(2),
      ],
      { kind: "altered", line: 3 },
    ],
    [
      "an event that is gone",
      (lines) => lines.toSpliced(1, 2),
      { kind: "missing", line: 2, firstSeq: 2, lastSeq: 3 },
    ],
    [
      "a beginning that is gone",
      (lines) => lines.slice(1),
      { kind: "missing", line: 1, firstSeq: 1, lastSeq: 1 },
    ],
    [
      "events that changed places",
      ([one = "", two = "", three = "", ...more]) => [one, three, two, ...more],
      { kind: "reordered", line: 2, seq: 3, expectedSeq: 2 },
    ],
    [
      "an event that is there twice",
      ([one = "", ...more]) => [one, one, ...more],
      { kind: "reordered", line: 2, seq: 1, expectedSeq: 2 },
    ],
    [
      "a hash that was taken out",
      (lines) => lines.map((line, index) => (index === 3 ? withoutHash(line) : line)),
      { kind: "no-hash", line: 4, isEveryLine: false },
    ],
    [
      "all hashes taken out",
      (lines) => lines.map(withoutHash),
      { kind: "no-hash", line: 1, isEveryLine: true },
    ],
    ["something behind the end", (lines) => [...lines, '{"seq":6,"ty'], { kind: "torn", line: 6 }],
  ])("tell of %s", async (_, change, fault) => {
    const { file, lines } = await writeRun();
    writeFileSync(file, `${change(lines).join("\n")}\n`);
    expect(await verifyJournal(file)).toMatchObject({ fault });
  });

  it("tell no fault of a torn last line, and that the end is not there", async () => {
    const { file, lines } = await writeRun();
    writeFileSync(file, lines.join("\n").slice(0, -9));
    const torn = { eventCount: 4, fault: undefined, tornLine: 5, hasEnd: false };
    expect(await verifyJournal(file)).toMatchObject(torn);
    expect(await readJournal(file)).toHaveLength(4);
  });
});
