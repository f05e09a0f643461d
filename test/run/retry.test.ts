import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/model/run-event.ts";
import { findRetryDelay } from "../../src/run/find-retry-delay.ts";
import { makeCommand, makeExpectation, makePlan } from "./make-plan.ts";
import { startRun } from "./start-run.ts";

describe("a step with retry", () => {
  it("is tried so many times more, from the state before it", async () => {
    const attributes = { retry: 2, intervalMs: 300 };
    const plan = makePlan([makeCommand("poll", "echo [$tried]\ntried=yes\nfalse", { attributes })]);

    const { story, waitedMs, session, result, observed } = await startRun(plan);

    expect(story.filter((line) => line.startsWith("poll"))).toEqual([
      "poll started",
      "poll failed",
      "poll started",
      "poll failed",
      "poll started",
      "poll failed",
    ]);
    expect(waitedMs).toEqual([300, 300]);
    expect(session.requests.map(({ key }) => key)).toEqual([
      "001-poll",
      "001.2-poll",
      "001.3-poll",
    ]);
    expect(observed.flatMap((event) => (event.type === "step-output" ? [event.text] : []))).toEqual(
      ["[]\n", "[]\n", "[]\n"],
    );
    expect(result.exitCode).toBe(4);
  });

  it("is taken back where it ended well and printed the wrong thing", async () => {
    const attributes = { retry: 1 };
    const expectation = makeExpectation("ready\n");
    const script = "echo [$tried]\ntried=yes";
    const plan = makePlan([makeCommand("poll", script, { attributes, expectation })]);

    const { observed, waitedMs } = await startRun(plan);

    const outputs = observed.flatMap((event) => (event.type === "step-output" ? [event.text] : []));
    expect(outputs).toEqual(["[]\n", "[]\n"]);
    expect(waitedMs).toEqual([1000]);
  });

  it("is cancelled while it waits", async () => {
    const cancel = AbortSignal.abort();
    let isWaiting = false;
    const plan = makePlan([makeCommand("poll", "false", { attributes: { retry: 5 } })]);

    const { story, result } = await startRun(plan, {
      options: { cancelStep: () => (isWaiting ? cancel : new AbortController().signal) },
      onEvent: (event) => (isWaiting ||= event.type === "step-ended"),
    });

    expect(story.slice(-4)).toEqual([
      "poll failed",
      "poll cancelled",
      "asked about poll",
      "run interrupted 130",
    ]);
    expect(result.exitCode).toBe(130);
  });

  it("has all of its attempts again where it is done again", () => {
    const step = makeCommand("poll", "false", { attributes: { retry: 1, intervalMs: 5 } });
    const at = { stepId: "poll", phase: "main", seq: 1, time: "" } as const;
    const started: RunEvent = { type: "step-started", attempt: 1, ...at };
    const failed: RunEvent = { type: "step-ended", outcome: "failed", durationMs: 1, ...at };
    const delay = (events: readonly RunEvent[]) => findRetryDelay(step, "main", "failed", events);

    expect(delay([started])).toBe(5);
    expect(delay([started, { ...failed, retryInMs: 5 }, started])).toBeUndefined();
    expect(delay([started, { ...failed, retryInMs: 5 }, started, failed, started])).toBe(5);
    expect(findRetryDelay(step, "main", "unknown", [started])).toBeUndefined();
  });
});
