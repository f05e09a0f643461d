import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { currentEnvironment, makeTemporaryFolder, openTestSession } from "./open-test-session.ts";

vi.setConfig({ testTimeout: 60_000 });

const isLinux = process.platform === "linux";

/** A number of seconds that no other process sleeps: tells this test's processes from all others. */
function makeMark(): string {
  return `${300 + Math.floor(Math.random() * 600)}.${Math.floor(Math.random() * 1e9)}`;
}

/** Command lines of living processes that hold the text. */
function findProcesses(text: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ");
      } catch {
        return "";
      }
    })
    .filter((line) => line.startsWith("sleep") && line.includes(text));
}

async function waitFor(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(5);
}

/** Ways to start a process that a careless `kill` does not find. */
const hiders: [string, (mark: string) => string][] = [
  ["in the foreground", (mark) => `sleep ${mark}`],
  ["in the background", (mark) => `sleep ${mark} & wait`],
  ["in a pipeline", (mark) => `sleep ${mark} | sleep ${mark} | cat`],
  ["in a subshell of a subshell", (mark) => `( ( sleep ${mark} & sleep ${mark} ) )`],
  ["in a session of their own", (mark) => `setsid --fork sleep ${mark}; sleep ${mark}`],
  ["with another parent and session", (mark) => `(setsid sleep ${mark} &) ; sleep ${mark}`],
  [
    "without environment, writing to the step",
    (mark) => `env -i setsid --fork sleep ${mark}; sleep ${mark}`,
  ],
  [
    "without any mark, in the step's session",
    (mark) => `(env -i sleep ${mark} >/dev/null 2>&1 &) ; sleep ${mark}`,
  ],
  [
    "ignoring TERM, HUP and INT",
    (mark) => `trap '' TERM HUP INT; sleep ${mark} & sleep ${mark}; sleep ${mark}`,
  ],
  ["stopped", (mark) => `sleep ${mark} & kill -STOP $!; sleep ${mark}`],
  ["fifty at once", (mark) => `for i in {1..50}; do sleep ${mark} & done; wait`],
];

describe.runIf(isLinux)("a step that is ended", () => {
  it.each(hiders)("takes its processes with it: %s", async (_, script) => {
    const { run } = await openTestSession();
    const mark = makeMark();
    const cancel = new AbortController();

    const running = run(script(mark), { signal: cancel.signal, graceMs: 300 });
    await waitFor(() => findProcesses(mark).length > 0);
    cancel.abort();

    expect(await running).toMatchObject({ ended: "cancelled", exitCode: undefined });
    expect(findProcesses(mark)).toEqual([]);
    expect((await run("echo next")).stdout).toBe("next\n");
  });

  it.each([
    ["a loop of builtins", "while :; do :; done"],
    ["a read that waits", "mkfifo pipe; read -r line <>pipe"],
    ["a loop that ignores TERM", "trap '' TERM; while :; do :; done"],
    ["a loop that starts anew what is ended", "while :; do sleep 60 || true; done"],
    ["errexit off", "set +e; sleep 60; sleep 60; echo never"],
  ])("ends in %s", async (_, script) => {
    const { run } = await openTestSession();
    await run("value=kept");

    const outcome = await run(`value=changed; ${script}`, { timeoutMs: 200, graceMs: 200 });

    expect(outcome).toMatchObject({ ended: "timed-out", stdout: "" });
    expect((await run("echo $value")).stdout).toBe("kept\n");
  });

  it("may clean up within the grace period", async () => {
    const { run, directory } = await openTestSession();

    await run("trap 'echo cleaned > note; exit' TERM; while :; do sleep 0.05; done", {
      timeoutMs: 300,
      graceMs: 20_000,
    });

    expect(readFileSync(path.join(directory, "note"), "utf8")).toBe("cleaned\n");
  });

  it("leaves alone what earlier steps started", async () => {
    const { run } = await openTestSession();
    const [earlier, later] = [makeMark(), makeMark()];
    await run(
      `sleep ${earlier} >/dev/null 2>&1 & (sleep ${earlier} & : ; exec sleep ${earlier}) &`,
    );
    await waitFor(() => findProcesses(earlier).length === 3);
    // Process starts are told apart to a hundredth of a second.
    await sleep(50);

    await run(`sleep ${later} & sleep ${later}`, { timeoutMs: 200, graceMs: 100 });

    expect(findProcesses(later)).toEqual([]);
    expect(findProcesses(earlier)).toHaveLength(3);
  });

  it("is cancelled before it begins where the signal came first", async () => {
    const { run } = await openTestSession();

    expect(await run("echo ran", { signal: AbortSignal.abort() })).toMatchObject({
      ended: "cancelled",
      stdout: "",
    });
  });
});

