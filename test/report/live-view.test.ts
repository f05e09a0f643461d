import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openLiveView } from "../../src/cli/live-view.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import type { RunEventBody } from "../../src/model/run-event.ts";
import type { RunView } from "../../src/report/run-view/create-run-view.ts";

const started: RunEventBody = { type: "step-started", stepId: "a", phase: "main", attempt: 1 };
const ended: RunEventBody = {
  type: "step-ended",
  stepId: "a",
  phase: "main",
  outcome: "passed",
  durationMs: 1,
};
const asked: RunEventBody = { type: "question-asked", stepId: "b", question: "Sure?" };
const printed: RunEventBody = { type: "step-output", stepId: "a", stream: "stdout", text: "x" };

/** A view that shows the type of each event, and what the terminal is given of it. */
function open() {
  const written: string[] = [];
  const view: RunView = {
    recall: () => {},
    handle: ({ type }) => `${type};`,
    tick: () => "",
    settle: () => "settled;",
  };
  const terminal = { write: (text: string) => void written.push(text) } as unknown as Terminal;
  const live = openLiveView(view, terminal);
  let seq = 0;
  return {
    live,
    written,
    observe: (body: RunEventBody) => {
      seq += 1;
      live.observe({ seq, time: "2026-11-22T20:45:12.345Z", ...body });
    },
  };
}

describe("what a run shows", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("is written together where steps are short, and soon", () => {
    const { live, written, observe } = open();
    for (const body of [started, printed, ended, started]) observe(body);
    expect(written).toEqual([]);

    vi.advanceTimersByTime(8);
    live.close();

    expect(written).toEqual(["step-started;step-output;step-ended;step-started;", "settled;"]);
  });

  it("stands there, in its order, before a question is asked", () => {
    const { live, written, observe } = open();
    for (const body of [started, ended, asked]) observe(body);

    expect(written).toEqual(["step-started;step-ended;question-asked;"]);
    live.close();
  });

  it("is written at once where a step prints much", () => {
    const { live, written, observe } = open();
    observe(started);
    observe({ ...printed, text: "x".repeat(20_000) });

    expect(written).toEqual(["step-started;step-output;"]);
    live.close();
  });

  it("stands there before anything else writes, and when the run is over", () => {
    const { live, written, observe } = open();
    observe(started);
    live.settle();
    observe(ended);
    live.close();
    vi.advanceTimersByTime(1000);

    expect(written).toEqual(["step-started;", "settled;", "step-ended;", "settled;"]);
  });
});
