import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import type { RunEvent } from "../../src/model/run-event.ts";
import { deploymentFiles } from "./deployment-fixture.ts";
import { createProject } from "./run-opswright.ts";

function runbook(body: string, frontMatter = ""): Record<string, string> {
  return { "runbooks/a.mdx": `---\ntitle: A\n${frontMatter}---\n\n${body}` };
}

function fence(meta: string, code: string): string {
  return `\`\`\`${meta}\n${code}\n\`\`\`\n\n`;
}

test("a run that passes tells each step, the result and where to look back", async () => {
  await using project = await createProject(deploymentFiles);
  const call = await project.run(["run", "deployment", "--input", "VERSION=2.0.0"]);
  expect(call).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: `Deploy to production
deployment · 3 steps · plan [DIGEST] · run [RUN]

  METHOD   automatic (default)
  TOKEN    (no value)
  VERSION  2.0.0 (given)

▸ 1/3  Checks  check
  $ echo "470 passed"
  │ 470 passed
  ✓ [DURATION]

▸ 2/3  Automatic  change
  $ echo "pushing $VERSION"
    echo "$VERSION" > deployed.txt
  │ pushing 2.0.0
  ✓ [DURATION]

▸ 3/3  Verify  check
  $ cat deployed.txt
  │ 2.0.0
  ✓ [DURATION]

  1  Checks     ✓ passed  [DURATION]
  2  Automatic  ✓ passed  [DURATION]
  3  Verify     ✓ passed  [DURATION]

✓ Completed: 3 steps in [DURATION].
Look back:  opswright runs show [RUN]
`,
  });
});

test("a run that fails rolls back where it may, and ends with 4", async () => {
  await using project = await createProject(deploymentFiles);
  const args = ["run", "deployment", "--input", "VERSION=2.0.1", "--rollback", "auto", "--quiet"];
  const call = await project.run(args);
  expect(call).toEqual({
    exitCode: 4,
    stderr: "",
    stdout: `▸ 3/3  Verify  check
  $ cat deployed.txt
  │ 2.0.1
  ✗ output differs after [DURATION]
    Exit code 0 is right, but the output is not what the runbook expects.
    @@ -57 +1 @@
    -2.0.0
    +2.0.1
    Log: opswright runs logs [RUN] --step health
✗ Failed at step 3 of 3, “Verify” (output differs), and was rolled back: 1 step
passed.
Look back:  opswright runs show [RUN]
Its output: opswright runs logs [RUN] --step health
`,
  });
  await expect(readFile(path.join(project.directory, "deployed.txt"))).rejects.toThrow("ENOENT");
});

test("each line of --json is one event, and nothing else is printed", async () => {
  await using project = await createProject(deploymentFiles);
  const call = await project.run(["run", "deployment", "--input", "VERSION=2.0.0", "--json"]);
  expect(call).toMatchObject({ exitCode: 0, stderr: "" });
  const events = call.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
  expect(events[0]).toMatchObject({ type: "run-started", seq: 1 });
  expect(events.at(-1)).toMatchObject({ type: "run-ended", outcome: "completed", exitCode: 0 });
  expect(events.filter(({ type }) => type === "step-ended")).toHaveLength(3);
  expect(events.find(({ type }) => type === "step-output")).toMatchObject({
    stepId: "tests",
    stream: "stdout",
    text: "470 passed\n",
  });
});

test("a refused run with --json is one line that says why", async () => {
  await using project = await createProject(deploymentFiles);
  const call = await project.run(["run", "deployment", "--json"]);
  expect(call).toMatchObject({ exitCode: 3, stderr: "" });
  expect(call.stdout.trimEnd().split("\n")).toHaveLength(1);
  expect(JSON.parse(call.stdout)).toMatchObject({
    type: "refused",
    diagnostics: [
      {
        code: "missing-input",
        message: "The input `VERSION` has no value: The version to deploy.",
      },
    ],
  });
});

