import { expect, test } from "vitest";
import type { RunEventBody } from "../../src/model/run-event.ts";
import { createRunSecrets } from "../../src/run/create-run-secrets.ts";
import { redactJournal } from "../../src/run/redact-journal.ts";

test("events have no secret in what people and programs said, and keep what they are found by", async () => {
  const secrets = createRunSecrets([]);
  secrets.learn([{ name: "TOKEN", value: "push" }]);
  const appended: RunEventBody[] = [];
  const journal = redactJournal(
    {
      run: "run-push",
      append: async (body) => {
        appended.push(body);
        return { ...body, seq: 1, time: "" };
      },
      flush: () => {},
    },
    secrets,
  );
  await journal.append({
    type: "question-answered",
    stepId: "push",
    question: "Is push there?",
    answer: "failed (cHVzaA==)",
    by: "push",
  });
  await journal.append({
    type: "step-ended",
    stepId: "push",
    phase: "main",
    outcome: "failed",
    durationMs: 1,
    reason: "not push",
    difference: "-a\n+push\n",
  });
  expect(journal.run).toBe("run-push");
  expect(appended).toEqual([
    {
      type: "question-answered",
      stepId: "push",
      question: "Is [secret TOKEN] there?",
      answer: "failed ([secret TOKEN])",
      by: "[secret TOKEN]",
    },
    {
      type: "step-ended",
      stepId: "push",
      phase: "main",
      outcome: "failed",
      durationMs: 1,
      reason: "not [secret TOKEN]",
      difference: "-a\n+[secret TOKEN]\n",
    },
  ]);
});
