import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import type { FailureAnswer } from "../../src/run/ports.ts";
import { makeCommand, makeExpectation, makeManual, makePlan } from "./make-plan.ts";
import { no, startRun, yes, type StartedRun } from "./start-run.ts";

const by = "xerxes";
const edit: FailureAnswer = { answer: "edit", by };
const retry: FailureAnswer = { answer: "retry", by };
const abort: FailureAnswer = { answer: "abort", by };
const back: FailureAnswer = { answer: "roll-back", by };

function makePlanWithInputs(...parts: Parameters<typeof makePlan>): Plan {
  return {
    ...makePlan(...parts),
    inputs: [
      { name: "COLOUR", type: "string", value: "red", source: "given" },
      { name: "COUNT", type: "int", source: "unset" },
      { name: "TOKEN", type: "secret", source: "secret" },
      { name: "UNUSED", type: "string", value: "x", source: "default" },
    ],
  };
}

const outputsOf = ({ observed }: StartedRun): readonly string[] =>
  observed.flatMap((event) => (event.type === "step-output" ? [event.text] : []));
const conditions = (value: string) => [
  { text: `COLOUR=${value}`, expression: { kind: "equals", name: "COLOUR", value } as const },
];

// The fake session has no inputs in its environment: what it prints was set on the way.
const failing = makeCommand("paint", "echo [$COLOUR]\nfalse");

