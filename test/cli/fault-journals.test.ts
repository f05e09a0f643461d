import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import type { RunEvent } from "../../src/model/run-event.ts";
import { readJournal } from "../../src/node/read-journal.ts";
import { verifyJournal } from "../../src/node/verify-journal.ts";
import { readRunProgress } from "../../src/report/run-view/run-progress.ts";
import { findPosition } from "../../src/run/find-position.ts";
import { program } from "../program.ts";
import { readRun, writeRunbook } from "./read-run.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";

/** Each step leaves a mark, and the second waits where it is told to. */
const runbook = writeRunbook([
  ["one", "echo one >> marks\nKNOWN=yes"],
  ["two", "echo two >> marks\nwhile [ -e wait ]; do sleep 0.02; done"],
  ["three", 'echo "three $KNOWN" >> marks'],
]);

const marksOf = ({ directory }: FixtureProject): string =>
  existsSync(path.join(directory, "marks"))
    ? readFileSync(path.join(directory, "marks"), "utf8").trim().replaceAll("\n", ", ")
    : "";

/** A run that has ended, or whose runner was killed in its second step and whose session has ended since. */
async function recordRun(project: FixtureProject, isKilled: boolean): Promise<void> {
  if (!isKilled) {
    expect((await project.run(["run", "f"])).exitCode).toBe(0);
    return;
  }
  await writeFile(path.join(project.directory, "wait"), "");
  const runner = spawn(process.execPath, [program, "run", "f"], {
    cwd: project.directory,
    env: project.environment,
    stdio: "ignore",
  });
  while (!marksOf(project).includes("two")) await sleep(20);
  runner.kill("SIGKILL");
  await once(runner, "exit");
  const { folder } = readRun(project);
  const control = await readFile(path.join(folder, "session/control"), "utf8");
  for (const [, pid] of control.matchAll(/ (?:keeper|ready) \d+ (\d+)$/gmu)) {
    process.kill(Number(pid), "SIGKILL");
  }
  await rm(path.join(project.directory, "wait"));
}

/** Where each line of a journal begins and ends, its line end included, in bytes. */
function measureLines(journal: Buffer): { from: number; to: number; event: RunEvent }[] {
  const lines: { from: number; to: number; event: RunEvent }[] = [];
  for (let from = 0; from < journal.length;) {
    const to = journal.indexOf("\n", from) + 1;
    lines.push({ from, to, event: JSON.parse(journal.toString("utf8", from, to)) as RunEvent });
    from = to;
  }
  return lines;
}

