import { expect, test } from "vitest";
import { deploymentFiles } from "./deployment-fixture.ts";
import { createProject, type Transcript } from "./run-opswright.ts";

test("list is a table of the runbooks", async () => {
  await using project = await createProject(deploymentFiles);
  expect(await project.run(["list"])).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: `RUNBOOK     TITLE                 STATUS  PROCEDURES        STEPS
db/restore  Restore the database          all                   2
deployment  Deploy UnionCore      active  deploy, rollback      5

2 runbooks.
`,
  });
});

test("list is a list where the terminal is narrow, and counts problems", async () => {
  await using project = await createProject({
    ...deploymentFiles,
    "runbooks/broken.mdx": "# No front matter\n",
  });
  const call = await project.run(["list"], { environment: { COLUMNS: "40" } });
  expect(call.exitCode).toBe(0);
  expect(call.stdout).toContain("deployment\n  Deploy UnionCore\n  active · 5 steps\n");
  expect(call.stdout).toMatch(/broken\n[\s\S]*2 errors/u);
  for (const line of call.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
});

test("list as JSON is one document", async () => {
  await using project = await createProject(deploymentFiles);
  const { stdout, stderr } = await project.run(["list", "--json"]);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    runbooks: [
      { id: "db/restore", path: "runbooks/db/restore.md", steps: 2 },
      {
        id: "deployment",
        owner: "Platform team",
        procedures: ["deploy", "rollback"],
        steps: 5,
        errors: 0,
      },
    ],
  });
});

test("an empty project is told how to begin", async () => {
  await using project = await createProject({ "runbooks/_worlds/x/world.yaml": "" });
  expect(await project.run(["list"])).toEqual({
    exitCode: 0,
    stdout: "",
    stderr:
      "There are no runbooks in runbooks/ of [DIR].\nPut .mdx or .md files there, or name another folder in the configuration's `runbooks`.\n",
  });
});

test("show is the runbook for a reader", async () => {
  await using project = await createProject(deploymentFiles);
  expect(await project.run(["show", "deployment"], { isRaw: true })).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: `Deploy UnionCore
runbooks/deployment.mdx
Brings a new version to production.
active · Platform team · version 2.0 · takes 5m to 15m
expected output: 1 of 4 commands, strength 100 of 100

Inputs
  METHOD   enum, automatic|manual, default automatic — How to deploy
  VERSION  string, required — The version to deploy
  TOKEN    secret — The token of the service

Procedures
  deployment:deploy  Deploy to production (default) (on failure: rollback)
    - Checks (1 step)
    if METHOD=automatic
      - Automatic (1 step)
    if METHOD=manual
      - By hand (1 step)
    - Verify (1 step)
  deployment:rollback  Take the version back
    - Rollback (1 step)

Sections and steps
  Deploy UnionCore
    Checks
      $ Checks (tests, check)
    Automatic
      $ Automatic (push, change)
    By hand
      ☐ By hand (upload, by hand)
    Verify
      $ Verify (health, check)
    Rollback
      $ Rollback (revert, change)
`,
  });
});

test("show of a step is its command with all that governs it", async () => {
  await using project = await createProject(deploymentFiles);
  expect((await project.run(["show", "deployment#tests"])).stdout).toBe(`Checks  check
deployment#tests  runbooks/deployment.mdx:35
- timeout 30s

$ echo "470 passed"
`);
  expect((await project.run(["show", "deployment#verify"])).stdout).toBe(`Verify
deployment#verify

Verify  check
deployment#health  runbooks/deployment.mdx:52

$ cat deployed.txt

expected output: this line
  2.0.0
`);
  expect(await project.run(["show", "deployment#healht"])).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining("Did you mean `deployment#health`?") as string,
  });
});

