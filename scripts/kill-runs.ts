/**
 * Kills runs at random moments and goes on with them, as often as is asked for:
 * `npm run kill-runs -- --count 2000 --seed 7`.
 *
 * Each run's steps leave one mark each. Whatever was killed (the runner, its session's keeper and shell,
 * both), each step's mark must be there exactly once, or the step must have been told as `unknown` or as
 * failed: somebody asked for it to be done again then.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { RunEvent } from "../src/model/run-event.ts";
import { readProcessTable } from "../src/node/process-table.ts";
import { verifyJournal } from "../src/node/verify-journal.ts";

/** What one run has come to. */
export interface KilledRun {
  readonly seed: number;
  /** What was killed, and when: `runner after 132 ms`. */
  readonly kills: readonly string[];
  /** Ids of the steps that were told as unknown, or as failed. */
  readonly told: readonly string[];
  /** What went wrong, in sentences; empty where every promise was kept. */
  readonly problems: readonly string[];
}

/** How runs are killed. */
export interface KillOptions {
  /** The program's entry, absolute. */
  readonly program: string;
  readonly seed: number;
}

const stepIds = ["one", "two", "three", "four", "five"];
const victims = ["runner", "session", "both", "shell"] as const;

/** Each step leaves its mark, knows what the ones before it have set, and prints what is expected. */
function writeRunbook(marks: string): string {
  const steps = stepIds.map((id, at) => {
    const known = stepIds
      .slice(0, at)
      .map((other) => `[ "$state_${other}" = ${other} ]`)
      .join(" && ");
    return [
      `\`\`\`bash id=${id}`,
      ...(known === ""
        ? []
        : [`${known} || { echo "${id} has lost its state" >> '${marks}'; exit 3; }`]),
      at === 1 ? `cd "$(dirname '${marks}')"` : "sleep 0.02",
      `echo ${id} >> '${marks}'`,
      `state_${id}=${id}`,
      at === 2 ? "(sleep 0.05; true) &" : "sleep 0.03",
      `echo out-${id}`,
      "```",
      "",
      "```output",
      `out-${id}`,
      "```",
    ].join("\n");
  });
  return `---\ntitle: Killed\n---\n\n${steps.join("\n\n")}\n`;
}

/** A small generator with a seed: the same kills on every machine, as far as clocks allow (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Runs, kills and resumes until the run is over, and looks at what it left. */
export async function killRun({ program, seed }: KillOptions): Promise<KilledRun> {
  const random = createRandom(seed);
  const root = await mkdtemp(path.join(tmpdir(), "opswright-kill-"));
  const marks = path.join(root, "marks");
  const kills: string[] = [];
  const problems: string[] = [];
  await mkdir(path.join(root, "runbooks"));
  await writeFile(path.join(root, "runbooks/a.md"), writeRunbook(marks));
  const call = (...words: readonly string[]) => {
    const args = [program, ...words, "--no-config", "--root", root];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        output += String(chunk);
      });
    const ended = once(child, "close").then(() => ({
      code: child.exitCode,
      signal: child.signalCode,
      output,
    }));
    return { child, ended };
  };
  const most = 1 + Math.floor(random() * 3);
  let next: readonly string[] = ["run", "a"];
  try {
    for (let turn = 0; ; turn += 1) {
      if (turn > 12) {
        problems.push("The run never came to its end.");
        break;
      }
      const { child, ended } = call(...next);
      if (turn < most) {
        const victim = victims[Math.floor(random() * victims.length)] ?? "runner";
        const afterMs = Math.floor(random() * 700);
        await Promise.race([sleep(afterMs), ended]);
        if (child.exitCode === null) {
          kills.push(`${victim} after ${afterMs} ms`);
          if (victim === "runner" || victim === "both") child.kill("SIGKILL");
          if (victim !== "runner") await killSession(root, victim);
        }
      }
      const { code, signal, output } = await ended;
      const events = await readEvents(root);
      const last = events.at(-1);
      if (last?.type === "run-ended" && last.outcome === "completed") break;
      // What a step did to its shell is lost, and only a person may go on without it.
      if (hasAskedOfLoss(events)) break;
      if (signal === null && ![4, 6, 7].includes(code ?? 0)) {
        problems.push(`Exit code ${code}: ${output}`);
        break;
      }
      next = events.length === 0 ? ["run", "a"] : ["resume", "--unknown", chooseUnknown(random())];
    }
    const events = await readEvents(root);
    const told = [
      ...new Set(
        events.flatMap((event) =>
          event.type === "step-ended" && event.outcome !== "passed" ? [event.stepId] : [],
        ),
      ),
    ];
    const text = existsSync(marks) ? await readFile(marks, "utf8") : "";
    const lines = text.split("\n").filter((line) => line !== "");
    const isStopped = hasAskedOfLoss(events);
    for (const id of stepIds) {
      const hasEnded = events.some((event) => event.type === "step-ended" && event.stepId === id);
      const wanted = isStopped && !hasEnded ? 0 : 1;
      const count = lines.filter((line) => line === id).length;
      if (count !== wanted && !told.includes(id)) problems.push(`${id} was done ${count} times.`);
    }
    problems.push(...lines.filter((line) => !stepIds.includes(line)));
    for (const [index, { seq }] of events.entries())
      if (seq !== index + 1) problems.push(`Event ${index + 1} has the number ${seq}.`);
    const folder = await findRunFolder(root);
    const { fault } = folder === undefined ? {} : await verifyJournal(`${folder}/events.ndjson`);
    if (fault !== undefined) problems.push(`Line ${fault.line} of the journal is ${fault.kind}.`);
    const left = await listLeft(root);
    if (left.length > 0) problems.push(`Processes are left: ${left.join(", ")}.`);
    return { seed, kills, told, problems };
  } finally {
    if (problems.length === 0) await rm(root, { recursive: true, force: true });
    else problems.push(`It is in ${root}.`);
  }
}