describe.each([
  ["of a run that ended", false],
  ["of a run whose runner was killed", true],
])("a journal %s", (_, isKilled) => {
  test("that is cut at any byte says what its whole lines say", async () => {
    await using project = await createProject({ "runbooks/f.mdx": runbook });
    await recordRun(project, isKilled);
    const { journal } = readRun(project);
    const bytes = await readFile(journal);
    const lines = measureLines(bytes);
    expect(lines.length).toBeGreaterThan(5);
    // From its end on: a file is cut faster than it is written.
    // Every byte of the one, and a spread of the other's.
    const stride = isKilled ? 11 : 1;
    for (let length = bytes.length - 1; length >= 0; length -= stride) {
      truncateSync(journal, length);
      const whole = lines.filter(({ to }) => to <= length);
      const events = await readJournal(journal);
      expect(events.map(({ seq }) => seq)).toEqual(whole.map(({ event }) => event.seq));
      expect(await verifyJournal(journal)).toMatchObject({
        fault: undefined,
        eventCount: whole.length,
        tornLine: length === (whole.at(-1)?.to ?? 0) ? undefined : whole.length + 1,
        hasEnd: false,
      });
      const [start] = events;
      if (start?.type !== "run-started") continue;
      const passed = whole.filter(({ event }) => event.type === "step-ended").length;
      expect(findPosition(start.plan, events).doneCount).toBe(passed);
      const steps = readRunProgress(events)?.steps ?? [];
      expect(steps.filter(({ outcome }) => outcome === "passed")).toHaveLength(passed);
    }
  });

  test("that is cut is shown and gone on with, and no step is done twice unasked", async () => {
    await using project = await createProject({ "runbooks/f.mdx": runbook });
    await recordRun(project, isKilled);
    const { journal } = readRun(project);
    const lines = measureLines(await readFile(journal));
    const kept = path.join(project.directory, "kept");
    const runs = path.join(project.directory, ".opswright");
    const marks = marksOf(project);
    // FIFOs of a session that was killed are there as well.
    await execa("cp", ["-a", runs, kept]);
    const calls = { show: ["runs", "show"], verify: ["runs", "verify"], list: ["runs"] };
    const chosen = isKilled
      ? ["step-started", "step-ended"]
      : ["run-started", "session-started", "step-started", "step-ended", "run-ended"];
    for (const type of chosen) {
      // The last of its kind, where the most has happened.
      const at = lines.findLast(({ event }) => event.type === type);
      if (at === undefined) continue;
      await rm(runs, { recursive: true });
      await execa("cp", ["-a", kept, runs]);
      writeFileSync(path.join(project.directory, "marks"), `${marks.replaceAll(", ", "\n")}\n`);
      truncateSync(journal, Math.floor((at.from + at.to) / 2));
      const told = await Promise.all(
        Object.values(calls).map((call) => project.run(call, { isRaw: true })),
      );
      const resumed = await project.run(["resume"], { isRaw: true });
      const text = [...told, resumed].map(({ stdout, stderr }) => stdout + stderr).join("\n");
      expect(text).not.toMatch(/bug in Opswright|^ {4}at /mu);
      const exitCodes = told.map(({ exitCode }) => exitCode);
      if (type === "run-started") {
        expect(exitCodes).toEqual([2, 2, 0]);
        expect(resumed.stderr).toContain("there is no run 'last'");
        expect(resumed.exitCode).toBe(2);
        continue;
      }
      expect(exitCodes).toEqual([0, 0, 0]);
      expect(told[1]?.stdout).toMatch(/not whole/u);
      expect(told[2]?.stdout).toContain("died");
      // Each step did its work once; where that is no longer on record, its end is not made up.
      const isWhole = type === "run-ended" || (type === "step-ended" && !isKilled);
      expect({ type, exitCode: resumed.exitCode }).toEqual({ type, exitCode: isWhole ? 0 : 6 });
      if (!isWhole)
        expect(resumed.stdout.replaceAll(/\s+/gu, " ")).toContain("it was begun before");
      expect({ type, marks: marksOf(project) }).toEqual({ type, marks });
      expect(readRun(project).events.at(-1)).toMatchObject({
        type: "run-ended",
        outcome: isWhole ? "completed" : "failed",
      });
    }
  });
});

/** Starts as the real disk does: so many bytes of the journal are written, and not one more. */
const fullDisk = `import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
const { writeSync } = fs;
let left = Number(process.env.ROOM);
fs.writeSync = (descriptor, bytes, ...rest) => {
  if (!Buffer.isBuffer(bytes) || !bytes.includes('"seq":')) return writeSync(descriptor, bytes, ...rest);
  if (left === 0) throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  const [offset = 0] = rest;
  const length = Math.min(left, bytes.length - offset);
  left -= length;
  return writeSync(descriptor, bytes, offset, length);
};
syncBuiltinESMExports();
`;

describe("a disk that is full", () => {
  test("for the journal ends the run, which goes on once there is room", async () => {
    await using project = await createProject({
      "runbooks/f.mdx": runbook,
      "full.mjs": fullDisk,
    });
    await recordRun(project, false);
    const [first] = measureLines(await readFile(readRun(project).journal));
    const start = first?.to ?? 0;
    // Before anything, before the first step, and in the middle of what comes of it.
    for (const room of [10, start + 300, start + 1150]) {
      await rm(path.join(project.directory, ".opswright"), { recursive: true });
      await rm(path.join(project.directory, "marks"), { force: true });
      const environment = {
        ROOM: String(room),
        NODE_OPTIONS: `--import ${path.join(project.directory, "full.mjs")}`,
      };
      const { exitCode, stderr } = await project.run(["run", "f"], { environment });
      expect({ room, exitCode }).toEqual({ room, exitCode: 6 });
      expect(stderr).toContain("Make room on the disk.");
      expect(stderr).toContain("because: ENOSPC");
      expect(marksOf(project)).not.toContain("three");
      expect((await readFile(readRun(project).journal)).length).toBe(room);
      const resumed = await project.run(["resume"]);
      expect({ room, exitCode: resumed.exitCode }).toEqual({ room, exitCode: room === 10 ? 2 : 0 });
      expect(marksOf(project)).toBe(room === 10 ? "" : "one, two, three yes");
      if (room !== 10) expect((await project.run(["runs", "verify"])).exitCode).toBe(0);
    }
  });

  test("for all of the run ends it, and nothing is done twice", async (context) => {
    await using project = await createProject({
      "runbooks/f.mdx": writeRunbook([
        ["one", "echo one >> marks\nKNOWN=yes"],
        ["two", "echo two >> marks\nhead -c 9999999 /dev/zero > .opswright/fill || true"],
        ["three", 'echo "three $KNOWN" >> marks'],
      ]),
      ".opswright/.gitignore": "*\n",
    });
    const folder = path.join(project.directory, ".opswright");
    const size = ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder];
    const mounted = await execa("mount", size, { reject: false });
    // Without the right to mount, as in a container of a developer's.
    if (mounted.failed) context.skip();
    try {
      const { exitCode, stdout } = await project.run(["run", "f"]);
      expect(exitCode).toBe(6);
      expect(stdout.replaceAll(/\s+/gu, " ")).toMatch(/no space left on device/iu);
      expect(marksOf(project)).toBe("one, two");
      await rm(path.join(folder, "fill"));
      // Whether the shell came to saying how the second step ended, there was no room for it.
      const resumed = await project.run(["resume"]);
      expect(resumed.stdout.replaceAll(/\s+/gu, " ")).toContain("a person must decide");
      expect(resumed.exitCode).toBe(7);
      expect(marksOf(project)).toBe("one, two");
    } finally {
      await execa("umount", [folder]);
    }
  });
});