test("show and plan say how output is compared, in words", async () => {
  await using project = await createProject({
    "runbooks/status.md": `# Status

\`\`\`bash
curl --silent http://localhost/health
\`\`\`

\`\`\`output match=json
{"status": "ready", "at": "(time)"}
\`\`\`

\`\`\`bash
git push origin main
\`\`\`

\`\`\`output stream=stderr match=subset
[SHA]..[SHA] main -> main
done .* (re?)
\`\`\`
`,
  });
  const { stdout: shown } = await project.run(["show", "status#status"]);
  expect(shown).toContain(`
expected output: JSON with at least these values
  {"status": "ready", "at": "(time)"}

  (time)  a time
`);
  expect(shown).toContain(`
expected output on standard error: these lines in this order, among others
  [SHA]..[SHA] main -> main
  done .* (re?)

  [SHA]  a commit or a checksum
  (re?)  a regular expression; a line that may be missing
`);
  const { stdout: planned } = await project.run(["plan", "status"]);
  expect(planned).toContain(`
  - must print JSON with at least these values:
      {"status": "ready", "at": "(time)"}
`);
  expect(planned).toContain(`
  - must print on standard error these lines in this order, among others:
      [SHA]..[SHA] main -> main
      done .* (re?)
`);
});

test("plan shows each step, what it needs and what cannot be known", async () => {
  await using project = await createProject(deploymentFiles);
  const call = await project.run([
    "plan",
    "deployment",
    "--input",
    "VERSION=2.0.0",
    "--input",
    "METHOD=manual",
  ]);
  expect(call).toMatchObject({ exitCode: 0, stderr: "" });
  expect(call.stdout).toMatch(/^Deploy to production\ndeployment · 3 steps · 1 by hand\n/u);
  expect(call.stdout).toContain(
    "  METHOD   manual (given)\n  TOKEN    (no value)\n  VERSION  2.0.0 (given)\n",
  );
  expect(call.stdout).toContain(`▸ 1/3  Checks  check
  $ echo "470 passed"
  - id tests, at runbooks/deployment.mdx:35
  - ended after 30s

▸ 2/3  By hand  by hand
  Upload the archive in the dashboard.
  - id upload, at runbooks/deployment.mdx:48

▸ 3/3  Verify  check
  $ cat deployed.txt
  - id health, at runbooks/deployment.mdx:52
  - must print this line:
      2.0.0

If a step fails: Take the version back (rollback, 1 step)

▸ 1/1  Rollback  change
`);
  expect(call.stdout).toMatch(
    /\nCannot be known before the run\n {2}- [\s\S]*\nDigest \[DIGEST\]\n$/u,
  );
});

test("plan tells its problems on standard error, with what could be planned on the other", async () => {
  await using project = await createProject(deploymentFiles);
  const call = await project.run(["plan", "deployment"]);
  expect(call.exitCode).toBe(3);
  expect(call.stdout).toContain("▸ 3/3  Verify  check\n");
  expect(call.stderr).toBe(`
error[missing-input]: The input \`VERSION\` has no value: The version to deploy.
  = help: Pass \`--input VERSION=VALUE\`, or a file with \`--inputs FILE\`.

1 error.
`);
  const { stdout } = await project.run(["plan", "deployment", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    plan: { target: "deployment", steps: [{ id: "tests" }, { id: "push" }, { id: "health" }] },
    diagnostics: [{ code: "missing-input" }],
    counts: { error: 1 },
  });
});

test("a plan fits a narrow terminal but for its commands", async () => {
  await using project = await createProject(deploymentFiles);
  const args = ["plan", "deployment", "--input", "VERSION=2.0.0"];
  const { stdout } = await project.run(args, { environment: { COLUMNS: "40" } });
  const words = stdout.split("\n").filter((line) => !/^ {2}[$ ] /u.test(line));
  expect(words.length).toBeGreaterThan(20);
  for (const line of words) expect(line.length, line).toBeLessThanOrEqual(40);
});

