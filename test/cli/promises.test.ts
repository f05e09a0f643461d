import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import type { RunEvent } from "../../src/model/run-event.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";
import { program } from "../program.ts";

/*
 * The runner's promises as the person at the command line gets them; each test runs the real
 * program. The numbers are those of the design: R1 to R6, R10, R12.
 */

/** A runbook with one section for each script. */
function runbook(scripts: Readonly<Record<string, string>>): string {
  const sections = Object.entries(scripts).map(
    ([title, script]) => `## ${title}\n\n\`\`\`bash\n${script}\n\`\`\`\n`,
  );
  return ["# Promises\n", ...sections].join("\n");
}

async function readRun(project: FixtureProject): Promise<{ folder: string; events: RunEvent[] }> {
  const runs = path.join(project.directory, ".opswright/runs");
  const [run = ""] = await readdir(runs);
  const folder = path.join(runs, run);
  const journal = await readFile(path.join(folder, "events.ndjson"), "utf8");
  const lines = journal.split("\n").filter((line) => line !== "");
  return { folder, events: lines.map((line) => JSON.parse(line) as RunEvent) };
}

function outcomes(events: readonly RunEvent[]): Record<string, string> {
  return Object.fromEntries(
    events.flatMap((event) => (event.type === "step-ended" ? [[event.stepId, event.outcome]] : [])),
  );
}

/** What a step printed, byte for byte, as it lies on disk. */
async function readOutput(
  project: FixtureProject,
  step: string,
  stream: "out" | "err" = "out",
): Promise<Buffer> {
  const { folder } = await readRun(project);
  const names = await readdir(path.join(folder, "steps"));
  const name = names.find((one) => one.endsWith(`-${step}.${stream}`));
  return name === undefined ? Buffer.alloc(0) : readFile(path.join(folder, "steps", name));
}

function isAlive(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  // A zombie is no process any more, only its entry.
  return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
}

async function waitUntil(holds: () => Promise<boolean> | boolean): Promise<void> {
  // The machine sets the pace; the test's own time limit ends a wait that is in vain.
  while (!(await holds())) await sleep(50);
}

