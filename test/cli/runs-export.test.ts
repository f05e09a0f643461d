import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { createProject } from "./run-opswright.ts";

const runbook = `---
title: A
inputs:
  TOKEN: { type: secret, required: true }
---

\`\`\`bash id=loud
printf 'a\\233\\342\\200\\256b' >&2
head -c 300000 /dev/zero | tr '\\0' x
printf '%s' "€end"
\`\`\`

\`\`\`bash id=wrong
echo two
exit 3
\`\`\`
`;

test("a run is exported as one document, the same into a file for its owner alone", async () => {
  await using project = await createProject({ "runbooks/a.md": runbook });
  const environment = { TOKEN: "hunter2" };
  expect((await project.run(["run", "a", "--quiet"], { environment })).exitCode).toBe(4);
  const { stdout, stderr, exitCode } = await project.run(["runs", "export"]);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(stdout).not.toContain("hunter2");
  // Nothing in it acts on a terminal, and it is the same text all the same.
  expect(stdout).not.toContain("\u{202e}");
  const document = JSON.parse(stdout) as Record<string, unknown> & {
    events: { type: string; plan?: unknown }[];
    outputs: { text: string }[];
  };
  expect(document).toMatchObject({
    schemaVersion: 1,
    target: "a",
    outcome: "failed",
    exitCode: 4,
    journal: { eventCount: document.events.length, isIntact: true, lastHash: "[DIGEST]" },
    plan: { target: "a", steps: [{ id: "loud" }, { id: "wrong" }] },
    outputLimitBytes: 262_144,
    outputs: [
      { stepId: "loud", phase: "main", stream: "stdout", bytes: 300_006, isCut: true },
      { stepId: "loud", stream: "stderr", bytes: 6, text: "a\u{fffd}\u{202e}b", isCut: false },
      { stepId: "wrong", stream: "stdout", bytes: 4, text: "two\n", isCut: false },
    ],
  });
  expect(document.outputs[0]?.text).toBe(`${"x".repeat(262_144 - 6)}€end`);
  expect(document.events.at(0)).toMatchObject({
    type: "run-started",
    seq: 1,
    user: expect.anything() as unknown,
  });
  expect(document.events.filter(({ plan }) => plan !== undefined)).toEqual([]);
  expect(document.events.at(-1)?.type).toBe("run-ended");

  const written = await project.run(["runs", "export", "last", "--output", "out/run.json"]);
  expect(written).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  const file = path.join(project.directory, "out/run.json");
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ outputs: document.outputs });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});