test("check says that all is well, what is not, and what it looked at", async () => {
  // Without what the check advises against: nobody to call, an input and a check that do nothing.
  const sound = String(deploymentFiles["runbooks/deployment.mdx"])
    .replace("status: active", "status: draft")
    .replace(/ {2}TOKEN: .*\n/u, "")
    .replace('echo "470 passed"', "test -d runbooks");
  const files = { ...deploymentFiles, "runbooks/deployment.mdx": sound };
  await using project = await createProject(files);
  expect(await project.run(["check"])).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: expect.stringMatching(/^Checked 2 runbooks: no problems\.\n/u) as string,
  });
  await using broken = await createProject({
    ...files,
    "runbooks/broken.md": "# Broken\n\n```bash timeot=30s\n\tcurl localhost\n```\n",
  });
  expect(withoutClaims(await broken.run(["check"]))).toEqual({
    exitCode: 3,
    stderr: "",
    stdout: `error[unknown-attribute]: \`timeot\` is not a fence attribute of Opswright.
 --> runbooks/broken.md:3:9
  |
3 | \`\`\`bash timeot=30s
  |         ^^^^^^^^^^
  = help: Did you mean \`timeout\`?
  = fix: Write \`timeout\` (check --fix)

Checked 3 runbooks: 1 error in 1 file. \`check --fix\` mends 1 of them.
Run \`opswright explain CODE\` to read more about a code.
`,
  });
  expect(await broken.run(["check", "runbooks/db"])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^Checked 1 runbook: no problems\.\n/u) as string,
  });
});

/** What is counted of claims has tests of its own. */
function withoutClaims(call: Transcript): Transcript {
  return { ...call, stdout: call.stdout.replace(/^\d+ claims?: [\s\S]*?\.\n(?=Run )/mu, "") };
}

test("check of nothing is no success", async () => {
  await using project = await createProject({ "README.md": "# Not a runbook\n" });
  expect(await project.run(["check"])).toMatchObject({
    exitCode: 6,
    stdout: "",
    stderr: expect.stringContaining("There is no runbooks") as string,
  });
  await using empty = await createProject({ "runbooks/notes.txt": "" });
  expect(await empty.run(["check"])).toEqual({
    exitCode: 3,
    stderr: "",
    stdout: "No runbooks in runbooks/ of [DIR]: nothing was checked.\n",
  });
});

test("more warnings than allowed are findings", async () => {
  await using project = await createProject({
    "runbooks/a.md": "# A\n\n```bash\ngit push --force\n```\n",
  });
  expect(await project.run(["check", "--max-warnings", "1"])).toMatchObject({ exitCode: 0 });
  const call = await project.run(["check", "--max-warnings", "0"]);
  expect(call.exitCode).toBe(5);
  expect(call.stdout).toContain("At most 0 warnings are allowed by --max-warnings.\n");
});

test("a hostile runbook cannot act on the terminal through any command", async () => {
  const evil = "\u001B]0;owned\u0007\u001B[2J\u202E";
  await using project = await createProject({
    "runbooks/evil.md": `# Title ${evil}\n\n\`\`\`bash timeot=${evil}\necho ${evil}\n\`\`\`\n\n- [ ] Do ${evil}\n`,
  });
  for (const args of [
    ["list"],
    ["show", "evil"],
    ["plan", "evil"],
    ["check"],
    ["run", "evil", "--yes"],
  ]) {
    const { stdout, stderr } = await project.run(args);
    expect(stdout + stderr, args.join(" ")).not.toMatch(
      /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202E]/u,
    );
    expect(stdout + stderr, args.join(" ")).toContain(String.raw`\x1b`);
  }
});

test("colours are used on request alone, and never where NO_COLOR is set", async () => {
  await using project = await createProject(deploymentFiles);
  const environment = { NO_COLOR: "", FORCE_COLOR: "1" };
  expect((await project.run(["list"], { environment })).stdout).toContain("\u001B[");
  expect((await project.run(["list", "--no-color"], { environment })).stdout).not.toContain(
    "\u001B[",
  );
  expect((await project.run(["list"], { environment: { FORCE_COLOR: "1" } })).stdout).not.toContain(
    "\u001B[",
  );
});
