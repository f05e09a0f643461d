import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import type { RunEvent } from "../../src/model/run-event.ts";
import { program } from "../program.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";

const fence = (id: string, code: string): string => `\`\`\`bash id=${id}\n${code}\n\`\`\`\n\n`;

test("a file gets the events beside the view, those of a resumed run behind them", async () => {
  const files = { "runbooks/a.md": `# A\n\n${fence("one", "echo one\n[ -e go ]")}` };
  await using project = await createProject(files);
  const failed = await project.run(["run", "a", "--events", "events", "--rollback", "never"]);
  expect(failed).toMatchObject({ exitCode: 4, stderr: "" });
  expect(failed.stdout).toContain("\n▸ 1/1  A\n");
  await writeFile(path.join(project.directory, "go"), "");
  expect(await project.run(["resume", "--events", "./events"])).toMatchObject({ exitCode: 0 });

  const lines = (await readFile(path.join(project.directory, "events"), "utf8")).split("\n");
  expect(lines.pop()).toBe("");
  const events = lines.map((line) => JSON.parse(line) as RunEvent);
  const journaled = events.filter(({ type }) => type !== "step-output");
  expect(journaled.map(({ seq }) => seq)).toEqual(journaled.map((_, index) => index + 1));
  expect(journaled.map(({ type }) => type)).toContain("run-resumed");
  const output = events.filter(({ type }) => type === "step-output");
  const printed = { type: "step-output", stepId: "one", stream: "stdout", text: "one\n" };
  expect(output).toMatchObject([printed, printed]);
  expect((await stat(path.join(project.directory, "events"))).mode & 0o777).toBe(0o600);
});

/** Starts a run whose events go through a pipe that `read` is given. */
async function runWithReader(
  project: FixtureProject,
  read: (events: Readable) => void,
): Promise<{ exitCode: number | null; stderr: string }> {
  const child = spawn(process.execPath, [program, "run", "a", "--events", "3"], {
    cwd: project.directory,
    env: project.environment,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  read(child.stdio[3] as Readable);
  const stderr = text(child.stderr as Readable);
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { exitCode, stderr: await stderr };
}

test("a reader that goes away is told once, and hurts nothing", async () => {
  const steps = fence("one", "sleep 0.2\necho one") + fence("two", "echo two; touch done");
  await using project = await createProject({ "runbooks/a.md": `# A\n\n${steps}` });
  const { exitCode, stderr } = await runWithReader(project, (events) => {
    events.once("data", () => events.destroy());
  });
  expect(stderr).toBe(
    "warning: No more events are written to descriptor 3: its reader went away. The run goes on, and is recorded as always.\n",
  );
  expect(exitCode).toBe(0);
  expect(await readdir(project.directory)).toContain("done");
});

test("a descriptor that is not open is told before anything runs", async () => {
  await using project = await createProject({ "runbooks/a.md": `# A\n\n${fence("one", "true")}` });
  expect(await project.run(["run", "a", "--events", "3"])).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: `error: --events 3: the descriptor 3 is not open
Open it for the command: 3> FILE. A file of that name is ./3.
Run \`opswright --help\` to see the commands, \`opswright COMMAND --help\` for one.
`,
  });
  expect(await readdir(project.directory)).toEqual(["runbooks"]);
});
