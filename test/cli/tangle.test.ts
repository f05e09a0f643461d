import { chmod, readFile, stat } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { createProject, type FixtureProject } from "./run-opswright.ts";

const runbook = `---
title: Restart the "API"
inputs:
  NAME: { type: string, description: 'Whose "service" it is, in $ and } signs', required: true }
  METHOD: { type: enum, choices: [soft, hard], default: soft, description: How }
  REASON: { type: string, description: Why so hard, required: true }
  NOTE: { type: string, description: A note }
procedures:
  restart:
    default: true
    steps:
      - section: before
      - choose: METHOD
        when:
          soft: [{ section: soft }, { section: after }]
          hard: [{ section: hard }, { section: after }]
  talk:
    steps:
      - section: talk
---

## Before

\`\`\`bash id=where dir=sub env.GREETING="it's"
greeting="$GREETING $NAME"
pwd >../where.txt
\`\`\`

\`\`\`bash id=may-fail exit=0,3
exit 3
\`\`\`

\`\`\`bash id=noted when="NOTE"
echo "note: $NOTE"
\`\`\`

\`\`\`python id=snake run
import os
print("python", os.environ["NAME"])
\`\`\`

## Soft

\`\`\`bash id=soft
cat <<EOF
  soft $greeting
EOF
\`\`\`

## Hard

\`\`\`bash id=hard
echo "hard $greeting: $REASON"
\`\`\`

## After

<Include id="verify" runbook="verify"/>

\`\`\`console
$ echo finished
finished
\`\`\`

## Talk

<Manual id="call" title="Call it's owner">Say "restart".</Manual>

\`\`\`bash id=wipe confirm="Really?"
echo wiped
\`\`\`
`;
const files = {
  "runbooks/restart.mdx": runbook,
  "runbooks/verify.mdx":
    "---\ntitle: Verify\n---\n\n```bash id=ask check\n[ -d sub ]\necho verified\n```\n",
  "sub/.keep": "",
};

