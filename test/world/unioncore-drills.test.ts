import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readWorld } from "../../src/drill/read-world.ts";
import type { RunEvent } from "../../src/model/run-event.ts";
import { program } from "../program.ts";
import { environmentOf, runDrill, type Drill } from "./run-drill.ts";

const root = path.resolve(import.meta.dirname, "../..");
const worldFile = path.join(root, "runbooks/_worlds/unioncore/world.yaml");
const world = readWorld("world.yaml", await readFile(worldFile, "utf8"));
const cases = world.value?.cases ?? [];
// One after the other, each with its world of several seconds: the machine sets the pace.
const timeout = 300_000;
let directory = "";

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "opswright-drills-"));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

const drills = new Map<string, Promise<Drill>>();

/** Runs a drill once, however many tests look at it. */
function drill(target: string, name: string): Promise<Drill> {
  const running = drills.get(name) ?? runDrill(root, directory, target, name);
  drills.set(name, running);
  return running;
}

/** What only the real programs print, by case: the journal must hold it. */
const realOutput: Readonly<Record<string, readonly RegExp[]>> = {
  automatic: [
    /\d+ passed in [\d.]+s/,
    /No new upgrade operations detected\./,
    /remote: Deployment \d+: SUCCESS/,
  ],
  manual: [/\d+ passed in [\d.]+s/, /Uploading IP2A-Database-v2/],
  "broken-release": [/requested URL returned error: 503/, /Rolling back from/],
  "rollback-railway": [/Rolling back from/],
  "rollback-git-revert": [/\[develop [0-9a-f]{7,}\] Revert/, /remote: Deployment \d+: SUCCESS/],
  "rollback-git-reset": [/HEAD is now at [0-9a-f]{7,}/, /forced update/],
  "rollback-database": [/Running downgrade 0004 -> 0003/],
  "local-compose": [/Container ip2a-api\s+Started/],
  "local-flask": [/Running upgrade/],
};

test("the world has cases", () => {
  expect(world.diagnostics).toEqual([]);
  expect(cases.length).toBeGreaterThanOrEqual(12);
  const names = new Set(cases.map(({ name }) => name));
  for (const name of Object.keys(realOutput)) expect(names, name).toContain(name);
});

test.concurrent.each(
  cases.map((one) => [one.target, one.name, one.expect?.outcome ?? "completed"] as const),
)("drill %s, case %s: %s", { timeout }, async (target, name, outcome) => {
  const { exitCode, output, events, printed } = await drill(target, name);
  expect(exitCode, output).toBe(0);
  const ended = events.at(-1);
  expect(ended).toMatchObject({ type: "run-ended", outcome });
  const passed = events.filter(
    (event) => event.type === "step-ended" && event.outcome === "passed",
  );
  expect(passed.length, "steps that passed").toBeGreaterThan(0);
  for (const pattern of realOutput[name] ?? []) expect(printed).toMatch(pattern);
});

test.concurrent(
  "a broken release ends in the rollback procedure, which passes",
  { timeout },
  async () => {
    const { events } = await drill("deployment", "broken-release");
    const failed = events.filter(
      (event) =>
        event.type === "step-ended" && event.phase === "main" && event.outcome === "failed",
    );
    const phases = events.flatMap((event) => (event.type === "phase-started" ? [event.phase] : []));
    const rolledBack = events.filter(
      (event) => event.type === "step-ended" && event.phase === "rollback",
    );
    expect(failed).toHaveLength(1);
    expect(phases).toEqual(["main", "rollback"]);
    expect(rolledBack.length).toBeGreaterThan(0);
    expect(
      rolledBack.every((event) => event.type === "step-ended" && event.outcome === "passed"),
    ).toBe(true);
  },
);

/** Starts a call of the program that is killed once a step has begun. */
async function killIn(step: string, folder: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    stdio: "ignore",
    env: { ...process.env, ...environmentOf(directory) },
  });
  const ended = once(child, "exit");
  await waitForStep(folder, step);
  child.kill("SIGKILL");
  await ended;
}

/** Steps in which the runner is killed: a dump, the tests, a migration, the push, a check by the world. */
const killedIn = ["backup/dump", "run-tests", "migrate-local", "push", "sentry"];

test.concurrent(
  "the deployment drill, its runner killed in five steps and resumed, ends as the uninterrupted one",
  {
    timeout,
  },
  async () => {
    const whole = await drill("deployment", "automatic");
    const folder = path.join(directory, "killed");
    const configuration = path.join(directory, "killed.json");
    await writeFile(configuration, JSON.stringify({ runs: path.relative(root, folder) }));
    const drilled = ["drill", "deployment", "--case", "automatic", "--no-ledger"];
    for (const [index, step] of killedIn.entries()) {
      const args = index === 0 ? drilled : ["resume"];
      await killIn(step, folder, [...args, "--config", configuration]);
    }
    const { exitCode, all } = await execa(
      process.execPath,
      [program, "resume", "--config", configuration],
      { cwd: root, reject: false, all: true, stdin: "ignore", env: environmentOf(directory) },
    );
    expect(exitCode, all).toBe(0);
    expect(all).toContain("✓ Drill passed. The run completed, as the case expects. Verified:");
    const events = await readEvents(folder);
    expect(events.filter(({ type }) => type === "run-resumed")).toHaveLength(5);
    expect(endsOf(events)).toEqual(endsOf(whole.events));
  },
);

async function readEvents(folder: string): Promise<readonly RunEvent[]> {
  const [run = ""] = await readdir(folder).catch(() => []);
  const journal = await readFile(path.join(folder, run, "events.ndjson"), "utf8").catch(() => "");
  return journal
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as RunEvent);
}

/** Waits until a step has begun. */
async function waitForStep(folder: string, stepId: string): Promise<void> {
  for (let attempt = 0; attempt < 10_000; attempt += 1) {
    const events = await readEvents(folder);
    if (events.some((event) => event.type === "step-started" && event.stepId === stepId)) return;
    await sleep(10);
  }
  throw new Error(`${stepId} did not begin`);
}

/** Each end of a step, in order, and how the run ended. */
function endsOf(events: readonly RunEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === "step-ended") return [`${event.stepId} ${event.outcome}`];
    return event.type === "run-ended" ? [`run ${event.outcome} ${event.exitCode}`] : [];
  });
}
