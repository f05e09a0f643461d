import { describe, expect, it } from "vitest";
import type { CopyRequest, FailureAnswer } from "../../src/run/ports.ts";
import { SessionError } from "../../src/run/session-error.ts";
import { makeCommand, makeExpectation, makePlan } from "./make-plan.ts";
import { startRun } from "./start-run.ts";

const by = "xerxes";
const shell: FailureAnswer = { answer: "shell", by };
const abort: FailureAnswer = { answer: "abort", by };

/** A terminal that says when it is lent. */
function lendable(story: string[] = []) {
  return {
    device: "/dev/pts/7",
    lend: () => {
      story.push("lent");
      return { release: () => void story.push("given back") };
    },
  };
}

describe("a shell after a failure", () => {
  it("is opened at the terminal, as the step would begin, and then it is asked again", async () => {
    const requests: CopyRequest[] = [];
    const order: string[] = [];
    const attributes = { dir: "there", env: { COLOUR: "red" }, capture: [] };
    const plan = makePlan([makeCommand("push", "false", { attributes })]);

    const { story, journaled, failures } = await startRun(plan, {
      choices: [shell, shell, abort],
      terminal: lendable(order),
      session: {
        openCopy: async (request) => {
          requests.push(request);
          order.push("opened");
          return 3;
        },
      },
    });

    expect(requests).toMatchObject([
      { key: "copy-1", terminal: "/dev/pts/7", directory: "there", environment: { COLOUR: "red" } },
      { key: "copy-2" },
    ]);
    expect(requests[0]?.withoutMarksOf).toBeUndefined();
    expect(order.slice(0, 3)).toEqual(["lent", "opened", "given back"]);
    expect(failures).toHaveLength(3);
    expect(story.slice(6, 11)).toEqual([
      "asked about push",
      "open a shell by xerxes",
      "shell-opened",
      "shell-closed",
      "asked about push",
    ]);
    expect(journaled.find(({ type }) => type === "shell-closed")).toMatchObject({
      stepId: "push",
      by,
      exitCode: 3,
    });
  });

  it("does not have what a step left that ended well and printed the wrong thing", async () => {
    let without: string | undefined;
    const expectation = makeExpectation("ready\n");
    const plan = makePlan([makeCommand("poll", "place=/there", { expectation })]);

    await startRun(plan, {
      choices: [shell, abort],
      terminal: lendable(),
      session: {
        openCopy: async ({ withoutMarksOf }) => {
          without = withoutMarksOf;
          return 0;
        },
      },
    });

    expect(without).toBe("001-poll");
  });

  it("that cannot be opened is told, and the run is as it was", async () => {
    const order: string[] = [];

    const { journaled, result } = await startRun(makePlan([makeCommand("push", "false")]), {
      choices: [shell, abort],
      terminal: lendable(order),
      session: {
        openCopy: async () => {
          throw new SessionError("It could not be opened.", { hint: "Make room." });
        },
      },
    });

    expect(journaled.find(({ type }) => type === "notice")).toMatchObject({
      text: "It could not be opened. Make room.",
    });
    expect(order).toEqual(["lent", "given back"]);
    expect(result).toMatchObject({ outcome: "failed", exitCode: 4 });
  });

  it("ends with the run where that is ended from outside, and nothing is asked any more", async () => {
    const run = new AbortController();

    const { story, failures } = await startRun(makePlan([makeCommand("push", "false")]), {
      options: { interrupted: run.signal },
      choices: [shell, abort],
      terminal: lendable(),
      session: {
        openCopy: async ({ signal }) => {
          run.abort();
          return signal.aborted ? 129 : 0;
        },
      },
    });

    expect(failures).toHaveLength(1);
    expect(story.slice(-2)).toEqual(["shell-closed", "run interrupted 130"]);
  });

  it("is offered only where there is a terminal", async () => {
    const { failures } = await startRun(makePlan([makeCommand("push", "false")]), {
      choices: [abort],
      session: { openCopy: async () => 0 },
    });

    expect(failures[0]?.choices.map(({ choice }) => choice)).not.toContain("shell");
  });
});