async function runScript(
  project: FixtureProject,
  environment: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<{ exitCode: number | undefined; stdout: string; stderr: string }> {
  const { exitCode, stdout, stderr } = await execa(
    path.join(project.directory, "ops/restart.sh"),
    args,
    {
      cwd: project.directory,
      env: { ...project.environment, ...environment },
      extendEnv: false,
      input: "",
      reject: false,
    },
  );
  return { exitCode, stdout, stderr };
}

describe.concurrent("opswright tangle", () => {
  test("makes an executable script that bash and shellcheck take, and that does the steps", async () => {
    await using project = await createProject(files);
    expect(await project.run(["tangle", "restart", "--output", "ops/restart.sh"])).toEqual({
      exitCode: 0,
      stdout: "Wrote ops/restart.sh.\n",
      stderr: "",
    });
    const file = path.join(project.directory, "ops/restart.sh");
    expect((await stat(file)).mode & 0o777).toBe(0o755);
    expect((await execa("bash", ["-n", file], { reject: false })).exitCode).toBe(0);
    const linted = await execa("shellcheck", [file], { reject: false });
    // As in scripts/check: without shellcheck it cannot be judged, and in CI it must be there.
    const isJudged = linted.code !== "ENOENT" || process.env["CI"] === "true";
    if (isJudged) expect(linted.stdout).toBe("");

    const soft = await runScript(project, { NAME: "billing", NOTE: "careful" });
    expect(soft).toMatchObject({
      exitCode: 0,
      stdout: "note: careful\npython billing\n  soft it's billing\nverified\nfinished",
    });
    const text = await readFile(path.join(project.directory, "where.txt"), "utf8");
    expect(text).toBe(`${project.directory}/sub\n`);
    const hard = await runScript(project, { NAME: "billing", METHOD: "hard", REASON: "stuck" });
    expect(hard).toMatchObject({
      exitCode: 0,
      stdout: "python billing\nhard it's billing: stuck\nverified\nfinished",
    });
  });

  test("the script asks for what is required, when it is, and explains itself", async () => {
    await using project = await createProject(files);
    await project.run(["tangle", "restart", "--output", "ops/restart.sh"]);
    const missing = await runScript(project, {});
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toContain(`NAME: Whose "service" it is, in $ and } signs`);
    const noReason = await runScript(project, { NAME: "x", METHOD: "hard" });
    expect(noReason.stderr).toContain("REASON: Why so hard");
    expect(noReason.stdout).toBe("");
    const wrong = await runScript(project, { NAME: "x", METHOD: "so" });
    expect(wrong).toMatchObject({ exitCode: 2, stderr: "METHOD must be one of: soft, hard" });
    const help = await runScript(project, {}, ["--help"]);
    expect(help.exitCode).toBe(0);
    expect(help.stdout).toContain("  METHOD  How (one of soft, hard; default: soft)\n");
    expect((await runScript(project, {}, ["x"])).exitCode).toBe(2);
  });

  test("the script stops with 7 where a person is needed and there is no terminal", async () => {
    await using project = await createProject(files);
    await project.run(["tangle", "restart:talk", "--output", "ops/restart.sh"]);
    const call = await runScript(project, {});
    expect(call).toMatchObject({ exitCode: 7, stdout: "" });
    expect(call.stderr).toContain(`== Call it's owner\nSay "restart".\nA person must do this`);
  });

  test("--tie ties the runbook's own blocks, and check agrees", async () => {
    await using project = await createProject(files);
    const made = await project.run(["tangle", "restart", "--output", "ops/restart.sh", "--tie"]);
    expect(made).toEqual({
      exitCode: 0,
      stdout: "Wrote ops/restart.sh. 6 blocks are tied to it in runbooks/restart.mdx.\n",
      stderr: "",
    });
    const text = await readFile(path.join(project.directory, "runbooks/restart.mdx"), "utf8");
    expect(text.replaceAll(/ script=ops\/restart\.sh#[\w-]+$/gmu, "")).toBe(runbook);
    expect(text).toContain("```python id=snake run script=ops/restart.sh#snake\n");
    expect((await project.run(["sync"])).stdout).toBe("In sync: 6 blocks. Nothing to do.\n");
    const checked = await project.run(["check", "--json"]);
    expect(checked.stdout).not.toContain('"scripts/');
  });

  test("prints without --output, and leaves a file that is there alone", async () => {
    await using project = await createProject({ ...files, "ops/restart.sh": "mine\n" });
    await chmod(path.join(project.directory, "ops/restart.sh"), 0o600);
    const printed = await project.run(["tangle", "restart#soft"]);
    expect(printed.stdout).toContain("# opswright:begin soft\ncat <<EOF\n  soft $greeting\nEOF\n");
    const refused = await project.run(["tangle", "restart", "--output", "ops/restart.sh"]);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("ops/restart.sh is there already; --force replaces it");
    expect(await readFile(path.join(project.directory, "ops/restart.sh"), "utf8")).toBe("mine\n");
    const forced = await project.run([
      "tangle",
      "restart",
      "--output",
      "ops/restart.sh",
      "--force",
    ]);
    expect(forced.exitCode).toBe(0);
  });

  test.each([
    ["# A\n\n```sh\nls <folder>\n```\n", "error[placeholder]"],
    ["# A\n\n```sh retry=3\nls\n```\n", "error[not-supported]"],
    ["# A\n\n```sh background\nls\n```\n", "`background` in a script"],
    ["# A\n\n```sh on=web\nls\n```\n", "`on` in a script"],
    ["# A\n\nNothing.\n", "[no-steps]"],
  ])("refuses what cannot be run: %j", async (text, words) => {
    await using project = await createProject({ "runbooks/a.md": text });
    const call = await project.run(["tangle", "a"]);
    expect(call.stdout).toBe("");
    expect(call.exitCode).toBe(3);
    expect(call.stderr).toContain(words);
  });

  test.each([
    [["tangle", "restart", "--tie"], "--tie goes with --output"],
    [["tangle", "restart", "--force"], "--force goes with --output"],
    [["tangle", "restart", "--tie", "--output", "../x.sh"], "--tie needs a script inside"],
  ])("%s is a usage error", async (args, words) => {
    await using project = await createProject(files);
    const call = await project.run(args);
    expect(call.exitCode).toBe(2);
    expect(call.stderr).toContain(words);
  });
});