describe.runIf(isLinux)("a session that is closed", () => {
  it("leaves no process and no FIFO behind", async () => {
    const { run, session, runDirectory } = await openTestSession();
    const mark = makeMark();
    await run(
      `sleep ${mark} & setsid --fork sleep ${mark}; trap '' TERM; (sleep ${mark} & sleep ${mark}) &`,
    );
    await run(`hop() { sleep 0.01; hop & }; hop & sleep 0.05`);
    await waitFor(() => findProcesses(mark).length === 4);

    await session.close();
    await session.close();

    expect(findProcesses(mark)).toEqual([]);
    expect(existsSync(`/proc/${session.pid}`)).toBe(false);
    expect(readdirSync(path.join(runDirectory, "session")).toSorted()).toEqual([
      "boot.bash",
      "card.json",
      "control",
      "keeper.bash",
      "shell.log",
    ]);
  });

  it("ends the script that is running", async () => {
    const { run, session } = await openTestSession();
    const mark = makeMark();
    const running = run(`sleep ${mark}`);
    await waitFor(() => findProcesses(mark).length > 0);

    await session.close();

    expect((await running).ended).toBe("cancelled");
    expect(findProcesses(mark)).toEqual([]);
    await expect(run("echo")).rejects.toThrow("closed");
  });

  it("spares what was detached on purpose", async () => {
    const { run, session } = await openTestSession();
    const mark = makeMark();
    const { stdout } = await run(
      `env -u OPSWRIGHT_SESSION setsid --fork bash -c 'echo $$ >pid; exec sleep ${mark}' >/dev/null 2>&1; until [ -s pid ]; do sleep 0.01; done; cat pid`,
    );
    onTestFinished(() => {
      process.kill(Number(stdout), "SIGKILL");
    });
    await waitFor(() => findProcesses(mark).length === 1);

    await session.close();

    expect(findProcesses(mark)).toHaveLength(1);
  });

  it("ends a session that was opened in one of its steps", async () => {
    const { run, session } = await openTestSession();
    const inner = makeTemporaryFolder();
    const mark = makeMark();
    const opener = `import { openBashSession } from ${JSON.stringify(path.resolve("src/node/open-bash-session.ts"))};
const session = await openBashSession({ runDirectory: ${JSON.stringify(path.join(inner, "run"))}, directory: ${JSON.stringify(inner)}, environment: process.env });
await session.runScript({ key: "inner", script: "sleep ${mark}", interpreter: "bash", graceMs: 100, onOutput: () => {} });`;
    const running = run(`'${process.execPath}' --input-type=module -e '${opener}'`);
    await waitFor(() => findProcesses(mark).length > 0);

    await session.close();
    await running;

    expect(findProcesses(mark)).toEqual([]);
  });
});

describe.runIf(isLinux)("a session whose runner is killed", () => {
  it("goes on with its step, and has its end on record", async () => {
    const folder = makeTemporaryFolder();
    const runDirectory = path.join(folder, "run");
    const program = `import { openBashSession } from ${JSON.stringify(path.resolve("src/node/open-bash-session.ts"))};
const session = await openBashSession({ runDirectory: ${JSON.stringify(runDirectory)}, directory: ${JSON.stringify(folder)}, environment: process.env });
console.log(session.pid);
await session.runScript({ key: "long", script: "touch begun; until [ -e go ]; do sleep 0.01; done; echo out; (exit 7)", interpreter: "bash", graceMs: 100, onOutput: () => {} });`;
    const runner = spawn(process.execPath, ["--input-type=module", "-e", program], {
      env: currentEnvironment(),
      stdio: ["ignore", "pipe", "inherit"],
    });
    await waitFor(() => existsSync(path.join(folder, "begun")));
    runner.kill("SIGKILL");
    await once(runner, "exit");
    const control = () => readFileSync(path.join(runDirectory, "session", "control"), "utf8");
    expect(control()).not.toContain(" ended ");

    spawn("touch", [path.join(folder, "go")]);
    await waitFor(() => control().includes(" ended "));

    expect(control()).toMatch(/ begin long \d+\n.* ended 1 7\n$/);
    const keeper = Number(
      /\d+/.exec(readFileSync(`/proc/${findKeeper(runDirectory)}/stat`, "utf8"))?.[0],
    );
    process.kill(keeper, "SIGKILL");
  });
});

function findKeeper(runDirectory: string): string {
  const found = readdirSync("/proc").find((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "latin1").includes(
        `${runDirectory}/session/keeper.bash`,
      );
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error("the keeper is gone");
  return found;
}
