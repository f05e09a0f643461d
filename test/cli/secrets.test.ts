import { expect, test } from "vitest";
import { bash } from "./rule-cases/rule-case.ts";
import { createProject } from "./run-opswright.ts";

/** Keeps the halves apart in this file, so that no scanner takes its lines for real secrets. */
const glue = (one: string, other: string): string => one + other;

// It never was one.
const token = glue("gh", "p_16C7e42F292c6912E7710c838347Ae178B4a");

test.each(["text", "json", "sarif", "junit", "github", "markdown"])(
  "no secret is shown by check --format %s",
  async (format) => {
    await using project = await createProject({
      "runbooks/a.md": `# Runbook\n\n${bash(`export GITHUB_TOKEN=${token}`)}`,
    });
    const { stdout, stderr, exitCode } = await project.run(["check", "--format", format]);
    expect(exitCode, stderr).toBe(5);
    expect(stdout).toContain("secrets/in-text");
    expect(stdout).toContain("ghp_…");
    expect(stdout + stderr).not.toContain(token.slice(0, 12));
  },
);
