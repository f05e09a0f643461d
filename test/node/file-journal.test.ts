import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { RunEventBody } from "../../src/model/run-event.ts";
import { adoptFileJournal, createFileJournal } from "../../src/node/file-journal.ts";
import { listRuns } from "../../src/node/list-runs.ts";
import { readJournal } from "../../src/node/read-journal.ts";
import { verifyJournal } from "../../src/node/verify-journal.ts";
import { JournalError } from "../../src/run/journal-error.ts";
import { makePlan } from "../run/make-plan.ts";
import { makeTemporaryFolder } from "./open-test-session.ts";

const clock = { now: () => new Date("2026-11-22T20:45:12.345Z") };

function startRun(options: { run: string; pid: number; host?: string }): RunEventBody {
  const { run, pid, host = hostname() } = options;
  return {
    type: "run-started",
    run,
    plan: makePlan([]),
    host,
    user: "xerxes",
    pid,
    directory: "/",
    version: "1",
  };
}

describe("a journal", () => {
  it("has a folder of its own whose name says when and what, for its owner alone", async () => {
    const runs = path.join(makeTemporaryFolder(), "deep", "runs");

    const journal = await createFileJournal(runs, { label: "db/backup:Restore #1", clock });
    await journal.append({ type: "notice", text: "one" });
    journal.close();

    expect(journal.run).toMatch(/^20261122-204512-db-backup-restore-1-[0-9a-z]{4}$/);
    expect(journal.directory).toBe(path.join(runs, journal.run));
    expect(statSync(journal.directory).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(journal.directory, "events.ndjson")).mode & 0o777).toBe(0o600);
  });

  it("has each event on the disk, numbered and dated, once it is appended", async () => {
    const journal = await createFileJournal(makeTemporaryFolder(), { clock });
    const file = path.join(journal.directory, "events.ndjson");

    const first = await journal.append({ type: "notice", text: "one\ntwo" });
    const [written = "", rest] = readFileSync(file, "utf8").split("\n");
    expect(JSON.parse(written)).toMatchObject(first);
    expect(rest).toBe("");
    const more = await Promise.all(
      ["a", "b", "c"].map((text) => journal.append({ type: "notice", text })),
    );
    journal.close();

    expect(first).toEqual({
      seq: 1,
      time: "2026-11-22T20:45:12.345Z",
      type: "notice",
      text: "one\ntwo",
    });
    expect(more.map(({ seq }) => seq)).toEqual([2, 3, 4]);
    expect(await readJournal(file)).toEqual([first, ...more]);
  });

  it("flushes at once what cannot wait, with all that was appended before", async () => {
    const journal = await createFileJournal(makeTemporaryFolder(), { clock });
    const file = path.join(journal.directory, "events.ndjson");

    const appended = ["one", "two"].map((text) => journal.append({ type: "notice", text }));
    const before = readFileSync(file, "utf8");
    journal.flush();
    const after = readFileSync(file, "utf8").split("\n").length - 1;
    await Promise.all(appended);
    journal.flush();
    journal.close();

    expect({ before, after }).toEqual({ before: "", after: 2 });
    expect(await readJournal(file)).toHaveLength(2);
  });

  it("refuses every event once one could not be written", async () => {
    const journal = await createFileJournal(makeTemporaryFolder(), { clock });
    await journal.append({ type: "notice", text: "one" });
    const cyclic: { type: "notice"; text: string; self?: unknown } = {
      type: "notice",
      text: "two",
    };
    cyclic.self = cyclic;

    const results = await Promise.allSettled([
      journal.append(cyclic),
      journal.append({ type: "notice", text: "three" }),
    ]);
    const later = journal.append({ type: "notice", text: "four" });

    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(later).rejects.toThrow(JournalError);
    journal.close();
    expect(await readJournal(path.join(journal.directory, "events.ndjson"))).toHaveLength(1);
  });

  it("says where it cannot be made", async () => {
    const file = path.join(makeTemporaryFolder(), "file");
    writeFileSync(file, "");

    await expect(createFileJournal(path.join(file, "runs"))).rejects.toThrow(
      `No run can be recorded in ${file}/runs.`,
    );
  });
});