test.concurrent.each([
  ["the shell goes on", "rm -rf .opswright; touch wiped"],
  ["the shell ends", "rm -rf .opswright; touch wiped; exit 3"],
])("a step that deletes the run's folder ends the run, where %s", async (_, script) => {
  await using project = await createProject({
    "runbooks/f.mdx": writeRunbook([
      ["wipe", script, "continue-on-error"],
      ["next", "touch next"],
    ]),
  });
  const { exitCode, stderr } = await project.run(["run", "f", "--allow", "destructive"]);
  expect(stderr).toContain("was deleted while the run was going on.");
  expect(exitCode).toBe(6);
  expect(existsSync(path.join(project.directory, "wiped"))).toBe(true);
  expect(existsSync(path.join(project.directory, "next"))).toBe(false);
});

test.concurrent("a shell whose end cannot be put on record, as on a full disk, ends the run", async () => {
  await using project = await createProject({
    "runbooks/f.mdx": writeRunbook([
      [
        "fill",
        "ln -sf /dev/full .opswright/runs/*/session/control; touch filled; exit 3",
        "continue-on-error",
      ],
      ["next", "touch next"],
    ]),
  });
  const { exitCode, stdout } = await project.run(["run", "f", "--allow", "destructive", "--yes"]);
  expect(stdout.replaceAll(/\s+/gu, " ")).toContain("ended could not be put on record");
  expect(exitCode).toBe(6);
  expect(readRun(project).events.filter(({ type }) => type === "step-ended")).toMatchObject([
    { stepId: "fill", outcome: "unknown" },
  ]);
  expect(existsSync(path.join(project.directory, "filled"))).toBe(true);
  expect(existsSync(path.join(project.directory, "next"))).toBe(false);
});

/** There is no room for what the shell of the step `next` would read. */
const noRoomForNext = `import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
const { writeFileSync } = fs;
fs.writeFileSync = (file, ...rest) => {
  if (!String(file).endsWith("-next.state")) return writeFileSync(file, ...rest);
  throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
};
syncBuiltinESMExports();
`;

test.concurrent("a step whose files cannot be written has not run, and is done once there is room", async () => {
  await using project = await createProject({
    "runbooks/f.mdx": writeRunbook([
      ["one", "echo one >> marks"],
      ["next", "echo next >> marks"],
    ]),
    "full.mjs": noRoomForNext,
  });
  const NODE_OPTIONS = `--import ${path.join(project.directory, "full.mjs")}`;
  const { exitCode, stdout } = await project.run(["run", "f"], { environment: { NODE_OPTIONS } });
  expect(stdout.replaceAll(/\s+/gu, " ")).toContain("could not be written, so it was not run.");
  expect(exitCode).toBe(6);
  expect(readRun(project).events.filter(({ type }) => type === "step-ended")).toMatchObject([
    { stepId: "one", outcome: "passed" },
    { stepId: "next", outcome: "failed" },
  ]);
  expect(marksOf(project)).toBe("one");
  expect((await project.run(["resume"])).exitCode).toBe(0);
  expect(marksOf(project)).toBe("one, next");
});
