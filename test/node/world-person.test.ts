import { expect, test } from "vitest";
import { readWorld } from "../../src/drill/read-world.ts";
import type { RaisedWorld } from "../../src/node/raised-world.ts";
import { createWorldPerson } from "../../src/node/world-person.ts";
import { makeCommand, makeManual, makePlan } from "../run/make-plan.ts";

const steps = ["upload", "look", "tell", "check"];
const plan = makePlan([...steps.map((id) => makeManual(id)), makeCommand("push", "echo")]);

test("a world answers with the words of a file of answers, and with its programs", async () => {
  const answers =
    "{ deployment#look: { answer: failed, note: red }, deployment#tell: skip, deployment#check: { run: ./check }, deployment#push: no }";
  const { value } = readWorld(
    "world.yaml",
    `title: W\nsetup: a\nteardown: b\nanswers: { steps: ${answers} }\ncases: [{ name: c, target: d }]\n`,
  );
  if (value === undefined) throw new Error("the world cannot be read");
  const world = { runProgram: async () => ({ exitCode: 1, output: "gone\n" }) };
  const person = createWorldPerson(plan, value, world as unknown as RaisedWorld, {
    confirm: async () => ({ answer: "unavailable" }),
  });
  const ask = (stepId: string, kind: "manual" | "confirm" = "manual") =>
    person.confirm({ kind, stepId, title: stepId, text: "" }, new AbortController().signal);
  expect(await Promise.all(steps.map((id) => ask(id)))).toEqual([
    { answer: "yes", by: "world" },
    { answer: "failed", by: "world", note: "red" },
    { answer: "skip", by: "world", note: undefined },
    { answer: "failed", by: "world: ./check", note: "gone" },
  ]);
  expect(await ask("push", "confirm")).toMatchObject({ answer: "no", by: "world" });
  expect(await ask("other", "confirm")).toMatchObject({ answer: "yes", by: "world" });
  // What fits no such question is no answer to it.
  expect(await ask("look", "confirm")).toEqual({ answer: "unavailable" });
});
