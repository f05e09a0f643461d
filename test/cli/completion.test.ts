import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { createProject, type FixtureProject } from "./run-opswright.ts";
import { program } from "../program.ts";

const runbooks = {
  "runbooks/deployment.mdx": `---
title: Deploy
procedures:
  deploy: { default: true, steps: [section: deploy] }
  rollback: { steps: [section: rollback] }
---

## Deploy

\`\`\`bash
true
\`\`\`

## Rollback

\`\`\`bash
true
\`\`\`
`,
  "runbooks/db/restore.md": "# Restore\n\n```bash\ntrue\n```\n",
  "inputs.json": "{}",
};

/** Completes a command line in a real bash, the cursor at its end. */
async function complete(project: FixtureProject, line: string): Promise<readonly string[]> {
  const bin = path.join(project.directory, "..", "home", "opswright");
  await writeFile(bin, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  await chmod(bin, 0o755);
  // Bash takes a line apart at blanks, colons and equals signs before it asks for completions.
  const script = `
    source <(opswright completion bash)
    COMP_LINE=$1 COMP_POINT=\${#1} COMP_WORDS=() COMP_CWORD=0 COMP_TYPE=9
    _opswright opswright
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await execa("bash", ["-c", script, "bash", line], {
    cwd: project.directory,
    env: { ...project.environment, PATH: `${path.dirname(bin)}:${project.environment["PATH"]}` },
    extendEnv: false,
  });
  return stdout
    .split("\n")
    .filter((word) => word !== "")
    .toSorted();
}

describe("in bash", () => {
  test.each([
    ["opswright ru", ["run", "runs"]],
    ["opswright runs ", ["clean", "export", "list", "logs", "show", "verify"]],
    ["opswright run --roll", ["--rollback"]],
    ["opswright run --rollback ", ["ask", "auto", "never"]],
    ["opswright check --format j", ["json", "junit"]],
    ["opswright completion ", ["bash", "fish", "zsh"]],
    ["opswright plan ", ["db/restore", "deployment", "deployment:deploy", "deployment:rollback"]],
    [
      "opswright --root . plan --from x d",
      ["db/restore", "deployment", "deployment:deploy", "deployment:rollback"],
    ],
    ["opswright run --inputs in", ["inputs.json"]],
    ["opswright run --input ", []],
    ["opswright explain unknown-att", ["unknown-attribute"]],
    ["opswright nonsense ", []],
  ])("%j offers %j", async (line, words) => {
    await using project = await createProject(runbooks);
    expect(await complete(project, line)).toEqual(words);
  });

  test("takes off what bash has cut off at a colon", async () => {
    await using project = await createProject(runbooks);
    expect(await complete(project, "opswright run deployment:r")).toEqual(["rollback"]);
  });

  test("offers no name that a shell would expand, and is silent about broken projects", async () => {
    await using project = await createProject({
      "runbooks/$(touch owned).md": "# A\n\n```bash\ntrue\n```\n",
      "runbooks/ok.md": "# A\n\n```bash\ntrue\n```\n",
    });
    expect(await complete(project, "opswright run ")).toEqual(["ok"]);
    await using broken = await createProject({ "opswright.config.json": "{" });
    expect(await complete(broken, "opswright run ")).toEqual([]);
  });
});

test.each(["zsh", "fish"])(
  "there is a script for %s that knows commands, options and targets",
  async (shell) => {
    await using project = await createProject({});
    const { exitCode, stdout } = await project.run(["completion", shell]);
    expect(exitCode).toBe(0);
    for (const word of ["rollback", "max-warnings", "__complete", "targets", "explain"]) {
      expect(stdout).toContain(word);
    }
  },
);
