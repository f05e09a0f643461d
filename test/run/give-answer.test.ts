import { expect, test } from "vitest";
import type { GivenAnswer } from "../../src/model/given-answer.ts";
import { giveAnswer } from "../../src/run/give-answer.ts";
import type { PersonQuestion } from "../../src/run/ports.ts";
import { makeCommand, makeManual, makePlan } from "./make-plan.ts";
import { no, startRun, yes } from "./start-run.ts";

test.each([
  ["manual", "done", "yes"],
  ["manual", "failed", "failed"],
  ["manual", "skip", "skip"],
  ["manual", "yes", undefined],
  ["manual", "wipe", undefined],
  ["confirm", "yes", "yes"],
  ["confirm", "no", "no"],
  ["confirm", "skip", "skip"],
  ["confirm", "done", undefined],
  ["confirm", "wipe", "yes"],
  ["destructive", "wipe", "yes"],
  ["destructive", "no", "no"],
  ["destructive", "skip", "skip"],
  ["destructive", "yes", undefined],
  ["destructive", "constructor", undefined],
  ["rollback", "yes", undefined],
  ["unknown", "done", undefined],
  ["lost", "wipe", undefined],
  ["interrupted", "wipe", undefined],
] as const satisfies readonly (readonly [PersonQuestion["kind"], string, string | undefined])[])(
  "a question of the kind %s is answered with %s: %s",
  (kind, given, answer) => {
    const said = giveAnswer({ kind, stepId: "wipe" }, { answer: given, note: "why" }, "the file");
    expect(said).toEqual(answer && { answer, by: "the file", note: "why" });
  },
);

test("in doubt nothing is run: a step that is called by a word that forbids it", () => {
  const said = giveAnswer({ kind: "destructive", stepId: "skip" }, "skip", "the file");
  expect(said).toMatchObject({ answer: "skip" });
});

const risk = { level: "destructive", reasons: ["it deletes"] } as const;
const plan = makePlan([
  makeManual("upload"),
  makeCommand("push", "echo", { attributes: { confirm: "Is the team told?" } }),
  makeCommand("wipe", "echo", { risk, attributes: { confirm: "Is all copied?" } }),
]);

test("what was said before is not asked again, and a person is asked the rest", async () => {
  const { questions, result, journaled } = await startRun(plan, {
    given: new Map<string, GivenAnswer>([
      ["upload", { answer: "done", note: "by hand" }],
      ["wipe", "wipe"],
    ]),
    answers: { upload: no, push: yes, wipe: no },
  });
  expect(questions.map(({ stepId }) => stepId)).toEqual(["push"]);
  expect(result.outcome).toBe("completed");
  expect(
    journaled.flatMap((event) =>
      event.type === "question-answered" ? [[event.stepId, event.answer, event.by]] : [],
    ),
  ).toEqual([
    ["upload", "yes (by hand)", "the file"],
    ["push", "yes", "xerxes"],
    ["wipe", "yes", "the file"],
  ]);
});

test("one step's answer counts before what options say of all steps", async () => {
  const { result, session } = await startRun(plan, {
    given: new Map([
      ["push", "skip"],
      ["wipe", "no"],
    ]),
    options: { assumeYes: true, allowDestructive: true },
  });
  expect(result.summary.steps.map(({ outcome }) => outcome)).toEqual([
    "passed",
    "skipped",
    "pending",
  ]);
  expect(result).toMatchObject({ outcome: "refused", exitCode: 7 });
  expect(session.requests).toEqual([]);
});

test("where options allow what cannot be taken back, its word still answers its question", async () => {
  const { questions, result } = await startRun(plan, {
    given: new Map([
      ["upload", "done"],
      ["push", "yes"],
      ["wipe", "wipe"],
    ]),
    options: { allowDestructive: true },
  });
  expect(questions).toEqual([]);
  expect(result.outcome).toBe("completed");
});