describe("reading a journal", () => {
  const line = (seq: number) =>
    `${JSON.stringify({ seq, time: "t", type: "notice", text: "x" })}\n`;

  it.each([
    ["a torn last line", '{"seq":3,"ty'],
    ["a last line of nothing that a crash left", "\0\0\0\0\n"],
    ["a last line that is no event", "[1]\n"],
  ])("leaves out %s", async (_, end) => {
    const file = path.join(makeTemporaryFolder(), "events.ndjson");
    writeFileSync(file, line(1) + line(2) + end);

    expect((await readJournal(file)).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it.each([
    ["a damaged line in the middle", `${line(1)}{"seq":2\n${line(3)}`, "line 2"],
    ["a line that is missing", line(1) + line(3), "line 2"],
    ["a beginning that is missing", line(2), "line 1"],
  ])("refuses %s", async (_, text, where) => {
    const file = path.join(makeTemporaryFolder(), "events.ndjson");
    writeFileSync(file, text);

    await expect(readJournal(file)).rejects.toThrow(`The journal ${file} is damaged at ${where}.`);
  });

  it("says which file it cannot read", async () => {
    const file = path.join(makeTemporaryFolder(), "none");

    await expect(readJournal(file)).rejects.toThrow(JournalError);
    await expect(readJournal(file)).rejects.toThrow(file);
  });
});

describe("listing runs", () => {
  it("finds none where there is no folder", async () => {
    expect(await listRuns(path.join(makeTemporaryFolder(), "none"))).toEqual({
      runs: [],
      damaged: [],
    });
  });

  it("tells what ended, what runs, and what died, the newest first", async () => {
    const runs = makeTemporaryFolder();
    const record = async (
      time: string,
      options: { pid: number; host?: string },
      ...more: RunEventBody[]
    ) => {
      const journal = await createFileJournal(runs, {
        label: time,
        clock: { now: () => new Date(time) },
      });
      await journal.append(startRun({ run: journal.run, ...options }));
      for (const event of more) await journal.append(event);
      journal.close();
      appendFileSync(path.join(journal.directory, "events.ndjson"), '{"torn');
    };
    // No process has this pid: it is more than any system gives out.
    const nobody = 2 ** 30;
    await record(
      "2026-01-01T00:00:00Z",
      { pid: nobody },
      { type: "run-ended", outcome: "failed", exitCode: 4, durationMs: 5 },
    );
    await record("2026-01-02T00:00:00Z", { pid: nobody });
    await record("2026-01-03T00:00:00Z", { pid: nobody, host: "elsewhere" });
    // A pid that was given anew since: this process is younger than the run.
    await record("2026-01-04T00:00:00Z", { pid: process.pid });
    await record(new Date().toISOString(), { pid: process.pid });
    mkdirSync(path.join(runs, "20270101-000000-empty-0000"));

    const { runs: listed, damaged } = await listRuns(runs);

    expect(listed.map(({ outcome }) => outcome)).toEqual([
      "running",
      "died",
      "running",
      "died",
      "failed",
    ]);
    expect(damaged).toEqual([]);
  });
});

describe("a journal that is taken over", () => {
  /** A pid that no process has any more. */
  const gone = 4_194_303;

  async function leaveRun(pid = gone, host?: string): Promise<string> {
    const journal = await createFileJournal(makeTemporaryFolder());
    await journal.append(
      startRun({ run: journal.run, pid, ...(host === undefined ? {} : { host }) }),
    );
    await journal.append({ type: "notice", text: "one" });
    journal.close();
    return journal.directory;
  }

  async function takeOver(directory: string): ReturnType<typeof adoptFileJournal> {
    return adoptFileJournal(directory);
  }

  it("goes on where it ends, without what was torn", async () => {
    const directory = await leaveRun();
    const file = path.join(directory, "events.ndjson");
    appendFileSync(file, '{"seq":3,"type":"not');

    const adopted = await takeOver(directory);
    if (!("journal" in adopted)) throw new Error("it is busy");
    await adopted.journal.append({ type: "notice", text: "two" });
    adopted.journal.close();

    expect(adopted.events).toHaveLength(2);
    expect((await readJournal(file)).map(({ seq, type }) => [seq, type])).toEqual([
      [1, "run-started"],
      [2, "notice"],
      [3, "notice"],
    ]);
    expect(await verifyJournal(file)).toMatchObject({ eventCount: 3, fault: undefined });
  });

  it("goes to one alone of those that want it", async () => {
    const directory = await leaveRun();
    const all = await Promise.all([takeOver(directory), takeOver(directory), takeOver(directory)]);
    const won = all.filter((one) => "journal" in one);
    expect(won).toHaveLength(1);
    for (const one of all) {
      if ("journal" in one) one.journal.close();
      else expect(one.pid).toBe(process.pid);
    }
  });

  it("stays with a runner that lives, and with one of another machine", async () => {
    expect(await takeOver(await leaveRun(process.pid))).toMatchObject({ pid: process.pid });
    expect(await takeOver(await leaveRun(gone, "elsewhere"))).toMatchObject({ host: "elsewhere" });
  });

  it("is let go of by a runner that sees another one write", async () => {
    const adopted = await takeOver(await leaveRun());
    if (!("journal" in adopted)) throw new Error("it is busy");
    const { journal } = adopted;
    appendFileSync(
      path.join(journal.directory, "events.ndjson"),
      `${JSON.stringify({ seq: 3, time: "", type: "notice", text: "of another" })}\n`,
    );
    await expect(journal.append({ type: "notice", text: "mine" })).rejects.toThrow(
      "Another process has written to the run's journal",
    );
    journal.close();
  });
});