test("without a person, all answers that would be missing are told before anything runs", async () => {
  const body =
    fence("bash id=begin", "touch begun") +
    "- [ ] Tell support\n\n" +
    fence('bash id=push confirm="Has everybody pushed?"', "true") +
    fence("bash id=wipe risk=destructive", "rm -rf build") +
    fence("bash id=shell interactive", "psql");
  await using project = await createProject({ ...runbook(body), "bin/psql": "#!/bin/sh\n" });
  const call = await project.run(["run", "a"]);
  expect(call).toMatchObject({ exitCode: 7, stdout: "" });
  expect(call.stderr).toContain("4 errors in 1 file.\nNothing was run.\n");
  expect(call.stderr).toContain(
    "error[answer-needed]: Nobody can be asked here: the step `push` asks before it\nruns: Has everybody pushed?\n",
  );
  expect(call.stderr).toContain(
    "error[destructive-refused]: The step `wipe` cannot be taken back: ",
  );
  expect(call.stderr).toContain("   = help: Run it on a terminal, or pass `--skip shell`.\n");
  expect(await readdir(project.directory)).toEqual(["bin", "runbooks"]);

  const willing = await project.run([
    "run",
    "a",
    "--yes",
    "--allow",
    "destructive",
    "--skip",
    "shell",
  ]);
  expect(willing).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("") as string });
  expect(await readdir(project.directory)).toContain("begun");
  expect(willing.stdout).toContain("  ? Has everybody pushed? yes, by ");
});

test("inputs come from a file, from options before the file, and secrets from the environment", async () => {
  const frontMatter =
    "inputs:\n  A: { required: true }\n  B: { type: int, default: 1 }\n  C: { type: bool }\n  S: { type: secret, required: true }\n  U: {}\n";
  const body = fence("bash", 'printf "%s|%s|%s|%s|%s\\n" "$A" "$B" "$C" "${#S}" "${U-unset}"');
  const files = {
    ...runbook(body, frontMatter),
    "values.yaml": "A: from file\nB: 7\nC: true\n",
    "values.json": '{"A":"from file","B":7,"C":true}',
    "values.env": 'A="from file"\nB=7\nC=true\n',
    "broken.json": '{"S": "hunter2"',
    "nested.yaml": "A: { b: c }\n",
  };
  await using project = await createProject(files);
  const environment = { S: "secret!", U: "the operator's own", A: "not this" };
  for (const file of ["values.yaml", "values.json", "values.env"]) {
    const call = await project.run(["run", "a", "--inputs", file], { environment });
    expect(call.stdout).toContain("  │ from file|7|true|7|unset\n");
    expect(call.stdout).toContain("  S  •••• (secret)\n");
    expect(call.stdout).not.toContain("secret!");
  }
  const stronger = await project.run(["run", "a", "--inputs", "values.json", "--input", "A=a=b"], {
    environment,
  });
  expect(stronger.stdout).toContain("  │ a=b|7|true|7|unset\n");

  const advice =
    "Run `opswright --help` to see the commands, `opswright COMMAND --help` for one.\n";
  for (const [file, message] of [
    ["broken.json", "The file of inputs broken.json is not valid."],
    ["nested.yaml", "The value of A in nested.yaml must be text, a number, true, false or a list."],
    ["gone.env", "The file of inputs gone.env cannot be read."],
  ] as const) {
    const call = await project.run(["run", "a", "--inputs", file], { environment });
    expect(call).toEqual({ exitCode: 2, stdout: "", stderr: `error: ${message}\n${advice}` });
  }
});

test("--dry-run shows the plan and runs nothing", async () => {
  await using project = await createProject(deploymentFiles);
  const args = ["deployment", "--input", "VERSION=2.0.0"];
  const dry = await project.run(["run", ...args, "--dry-run"]);
  expect(dry).toEqual(await project.run(["plan", ...args]));
  expect(dry).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await readdir(project.directory)).toEqual(["runbooks"]);
});

