import type { ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import process from "node:process";
import { expect, test, vi } from "vitest";
import { createProject, type FixtureProject } from "./run-opswright.ts";
import { runOnTerminal } from "./run-on-terminal.ts";

const runbook = {
  "runbooks/a.md":
    '# A\n\n```bash id=one\necho one\n```\n\n```bash id=two confirm="Really go on?"\ntouch two\n```\n',
};

/** How the last run ended, once it has. */
async function readEnd(project: FixtureProject): Promise<unknown> {
  return vi.waitFor(
    async () => {
      const { stdout } = await project.run(["runs", "--json"]);
      const { runs } = JSON.parse(stdout) as { runs: readonly { outcome?: string }[] };
      expect(runs[0]?.outcome).toMatch(/^(?:refused|interrupted)$/u);
      return runs[0]?.outcome;
    },
    { timeout: 40_000, interval: 200 },
  );
}

test("a terminal that goes away during a question ends the run, which can go on later", async () => {
  await using project = await createProject(runbook);
  await runOnTerminal(
    project,
    ["run", "a"],
    [["Really go on?", (terminal) => void terminal.kill("SIGKILL")]],
  );
  await readEnd(project);
  const resumed = await project.run(["resume", "last", "--yes"]);
  expect(resumed.exitCode).toBe(0);
  expect(resumed.stdout).toContain("▸ 2/2");
  expect(resumed.stdout).not.toContain("▸ 1/2");
});

test.runIf(process.platform === "linux")(
  "a hang-up during a question ends the run and its program",
  async () => {
    await using project = await createProject(runbook);
    const hangUp = async ({ pid }: ChildProcess): Promise<void> => {
      const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
      process.kill(Number(children.trim().split(" ")[0]), "SIGHUP");
    };
    const { shown, exitCode } = await runOnTerminal(
      project,
      ["run", "a"],
      [["Really go on?", hangUp]],
    );
    expect(exitCode).toBe(130);
    expect(shown).toContain("Interrupted after");
    expect(await readEnd(project)).toBe("interrupted");
  },
);