function hasAskedOfLoss(events: readonly RunEvent[]): boolean {
  return events.some(
    (event) => event.type === "question-asked" && event.question.startsWith("Go on without it?"),
  );
}

function chooseUnknown(random: number): "rerun" | "done" {
  return random < 0.5 ? "rerun" : "done";
}

/** The folder of the run that has events; of one that was killed before its first, nothing was done. */
async function findRunFolder(root: string): Promise<string | undefined> {
  const runs = path.join(root, ".opswright/runs");
  const names = await readdir(runs).catch((): string[] => []);
  for (const name of names) {
    const file = path.join(runs, name, "events.ndjson");
    const text = await readFile(file, "utf8").catch(() => "");
    if (text.includes("\n")) return path.join(runs, name);
  }
  return undefined;
}

/** Kills the session's keeper and its shell, or its shell alone; nothing where there is none yet. */
async function killSession(root: string, victim: "session" | "both" | "shell"): Promise<void> {
  const folder = await findRunFolder(root);
  if (folder === undefined) return;
  const sessions = (await readdir(folder)).filter((name) => name.startsWith("session"));
  const text = await Promise.all(
    sessions.map((name) => readFile(path.join(folder, name, "control"), "utf8").catch(() => "")),
  );
  const pids = text
    .join("\n")
    .split("\n")
    .flatMap((line) => {
      const [, type, , pid] = line.split(" ");
      const isWanted = type === "ready" || (type === "keeper" && victim !== "shell");
      return isWanted ? [Number(pid)] : [];
    });
  // The number of one that ended long ago may be another program's by now.
  const own = new Set(findOwn(root).map(({ pid }) => pid));
  for (const pid of pids) {
    if (!own.has(pid)) continue;
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** The processes of the runs below a folder, by their environment. */
function findOwn(root: string): ReturnType<typeof readProcessTable> {
  return readProcessTable().filter(
    ({ environment }) =>
      environment.includes("OPSWRIGHT_SESSION=") && environment.includes(`PWD=${root}`),
  );
}

async function listLeft(root: string): Promise<readonly number[]> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    if (findOwn(root).length === 0) return [];
    await sleep(20);
  }
  return findOwn(root).map(({ pid }) => pid);
}

async function readEvents(root: string): Promise<readonly RunEvent[]> {
  const folder = await findRunFolder(root);
  if (folder === undefined) return [];
  const text = await readFile(path.join(folder, "events.ndjson"), "utf8").catch(() => "");
  const lines = text.split("\n");
  lines.pop();
  return lines.map((line) => JSON.parse(line) as RunEvent);
}

/** Kills so many runs, several at a time; tells of each as it ends. */
export async function killRuns(
  count: number,
  { program, seed }: KillOptions,
  onEnd: (run: KilledRun) => void = () => {},
): Promise<readonly KilledRun[]> {
  const ended: KilledRun[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      const run = await killRun({ program, seed: seed * 100_003 + next });
      ended.push(run);
      onEnd(run);
    }
  };
  await Promise.all(Array.from({ length: 2 * availableParallelism() }, worker));
  return ended;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "2000" },
      seed: { type: "string", default: "1" },
      program: { type: "string", default: "src/cli/main.ts" },
    },
  });
  const program = path.resolve(values.program);
  let done = 0;
  const runs = await killRuns(
    Number(values.count),
    { program, seed: Number(values.seed) },
    (run) => {
      done += 1;
      for (const problem of run.problems)
        process.stdout.write(`seed ${run.seed} (${run.kills.join("; ")}): ${problem}\n`);
      if (done % 100 === 0) process.stdout.write(`${done} of ${values.count}\n`);
    },
  );
  const kills = runs.reduce((sum, run) => sum + run.kills.length, 0);
  const told = runs.filter((run) => run.told.length > 0).length;
  const failed = runs.filter((run) => run.problems.length > 0).length;
  process.stdout.write(
    `${runs.length} runs, ${kills} kills: ${failed} broke a promise, ${told} had a step that was told as unknown or failed.\n`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
}
