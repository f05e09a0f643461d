import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { program } from "../program.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";

const runbook = {
  "runbooks/a.md":
    "# A\n\n```bash id=one\necho early\n```\n\n```bash id=two\nprintf 'half '\nuntil [ -e go ]; do sleep 0.02; done\necho done\necho oh >&2\n```\n\n```bash id=three\necho late\n```\n",
};

interface Program {
  readonly child: ChildProcess;
  /** Resolves once it has printed this. */
  prints(text: string): Promise<void>;
  ends(): Promise<{ exitCode: number | null; stdout: string; stderr: string }>;
}

function start(project: FixtureProject, args: readonly string[]): Program {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: project.directory,
    env: project.environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (piece: string) => (printed[name] += piece));
  }
  const ended = once(child, "close") as Promise<[number | null]>;
  return {
    child,
    prints: async (text) => {
      while (!printed.stdout.includes(text)) await once(child.stdout, "data");
    },
    ends: async () => ({ exitCode: (await ended)[0], ...printed }),
  };
}

const hideRun = (text: string): string => text.replaceAll(/\d{8}-\d{6}-a-\w{4}/gu, "[RUN]");

test("logs are followed while another process runs the run, until it ends", async () => {
  await using project = await createProject(runbook);
  const run = start(project, ["run", "a"]);
  await run.prints("half");
  const whole = start(project, ["runs", "logs", "--follow"]);
  const step = start(project, ["runs", "logs", "last", "--step", "three", "--follow", "--quiet"]);
  const left = start(project, ["runs", "logs", "--follow"]);
  await Promise.all([whole.prints("── two\n"), left.prints("── two\n")]);
  left.child.kill("SIGINT");
  expect(await left.ends()).toEqual({
    exitCode: 130,
    stdout: "── one\nearly\n── two\nhalf \n",
    stderr: "",
  });
  await writeFile(path.join(project.directory, "go"), "");
  const { stdout, stderr, exitCode } = await whole.ends();
  expect(stdout).toBe(
    "── one\nearly\n── two\nhalf done\n── two (standard error)\noh\n── three\nlate\n",
  );
  expect(hideRun(stderr)).toBe("The run [RUN] has ended: completed.\n");
  expect(exitCode).toBe(0);
  expect(await step.ends()).toEqual({ exitCode: 0, stdout: "late\n", stderr: "" });
  expect((await run.ends()).exitCode).toBe(0);
});

test("a runner that dies ends the following, and that is told", async () => {
  await using project = await createProject(runbook);
  const run = start(project, ["run", "a", "--json"]);
  await run.prints("half");
  const logs = start(project, ["runs", "logs", "--follow"]);
  await logs.prints("── two\n");
  run.child.kill("SIGKILL");
  const { stdout, stderr, exitCode } = await logs.ends();
  expect(hideRun(stderr)).toBe(
    "The runner of [RUN] has died: what its step prints is not seen until it goes on.\nGo on: opswright resume [RUN]\n",
  );
  expect({ stdout, exitCode }).toEqual({
    stdout: "── one\nearly\n── two\nhalf \n",
    exitCode: 0,
  });
  await writeFile(path.join(project.directory, "go"), "");
  await project.run(["runs", "clean"]);
});
