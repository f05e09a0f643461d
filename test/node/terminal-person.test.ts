import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { createTerminalPerson } from "../../src/node/terminal-person.ts";
import type { FailureQuestion, Person, PersonAnswer, PersonQuestion } from "../../src/run/ports.ts";

const enter = "\r";
const down = "\u001b[B";
const ctrlC = "\u0003";
const hangUp = "the terminal goes away";

/** Once these words have come up, these keys are typed. */
type Reaction = readonly [words: string, ...keys: string[]];

/** Asks, types, and gives answer and screen. */
async function react<Answer>(
  reactions: readonly Reaction[],
  work: (person: Person) => Promise<Answer> | undefined,
): Promise<{ answer: Answer | undefined; screen: string }> {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  const output = Object.assign(new PassThrough(), { columns: 120, rows: 40, isTTY: true });
  let screen = "";
  let seen = 0;
  const waiting = [...reactions];
  output.on("data", (chunk: Buffer) => {
    screen += chunk.toString();
    const [words, ...keys] = waiting[0] ?? [];
    if (words === undefined || !screen.slice(seen).includes(words)) return;
    waiting.shift();
    seen = screen.length;
    setImmediate(() => {
      for (const key of keys) {
        if (key === hangUp) input.end();
        else input.write(key);
      }
    });
  });
  const person = createTerminalPerson({
    isInteractive: true,
    input,
    output,
    user: "xerxes",
    escapeText: (text) => text.replaceAll("\u001b", "ESC"),
  });
  return { answer: await work(person), screen };
}

/** Asks, types the keys once the question is there, and gives answer and screen. */
async function ask(
  question: PersonQuestion,
  ...keys: string[]
): Promise<{ answer: PersonAnswer | undefined; screen: string }> {
  return react([[question.title, ...keys]], (person) => person.confirm(question, still));
}

/** Of a question that is not taken back. */
const still = new AbortController().signal;

const manual: PersonQuestion = {
  kind: "manual",
  stepId: "look",
  title: "Look at it",
  text: "Open the page.",
};
const destructive: PersonQuestion = {
  kind: "destructive",
  stepId: "push",
  title: "Force push",
  text: "It cannot be taken back.",
  word: "push",
};
const confirm: PersonQuestion = {
  kind: "confirm",
  stepId: "a",
  title: "Restart",
  text: "Is the team told?",
};

const failure: FailureQuestion = {
  stepId: "push",
  title: "How is it to go on?",
  text: "Step push failed: \u001b[2JExit code 1.",
  choices: [
    { choice: "abort", label: "Stop" },
    { choice: "retry", label: "Retry" },
    { choice: "skip", label: "Skip" },
    { choice: "roll-back", label: "Back" },
  ],
};
const choose = (...reactions: readonly Reaction[]) =>
  react(reactions, (person) => person.chooseAfterFailure?.(failure, still));

describe("the person at the terminal", () => {
  it.each(["manual", "destructive", "confirm", "rollback", "interrupted"] as const)(
    "is not there for %s questions where nobody can answer",
    async (kind) => {
      const person = createTerminalPerson({ isInteractive: false });

      expect(await person.confirm({ kind, title: "t", text: "x" }, still)).toEqual({
        answer: "unavailable",
      });
    },
  );

  it.each([
    ["done", [enter], { answer: "yes", by: "xerxes" }],
    ["failed", [down, down, enter], { answer: "failed", by: "xerxes" }],
    ["skip", [down, down, down, enter], { answer: "skip", by: "xerxes" }],
    ["stop", [down, down, down, down, enter], { answer: "no", by: "xerxes" }],
    ["Ctrl-C", [ctrlC], { answer: "no", by: "xerxes", note: "cancelled" }],
  ])("answers a manual step: %s", async (_, keys, answer) => {
    const asked = await ask(manual, ...keys);

    expect(asked.answer).toEqual(answer);
    expect(asked.screen).toContain("Open the page.");
  });

  it("notes what somebody found at a manual step, and asks again where they write nothing", async () => {
    const { answer } = await react(
      [
        ["Look at it", down, enter],
        ["What did you find?", enter],
        ["Look at it", down, enter],
        ["What did you find?", ..."ticket 4711 ".split(""), enter],
      ],
      (person) => person.confirm(manual, still),
    );

    expect(answer).toEqual({ answer: "yes", by: "xerxes", note: "ticket 4711" });
  });

  it.each([
    ["the word", "push", { answer: "yes", by: "xerxes", note: "typed push" }],
    ["another word", "yes", { answer: "no", by: "xerxes", note: "typed something else" }],
    ["nothing", "", { answer: "no", by: "xerxes", note: "typed something else" }],
    ["the word in capitals", "PUSH", { answer: "no", by: "xerxes", note: "typed something else" }],
  ])("must type the word for a destructive step: %s", async (_, typed, answer) => {
    const asked = await ask(destructive, ...typed.split(""), enter);

    expect(asked.answer).toEqual(answer);
    expect(asked.screen).toContain("Type push to run it");
  });

  it("cancels a destructive step by Ctrl-C", async () => {
    expect((await ask(destructive, "p", ctrlC)).answer).toEqual({
      answer: "no",
      by: "xerxes",
      note: "cancelled",
    });
  });

  it.each([manual, destructive, confirm])(
    "is not there any more where the terminal goes away during a $kind question",
    async (question) => {
      expect((await ask(question, hangUp)).answer).toEqual({ answer: "unavailable" });
    },
  );

  it.each([
    ["yes", ["y"], "yes"],
    ["no", ["n"], "no"],
    ["no by default", [enter], "no"],
  ])("answers a question: %s", async (_, keys, answer) => {
    expect((await ask(confirm, ...keys)).answer).toMatchObject({ answer, by: "xerxes" });
  });

  it.each([
    ["stop by default", [enter], { answer: "abort", by: "xerxes" }],
    ["retry", [down, enter], { answer: "retry", by: "xerxes" }],
    ["roll back", [down, down, down, enter], { answer: "roll-back", by: "xerxes" }],
    ["Ctrl-C", [ctrlC], { answer: "abort", by: "xerxes", note: "cancelled" }],
    ["nobody", [hangUp], { answer: "unavailable" }],
  ])("chooses after a failure: %s", async (_, keys, expected) => {
    const chosen = await choose(["Back", ...keys]);

    expect(chosen.answer).toEqual(expected);
    if (expected.answer !== "unavailable") {
      expect(chosen.screen).toContain("ESC[2JExit code 1.");
    }
  });

  it("skips a failed step only with a reason, and can think better of it", async () => {
    const skip = ["Back", down, down, enter] as const;
    const reason = "Why is the step push skipped?";

    const chosen = await choose(skip, [reason, enter], ["Type a reason", ctrlC], skip, [
      reason,
      " flaky ",
      enter,
    ]);

    expect(chosen.answer).toEqual({ answer: "skip", by: "xerxes", note: "flaky" });
    expect((await choose(skip, [reason, hangUp])).answer).toEqual({ answer: "unavailable" });
  });

  it("cannot choose where nobody can answer: nothing is asked there", () => {
    expect(createTerminalPerson({ isInteractive: false }).chooseAfterFailure).toBeUndefined();
  });
});
