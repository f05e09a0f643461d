import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { expect, test } from "vitest";
import { createProject, type FixtureProject } from "./run-opswright.ts";
import { program } from "../program.ts";

const runbook = {
  "runbooks/a.md":
    "# A\n\n```bash id=wait\necho waiting\nsleep 300\n```\n\n```bash id=next\necho next\n```\n",
};

/** Starts a run, and once its step is waiting does what `meanwhile` says; gives back all it printed. */
async function runUntil(
  project: FixtureProject,
  meanwhile: (child: ReturnType<typeof spawn>) => void,
): Promise<{ stdout: string; exitCode: number | null }> {
  const child = spawn(process.execPath, [program, "run", "a"], {
    cwd: project.directory,
    env: project.environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  let isTold = false;
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (isTold || !stdout.includes("│ waiting")) return;
    isTold = true;
    meanwhile(child);
  });
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { stdout, exitCode };
}

test.each(["SIGTERM", "SIGHUP", "SIGINT"] as const)(
  "%s ends the step and the run, which says so",
  async (signal) => {
    await using project = await createProject(runbook);
    const { stdout, exitCode } = await runUntil(project, (child) => child.kill(signal));
    expect(exitCode).toBe(130);
    expect(stdout).toContain("■ cancelled after ");
    expect(stdout).toContain("✗ Interrupted at step 1 of 2, “A (wait)” (cancelled) after ");
    expect(stdout).not.toContain("│ next");
    const { runs } = JSON.parse((await project.run(["runs", "--json"])).stdout) as {
      runs: readonly { outcome: string; exitCode: number }[];
    };
    expect(runs).toMatchObject([{ outcome: "interrupted", exitCode: 130 }]);
  },
);

test("a reader that goes away does not end the run", async () => {
  await using project = await createProject({
    "runbooks/a.md":
      "# A\n\n```bash\necho waiting\nsleep 0.3\nseq 100000\n```\n\n```bash\ntouch done\n```\n",
  });
  const { exitCode } = await runUntil(project, (child) => child.stdout?.destroy());
  expect(exitCode).toBe(0);
  expect(JSON.parse((await project.run(["runs", "--json"])).stdout)).toMatchObject({
    runs: [{ outcome: "completed" }],
  });
});
