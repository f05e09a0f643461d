import { describe, expect, test } from "vitest";
import { runToJson } from "../../../src/report/run-report/run-to-json.ts";
import { runToJunit } from "../../../src/report/run-report/run-to-junit.ts";
import { runToMarkdown } from "../../../src/report/run-report/run-to-markdown.ts";
import { readRunProgress } from "../../../src/report/run-view/run-progress.ts";
import { makeCommand, makePlan, numberEvents, runStep, startRun } from "../run-view/make-run.ts";

const progress = readRunProgress(
  numberEvents([
    startRun(
      makePlan(
        [
          makeCommand(1, "tests", { title: "Run <all> | tests" }),
          makeCommand(2, "push", { script: 'echo "```"' }),
          makeCommand(3, "health"),
        ],
        { inputs: [{ name: "TOKEN", type: "secret", source: "secret" }] },
      ),
    ),
    ...runStep("tests", "470 passed & \u001B[32mgreen\u001B[0m\n"),
    ...runStep("push", "no\u0000 <way>\u0001\n", {
      outcome: "mismatched",
      exitCode: 0,
      durationMs: 3400,
      reason: "The output differs.",
      difference: "-yes\n+no\n",
    }),
    { type: "run-ended", outcome: "failed", exitCode: 4, durationMs: 5000 },
  ]),
);
if (progress === undefined) throw new Error("the run has no beginning");

test("JUnit has one case a step, with valid XML whatever was printed", () => {
  expect(runToJunit(progress)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="opswright" tests="3" failures="1" errors="0" skipped="1" time="5.000">
  <testsuite name="deployment:deploy" tests="3" failures="1" errors="0" skipped="1" time="5.000" timestamp="2026-02-03T10:15:00" hostname="ops-1">
    <testcase classname="deployment:deploy" name="tests" file="runbooks/deployment.mdx" line="10" time="1.200">
      <system-out>470 passed &amp; green
</system-out>
    </testcase>
    <testcase classname="deployment:deploy" name="push" file="runbooks/deployment.mdx" line="20" time="3.400">
      <failure type="mismatched" message="output differs">The output differs.
-yes
+no
</failure>
      <system-out>no &lt;way&gt;\\x01
</system-out>
    </testcase>
    <testcase classname="deployment:deploy" name="health" file="runbooks/deployment.mdx" line="30" time="0.000">
      <skipped message="not run"/>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test("Markdown tells the verdict first, each step, and why one failed", () => {
  expect(runToMarkdown(progress)).toBe(`# Deploy UnionCore

✗ Failed at step 2 of 3, “push” (output differs) after 5.0s. 1 step was not run.

- Target: \`deployment:deploy\`
- Run: \`20260203-101500-ab12\`, started 2026-02-03T10:15:00.000Z by xerxes on ops-1
- Plan: \`${progress.plan.digest}\`

| Input | Value | From |
| --- | --- | --- |
| TOKEN | •••• | secret |

| # | Step | Outcome | Time |
| ---: | --- | --- | ---: |
| 1 | Run \\<all\\> \\| tests | ✓ passed | 1.2s |
| 2 | push | ✗ differs | 3.4s |
| 3 | health | · not run |  |

## push

The output differs.

\`\`\`\`bash
echo "\`\`\`"
\`\`\`\`

\`\`\`diff
-yes
+no
\`\`\`

Its output:

\`\`\`text
no <way>\\x01
\`\`\`
`);
});

describe("JSON", () => {
  test("holds the run and its steps and no input's value", () => {
    const document = runToJson(progress);
    expect(document).toMatchObject({
      schemaVersion: 1,
      run: "20260203-101500-ab12",
      target: "deployment:deploy",
      outcome: "failed",
      exitCode: 4,
      steps: [
        { id: "tests", outcome: "passed", attempts: 1, exitCode: 0, durationMs: 1200 },
        { id: "push", outcome: "mismatched", difference: "-yes\n+no\n" },
        { id: "health", outcome: "pending", attempts: 0, durationMs: null },
      ],
    });
    expect(JSON.stringify(document)).not.toContain("TOKEN");
  });

  test("of a run that goes on has no outcome yet", () => {
    const open = readRunProgress(numberEvents([startRun(makePlan([makeCommand(1, "tests")]))]));
    expect(open && runToJson(open)).toMatchObject({
      outcome: null,
      exitCode: null,
      durationMs: null,
    });
  });
});

test("a journal without a beginning is no run", () => {
  expect(readRunProgress(numberEvents(runStep("tests", "x")))).toBeUndefined();
});