describe("R1: the steps of a run share one session", () => {
  test.each([
    ["directory", "cd /usr", "pwd", "/usr\n"],
    ["exported variable", "export SEEN=yes", "bash -c 'echo $SEEN'", "yes\n"],
    [
      "plain variable",
      "plain='a  b'",
      'echo "$plain"; bash -c \'echo "[${plain-}]"\'',
      "a  b\n[]\n",
    ],
    ["array", "list=(one 'two words' three)", 'printf "%s|" "${list[@]}"', "one|two words|three|"],
    ["associative array", "declare -A map=([k]='v w')", 'echo "${map[k]}"', "v w\n"],
    ["function", 'greet() { echo "hello $1"; }', "greet world", "hello world\n"],
    ["alias", "alias shout='echo LOUD'", "shout now", "LOUD now\n"],
    ["umask", "umask 027", "umask", "0027\n"],
    ["shell option", "shopt -s nullglob", "printf '[%s]' /nowhere/*.none", "[]"],
    ["set option", "set -o noglob", "echo *", "*\n"],
  ])("%s", async (_what, first, second, expected) => {
    await using project = await createProject({
      "runbooks/r.md": runbook({ First: first, Second: second }),
    });
    const { exitCode, stderr } = await project.run(["run", "r"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect((await readOutput(project, "second")).toString()).toBe(expected);
  });
});

describe("R2: a step stops at its first failing command", () => {
  test.each([
    ["a command", "false", 1],
    ["in a pipe", "false | cat", 1],
    ["an exit", "exit 7", 7],
    ["a signal", "kill -TERM $BASHPID", 143],
    ["a syntax error", "echo 'not closed", 2],
    ["a command that is gone", '"$(echo no-such-program)" 2>/dev/null', 127],
  ])("%s", async (_what, script, code) => {
    const text = runbook({ Broken: `${script}\necho reached`, After: "echo after" });
    await using project = await createProject({ "runbooks/r.md": text });
    const { exitCode } = await project.run(["run", "r"]);
    expect(exitCode).toBe(4);
    const { events } = await readRun(project);
    expect(outcomes(events)).toEqual({ broken: "failed" });
    const ended = events.find((event) => event.type === "step-ended");
    expect(ended).toMatchObject({ exitCode: code });
    expect((await readOutput(project, "broken")).toString()).not.toContain("reached");
  });

  test("can be turned off by the step, and is on again in the next", async () => {
    await using project = await createProject({
      "runbooks/r.md": runbook({ Off: "set +e\nfalse\necho on we go", On: "false\necho never" }),
    });
    expect((await project.run(["run", "r"])).exitCode).toBe(4);
    expect((await readOutput(project, "off")).toString()).toBe("on we go\n");
    expect((await readOutput(project, "on")).toString()).toBe("");
  });

  test("a failed step leaves the session usable, with the state from before it", async () => {
    const text = [
      "# P\n\n## Set\n\n```bash\nvalue=before\ncd /usr\n```\n",
      "## Fails\n\n```bash continue-on-error\nvalue=during\ncd /\nexit 3\n```\n",
      '## After\n\n```bash\necho "$value $PWD"\n```\n',
    ].join("\n");
    await using project = await createProject({ "runbooks/r.md": text });
    expect((await project.run(["run", "r"])).exitCode).toBe(0);
    expect((await readOutput(project, "after")).toString()).toBe("before /usr\n");
  });
});

describe("R3: a timeout or a cancel ends all that the step started", () => {
  const nasty = [
    "echo $BASHPID > pids",
    "sleep 1000 & echo $! >> pids",
    "(trap '' TERM; echo $BASHPID >> pids; while :; do sleep 1000; done) &",
    "setsid bash -c 'echo $$ >> pids; exec sleep 1000' &",
    'while [ "$(wc -l < pids)" -lt 4 ]; do sleep 0.05; done; touch started',
    "while :; do :; done",
  ].join("\n");

  async function readPids(project: FixtureProject): Promise<number[]> {
    const text = await readFile(path.join(project.directory, "pids"), "utf8");
    return text.trim().split("\n").map(Number);
  }

  test("a timeout", async () => {
    const text = `# P\n\n## Nasty\n\n\`\`\`bash timeout=4s\n${nasty}\n\`\`\`\n`;
    await using project = await createProject({ "runbooks/r.md": text });
    const { exitCode } = await project.run(["run", "r"]);
    expect(exitCode).toBe(4);
    expect(outcomes((await readRun(project)).events)).toEqual({ nasty: "timed-out" });
    const pids = await readPids(project);
    expect(pids).toHaveLength(4);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  test("Ctrl-C, which ends a run that nobody can be asked about (R12)", async () => {
    await using project = await createProject({ "runbooks/r.md": runbook({ Nasty: nasty }) });
    const child = execa(process.execPath, [program, "run", "r"], {
      cwd: project.directory,
      env: project.environment,
      extendEnv: false,
      stdin: "ignore",
      reject: false,
    });
    await waitUntil(() => existsSync(path.join(project.directory, "started")));
    child.kill("SIGINT");
    const { exitCode } = await child;
    expect(exitCode).toBe(130);
    const { events } = await readRun(project);
    expect(outcomes(events)).toEqual({ nasty: "cancelled" });
    expect(events.at(-1)).toMatchObject({ type: "run-ended", outcome: "interrupted" });
    expect((await readPids(project)).filter(isAlive)).toEqual([]);
  });

  test("a run that ended leaves nothing in the background", async () => {
    await using project = await createProject({
      "runbooks/r.md": runbook({
        Start: "sleep 1000 &\necho $! > pids",
        Use: "kill -0 $(cat pids)",
      }),
    });
    expect((await project.run(["run", "r"])).exitCode).toBe(0);
    expect((await readPids(project)).filter(isAlive)).toEqual([]);
  });
});

describe("R4: output is kept byte for byte", () => {
  test("100 MB in bounded memory", async () => {
    const bytes = 100_000_000;
    await using project = await createProject({
      "runbooks/r.md": runbook({ Flood: `head -c ${bytes} < <(yes 'a line of output')` }),
    });
    const child = execa(process.execPath, [program, "run", "r", "--quiet"], {
      cwd: project.directory,
      env: project.environment,
      extendEnv: false,
      stdin: "ignore",
      reject: false,
    });
    let residentKb = 0;
    const watch = setInterval(() => {
      const status = existsSync(`/proc/${child.pid}/status`)
        ? readFileSync(`/proc/${child.pid}/status`, "utf8")
        : "";
      residentKb = Math.max(residentKb, Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0));
    }, 20);
    const { exitCode } = await child;
    clearInterval(watch);
    expect(exitCode).toBe(0);
    const expected = createHash("sha256");
    expected.update(Buffer.alloc(bytes, "a line of output\n"));
    const output = await readOutput(project, "flood");
    expect(createHash("sha256").update(output).digest("hex")).toBe(expected.digest("hex"));
    expect(residentKb).toBeGreaterThan(0);
    // The budget is 128 MB for the published program; the sources are compiled as they load.
    expect(residentKb).toBeLessThan(200_000);
  });

  test("without a final newline, with NUL, invalid UTF-8 and escape sequences", async () => {
    const script = String.raw`printf '\x00\xff\xfe\x1b[2J\r\nend'; printf 'err\x80' >&2`;
    await using project = await createProject({ "runbooks/r.md": runbook({ Binary: script }) });
    const { exitCode, stdout } = await project.run(["run", "r"]);
    expect(exitCode).toBe(0);
    expect(await readOutput(project, "binary")).toEqual(
      Buffer.from([0, 0xff, 0xfe, 0x1b, 0x5b, 0x32, 0x4a, 0x0d, 0x0a, 0x65, 0x6e, 0x64]),
    );
    expect(await readOutput(project, "binary", "err")).toEqual(
      Buffer.from([0x65, 0x72, 0x72, 0x80]),
    );
    expect(stdout).not.toContain("\u001b");
  });
});

describe("R5: a step has no standard input, and a run never hangs for an answer", () => {
  test("a step that reads gets the end of its input", async () => {
    await using project = await createProject({
      "runbooks/r.md": runbook({
        Reads: 'cat; if read -r line; then echo "got $line"; else echo end; fi',
      }),
    });
    expect((await project.run(["run", "r"], { input: "typed\n" })).exitCode).toBe(0);
    expect((await readOutput(project, "reads")).toString()).toBe("end\n");
  });

  test("a missing answer ends with 7, names the question, and nothing has run", async () => {
    const text =
      "# P\n\n## First\n\n```bash\ntouch ran\n```\n\n## Ask\n\n- [ ] Look at the dashboard\n";
    await using project = await createProject({ "runbooks/r.md": text });
    const { exitCode, stderr } = await project.run(["run", "r"]);
    expect(exitCode).toBe(7);
    expect(stderr).toContain("Look at the dashboard");
    expect(stderr).toContain("--yes");
    expect(existsSync(path.join(project.directory, "ran"))).toBe(false);
  });
});

describe("R6: the journal", () => {
  test("has every event on disk, in order, readable by its owner alone", async () => {
    await using project = await createProject({
      "runbooks/r.md": runbook({ One: "echo 1", Two: "false" }),
    });
    await project.run(["run", "r"]);
    const { folder, events } = await readRun(project);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.map(({ type }) => type).filter((type) => type !== "session-started")).toEqual([
      "run-started",
      "phase-started",
      "step-started",
      "step-ended",
      "step-started",
      "step-ended",
      "run-ended",
    ]);
    expect((await stat(path.join(folder, "events.ndjson"))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(path.join(folder, "steps"))) {
      expect((await stat(path.join(folder, "steps", name))).mode & 0o077, name).toBe(0);
    }
  });
});

describe("R10: a destructive step needs a person's word", () => {
  const files = {
    "runbooks/r.md": "# P\n\n## Wipe\n\n```bash\nrm -rf data\n```\n",
    "data/precious": "1",
  };

  test("--yes is not enough", async () => {
    await using project = await createProject(files);
    const { exitCode, stderr } = await project.run(["run", "r", "--yes"]);
    expect(exitCode).toBe(7);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain("--allow destructive");
    expect(existsSync(path.join(project.directory, "data/precious"))).toBe(true);
  });

  test("--allow destructive is", async () => {
    await using project = await createProject(files);
    expect((await project.run(["run", "r", "--allow", "destructive"])).exitCode).toBe(0);
    expect(existsSync(path.join(project.directory, "data"))).toBe(false);
  });
});