test("reports are written, each in its format", async () => {
  await using project = await createProject(deploymentFiles);
  const reports = [
    "html=out/run.html",
    "junit=out/run.xml",
    "markdown=out/run.md",
    "json=out/run.json",
  ];
  const call = await project.run([
    "run",
    "deployment",
    "--input",
    "VERSION=2.0.1",
    ...reports.flatMap((report) => ["--report", report]),
  ]);
  expect(call).toMatchObject({ exitCode: 4, stderr: "" });
  const read = (name: string) => readFile(path.join(project.directory, "out", name), "utf8");
  expect(await readdir(path.join(project.directory, "out"))).toEqual([
    "run.html",
    "run.json",
    "run.md",
    "run.xml",
  ]);
  const page = await read("run.html");
  expect(page).toContain("Failed at step 3 of 3, “Verify” (output differs)");
  const later = await project.run(["runs", "show", "--report", "html=out/past.html"]);
  expect(later).toMatchObject({ exitCode: 0, stderr: "" });
  // What a later process knows is the same: the outputs are read from the run's folder.
  expect(page).toContain("pushing 2.0.1");
  expect(await read("past.html")).toBe(page);
  expect(await read("run.xml")).toContain('<failure type="mismatched" message="output differs">');
  expect(await read("run.md")).toContain("✗ Failed at step 3 of 3, “Verify” (output differs)");
  expect(JSON.parse(await read("run.json"))).toMatchObject({ outcome: "failed", exitCode: 4 });
});

test("a report that cannot be written is told, and no success is claimed", async () => {
  await using project = await createProject({ ...deploymentFiles, blocked: "" });
  const args = [
    "run",
    "deployment",
    "--input",
    "VERSION=2.0.0",
    "--report",
    "json=blocked/run.json",
  ];
  const call = await project.run(args);
  expect(call.exitCode).toBe(6);
  expect(call.stderr).toMatch(/^error: The report blocked\/run\.json cannot be written: /u);
});

test("runs are listed, shown and their logs printed", async () => {
  await using project = await createProject(deploymentFiles);
  expect(await project.run(["runs"])).toEqual({
    exitCode: 0,
    stdout: "",
    stderr: "There are no runs in [DIR]/.opswright/runs.\n",
  });
  await project.run(["run", "deployment", "--input", "VERSION=2.0.1"]);
  const list = await project.run(["runs"]);
  expect(list.exitCode).toBe(0);
  expect(list.stdout).toMatch(
    /^RUN +TARGET +OUTCOME +STEPS +TIME +BY\n\[RUN\] +deployment +failed +2\/3 +\[DURATION\] +\S+\n\n1 run\. /u,
  );

  const show = await project.run(["runs", "show", "last"]);
  expect(show.stdout).toContain("  3  Verify     ✗ differs  [DURATION]\n");
  expect(show.stdout).toContain("\nVerify\n  ✗ output differs after [DURATION]\n");
  expect(show.stdout).toContain(
    "\nBegin anew: opswright run deployment --input VERSION=2.0.1 --from health\n",
  );

  expect((await project.run(["runs", "logs", "last", "--step", "push"])).stdout).toBe(
    "pushing 2.0.1\n",
  );
  expect((await project.run(["runs", "logs", "last"])).stdout).toBe(
    "── tests\n470 passed\n── push\npushing 2.0.1\n── health\n2.0.1\n",
  );
  expect(await project.run(["runs", "logs", "last", "--step", "pus"])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("has no step 'pus'\n(Did you mean push?)\n") as string,
  });
  expect(await project.run(["runs", "show", "20"])).toMatchObject({ exitCode: 0 });
  expect(await project.run(["runs", "show", "19"])).toMatchObject({ exitCode: 2, stdout: "" });
  expect(JSON.parse((await project.run(["runs", "--json"])).stdout)).toMatchObject({
    schemaVersion: 1,
    runs: [{ target: "deployment", outcome: "failed", exitCode: 4 }],
  });
});

test("a log is printed without what acts on the terminal, standard error apart", async () => {
  const body = fence(
    "bash id=loud",
    "printf 'a\\033]0;owned\\007b\\r\\nc\\033[2J'\nprintf 'oh no' >&2",
  );
  await using project = await createProject(runbook(body));
  await project.run(["run", "a"]);
  expect((await project.run(["runs", "logs", "last", "--step", "loud"])).stdout).toBe(
    "ab\nc\n── loud (standard error)\noh no\n",
  );
});

test("selections narrow the run", async () => {
  await using project = await createProject({ ...deploymentFiles, "deployed.txt": "2.0.0\n" });
  const args = ["run", "deployment", "--input", "VERSION=x", "--from", "push", "--skip", "push"];
  const call = await project.run(args);
  expect(call).toMatchObject({ exitCode: 0, stderr: "" });
  expect(call.stdout).toContain("▸ 1/1  Verify  check\n");
});