describe("an input that is changed after a failure", () => {
  it("counts for the next attempt, for later steps and for the rollback", async () => {
    const plan = makePlanWithInputs(
      [failing, makeCommand("tell", "echo $COLOUR")],
      [makeCommand("wipe", "echo wipe $COLOUR")],
    );

    const run = await startRun(plan, {
      choices: [edit, retry, back],
      edits: [{ COLOUR: "green" }],
    });

    expect(outputsOf(run)).toEqual(["[]\n", "[green]\n", "[green]\n", "wipe green\n"]);
    expect(run.edited).toMatchObject([{ inputs: [{ name: "COLOUR", value: "red" }] }]);
  });

  it("is on record with what it was, what it is, and who said so, before the step begins", async () => {
    const { journaled, story, edited } = await startRun(makePlanWithInputs([failing]), {
      choices: [edit, edit, abort],
      edits: [{ COLOUR: "green" }, { COLOUR: "blue" }],
    });

    const changes = journaled.filter(({ type }) => type === "input-changed");
    expect(changes).toMatchObject([
      { stepId: "paint", name: "COLOUR", from: "red", to: "green", by },
      { stepId: "paint", name: "COLOUR", from: "green", to: "blue", by },
    ]);
    expect(story.slice(3, 10)).toEqual([
      "paint started",
      "session-started",
      "paint failed",
      "asked about paint",
      "change inputs by xerxes",
      "input-changed",
      "paint started",
    ]);
    expect(edited[1]).toMatchObject({
      inputs: [{ name: "COLOUR", value: "green" }],
      changed: new Map([["COLOUR", "green"]]),
    });
  });

  it("decides conditions that are still open, those of its own step too", async () => {
    const plan = makePlanWithInputs([
      makeCommand("paint", "echo $COLOUR\nfalse", { conditions: conditions("red") }),
      makeCommand("green", "echo", { conditions: conditions("green") }),
      makeCommand("red", "echo", { conditions: conditions("red") }),
    ]);

    const { story } = await startRun(plan, { choices: [edit], edits: [{ COLOUR: "green" }] });

    expect(story.slice(-5)).toEqual([
      "paint skipped",
      "green started",
      "green passed",
      "red skipped",
      "run completed 0",
    ]);
  });

  it("has the step's own question asked again, since something else would run", async () => {
    const plan = makePlanWithInputs([{ ...failing, attributes: { confirm: "Sure?" } }]);
    let asked = 0;

    const { result, questions } = await startRun(plan, {
      answers: {
        get paint() {
          asked += 1;
          return asked === 1 ? yes : no;
        },
      },
      choices: [retry, edit],
      edits: [{ COLOUR: "green" }],
    });

    expect(questions).toHaveLength(2);
    expect(result).toMatchObject({ outcome: "refused", exitCode: 7 });
  });

  it("leads back to the choices where nothing was changed", async () => {
    const { story, failures, journaled } = await startRun(makePlanWithInputs([failing]), {
      choices: [edit, edit, abort],
      edits: [{}, { COLOUR: "red" }],
    });

    expect(failures).toHaveLength(3);
    expect(story.filter((line) => line === "paint started")).toHaveLength(1);
    expect(journaled.some(({ type }) => type === "input-changed")).toBe(false);
  });

  it("can be one that had no value", async () => {
    const plan = makePlanWithInputs([makeCommand("count", "echo $COUNT\nfalse")]);

    const { journaled } = await startRun(plan, {
      choices: [edit, abort],
      edits: [{ COUNT: "3" }],
    });

    const change = journaled.find(({ type }) => type === "input-changed");
    expect(change).toMatchObject({ name: "COUNT", to: "3" });
    expect(change).not.toHaveProperty("from", expect.anything());
  });

  it("is offered only where the step's command names one, and somebody can type it", async () => {
    const offers = async (plan: Plan, edits?: []): Promise<boolean | undefined> => {
      const setup = edits === undefined ? {} : { edits };
      const failed = { answer: "failed", by } as const;
      const { failures } = await startRun(plan, {
        answers: { look: failed },
        choices: [abort],
        ...setup,
      });
      return failures[0]?.choices.some(({ choice }) => choice === "edit");
    };

    expect(await offers(makePlanWithInputs([failing]), [])).toBe(true);
    expect(await offers(makePlanWithInputs([failing]))).toBe(false);
    expect(await offers(makePlanWithInputs([makeCommand("other", "false")]), [])).toBe(false);
    expect(await offers(makePlanWithInputs([makeManual("look", "COLOUR")]), [])).toBe(false);
  });

  it("leaves the run failed where the person goes away while they type", async () => {
    const { story } = await startRun(makePlanWithInputs([failing]), { choices: [edit], edits: [] });

    expect(story.slice(-2)).toEqual(["change inputs by xerxes", "run failed 4"]);
  });

  it("is given to the session and to what keeps records clean where it is a secret, and told by name", async () => {
    const order: string[] = [];
    const expectation = makeExpectation("ready\n");
    const script = "echo [$COLOUR]";
    const step = makeCommand("log-in", script, { expectation, attributes: { confirm: "$TOKEN?" } });

    const { journaled, story, learnt, session } = await startRun(makePlanWithInputs([step]), {
      answers: { "log-in": yes },
      choices: [edit, abort],
      edits: [{ TOKEN: "hunter2", COLOUR: "green" }],
      session: {
        takeBack: async () => void order.push("taken back"),
        renewSecrets: async (secrets) => void order.push(`renewed ${secrets.length}`),
      },
    });

    // It prints the wrong thing again, and that is taken back too.
    expect(order).toEqual(["taken back", "renewed 1", "taken back"]);
    expect(learnt).toEqual([{ name: "TOKEN", value: "hunter2" }]);
    expect(journaled.filter(({ type }) => type === "input-changed")).toMatchObject([
      { name: "COLOUR", from: "red", to: "green" },
      { name: "TOKEN", isSecret: true },
    ]);
    expect(JSON.stringify(journaled)).not.toContain("hunter2");
    expect(story).toContain("session-started");
    expect(session.requests.at(-1)).toMatchObject({
      variables: { COLOUR: "green" },
      secretNames: ["TOKEN"],
    });
  });

  it("is no secret where the session cannot have another value of it", async () => {
    const plan = makePlanWithInputs([makeCommand("log-in", "echo $TOKEN $COLOUR\nfalse")]);

    const { edited } = await startRun(plan, { choices: [edit, abort], edits: [{}] });

    expect(edited.map(({ inputs }) => inputs.map(({ name }) => name))).toEqual([["COLOUR"]]);
  });
});
