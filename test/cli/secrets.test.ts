import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { bash } from "./rule-cases/rule-case.ts";
import { createProject } from "./run-opswright.ts";

/** Keeps the halves apart in this file, so that no scanner takes its lines for real secrets. */
const glue = (one: string, other: string): string => one + other;

// It never was one.
const token = glue("gh", "p_16C7e42F292c6912E7710c838347Ae178B4a");

const formats = ["text", "json", "sarif", "junit", "github", "markdown"];

test.each(formats)("no secret is shown by check --format %s", async (format) => {
  await using project = await createProject({
    "runbooks/a.md": `# Runbook\n\n${bash(`export GITHUB_TOKEN=${token}`)}`,
  });
  const { stdout, stderr, exitCode } = await project.run(["check", "--format", format]);
  expect(exitCode, stderr).toBe(5);
  expect(stdout).toContain("secrets/in-text");
  expect(stdout).toContain("ghp_…");
  expect(stdout + stderr).not.toContain(token.slice(0, 12));
});

test.each(formats)(
  "no secret of a script is shown in a difference, an excerpt or words by check --format %s",
  async (format) => {
    const line = `export GITHUB_TOKEN=${token}`;
    await using project = await createProject({
      "runbooks/a.md": `# Runbook\n\nSee [it](./${token}.md).\n\n\`\`\`bash script=scripts/a.sh\necho\n\`\`\`\n`,
      "scripts/a.sh": `#!/bin/bash\n${line}\n`,
    });
    const { stdout, stderr } = await project.run(["check", "--format", format]);
    expect(stdout).toContain("scripts/out-of-sync");
    expect(stdout).toContain("scripts/a.sh");
    expect(stdout).toContain("`./ghp_….md`");
    expect(stdout + stderr).not.toContain(token.slice(0, 12));
  },
);

test("nor is one shown before a run, or written into a baseline", async () => {
  const document = `---\ntitle: A\n---\n\n[it](./${token}.md)\n\n\`\`\`bash script=scripts/a.sh\nexport GITHUB_TOKEN=${token}\n\`\`\`\n`;
  await using project = await createProject({
    "runbooks/a.mdx": document,
    "scripts/a.sh": "echo\n",
  });
  const run = await project.run(["run", "a"]);
  expect(run.exitCode).toBe(3);
  expect(run.stderr).toContain("scripts/out-of-sync");
  expect(run.stdout + run.stderr).not.toContain(token.slice(0, 12));
  await project.run(["check", "--write-baseline"]);
  const file = path.join(project.directory, "runbooks/.baseline.json");
  const baseline = await readFile(file, "utf8");
  expect(baseline).toContain("links/dead-link");
  expect(baseline).not.toContain(token.slice(0, 12));
});

test("what holds a secret cannot be captured: it would have to be on record", async () => {
  await using project = await createProject({
    "runbooks/a.mdx": `---
title: A
inputs:
  KEY: { type: secret, default: swordfish-9000 }
---

\`\`\`bash capture=URL
echo "db://me:$KEY@host"
\`\`\`

\`\`\`bash
touch "went on with $URL"
\`\`\`
`,
  });
  const call = await project.run(["run", "a", "--yes"]);
  expect(call.exitCode).toBe(4);
  expect(call.stdout.replaceAll(/\s+/gu, " ")).toContain(
    "What was captured for URL holds the secret KEY, which no record may have. Keep it in the shell: export URL=…",
  );
});
