import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { program } from "../program.ts";
import { readOutcomes, readRun, writeRunbook } from "./read-run.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";

const dayMs = 86_400_000;
const yearMs = 365 * dayMs;

/** Sets the clock of a process by as many milliseconds as a file says, from the moment that it does. */
const settableClock = `import { readFileSync } from "node:fs";
const RealDate = Date;
const shift = () => {
  try { return Number(readFileSync(process.env.SHIFT, "utf8")) || 0; } catch { return 0; }
};
globalThis.Date = class extends RealDate {
  constructor(...args) { super(...(args.length === 0 ? [RealDate.now() + shift()] : args)); }
  static now() { return RealDate.now() + shift(); }
};
`;

const files = (steps: Parameters<typeof writeRunbook>[0]) => ({
  "runbooks/f.mdx": writeRunbook(steps),
  "clock.mjs": settableClock,
});

const setting = ({ directory }: FixtureProject) => ({
  NODE_OPTIONS: `--import ${path.join(directory, "clock.mjs")}`,
  SHIFT: path.join(directory, "shift"),
});

/** Every duration that is on record; none of these runs takes minutes. */
function expectSensibleDurations(project: FixtureProject): void {
  const durations = readRun(project).events.flatMap((event) =>
    "durationMs" in event ? [event.durationMs] : [],
  );
  expect(durations.length).toBeGreaterThan(1);
  for (const durationMs of durations) {
    expect(durationMs).toBeGreaterThanOrEqual(0);
    expect(durationMs).toBeLessThan(10 * 60_000);
  }
}

test("a clock that is set while a run goes on shortens no time limit and lengthens none", async () => {
  await using project = await createProject(
    files([
      ["before", "true"],
      ["back", `echo ${-dayMs} > shift`, "timeout=30s"],
      ["waits", "sleep 60", "timeout=500ms continue-on-error"],
      ["forward", `echo ${yearMs} > shift; sleep 0.3`, "timeout=30s"],
      ["after", "true"],
    ]),
  );
  const reports = ["html", "markdown", "junit", "json"];
  const { exitCode, stdout } = await project.run(
    ["run", "f", ...reports.flatMap((one) => ["--report", `${one}=report.${one}`])],
    { environment: setting(project) },
  );
  expect(exitCode).toBe(0);
  const { events } = readRun(project);
  expect(readOutcomes(events)).toEqual({
    before: "passed",
    back: "passed",
    waits: "timed-out",
    forward: "passed",
    after: "passed",
  });
  expectSensibleDurations(project);
  // The times are what the clock said, and the order is that of the numbers.
  const times = events.map(({ time }) => Date.parse(time));
  expect(times.some((time, index) => time < (times[index - 1] ?? 0) - dayMs / 2)).toBe(true);
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(yearMs - dayMs);
  expect(stdout).not.toMatch(/-\d+(?:ms|\.\d+s)|\d+d/u);
  const shown = await project.run(["runs", "show"]);
  expect(shown.exitCode).toBe(0);
  expect(shown.stdout).toContain("Completed");
  expect((await project.run(["runs", "verify"])).exitCode).toBe(0);
  for (const report of reports) {
    const text = readFileSync(path.join(project.directory, `report.${report}`), "utf8");
    expect(text).not.toMatch(/NaN|Invalid|Infinity|(?:width|x|time|durationMs)"?[=:] ?"?-\d/u);
  }
});

test.each([
  ["forward by a year", -yearMs],
  ["back by a year", yearMs],
])(
  "a clock that is set %s takes no run from its runner, and no time from its step",
  async (_, shift) => {
    await using project = await createProject({
      ...files([
        ["first", "echo first >> marks"],
        ["second", "echo second >> marks; until [ -e go ]; do sleep 0.02; done", "timeout=5m"],
        ["third", "echo third >> marks"],
      ]),
      shift: String(shift),
    });
    const marks = () => {
      const file = path.join(project.directory, "marks");
      return existsSync(file) ? readFileSync(file, "utf8") : "";
    };
    const runner = spawn(process.execPath, [program, "run", "f"], {
      cwd: project.directory,
      env: { ...project.environment, ...setting(project) },
      stdio: "ignore",
    });
    while (!marks().includes("second")) await sleep(20);
    expect((await project.run(["runs"])).stdout).toContain("running");
    const refused = await project.run(["resume"]);
    expect(refused.stderr).toContain("has a runner: process");
    expect(refused.exitCode).toBe(6);

    runner.kill("SIGKILL");
    await once(runner, "exit");
    expect((await project.run(["runs"])).stdout).toContain("died");
    const resumed = project.run(["resume"]);
    while (readRun(project).events.every(({ type }) => type !== "run-resumed")) await sleep(20);
    await writeFile(path.join(project.directory, "go"), "");
    expect((await resumed).exitCode).toBe(0);
    expect(marks()).toBe("first\nsecond\nthird\n");
    expect(readOutcomes(readRun(project).events)).toEqual({
      first: "passed",
      second: "passed",
      third: "passed",
    });
    expectSensibleDurations(project);
    expect((await project.run(["runs", "verify"])).exitCode).toBe(0);
  },
);
