import { describe, expect, test } from "vitest";
import type { RunEvent, RunEventBody } from "../../src/model/run-event.ts";
import { findPosition } from "../../src/run/find-position.ts";
import { listInForce, listToTakeBack } from "../../src/run/list-in-force.ts";
import { makeCommand, makePlan } from "./make-plan.ts";

const plan = makePlan(["a", "b", "c"].map((id) => makeCommand(id, id)));
const begin = {
  type: "run-started",
  run: "r",
  plan,
  host: "h",
  user: "u",
  pid: 1,
  directory: "/",
  version: "1",
} as const;
const main = { type: "phase-started", phase: "main", title: "T", steps: ["a", "b", "c"] } as const;
const back = (stepId: string): RunEventBody => ({ type: "rewound", stepId, by: "u" });
const started = (stepId: string, attempt = 1): RunEventBody => ({
  type: "step-started",
  stepId,
  phase: "main",
  attempt,
});
const passed = (stepId: string): RunEventBody => ({
  type: "step-ended",
  stepId,
  phase: "main",
  outcome: "passed",
  durationMs: 1,
});

function number(bodies: readonly RunEventBody[]): readonly RunEvent[] {
  return [begin, main, ...bodies].map((body, at) => ({
    seq: at + 1,
    time: "2026-11-22T20:45:12.345Z",
    ...body,
  }));
}

/** Each step's beginnings and ends that are in force: `a` begun, `a.` ended. */
function tell(events: readonly RunEvent[]): string {
  return listInForce(events)
    .flatMap((event) => {
      if (event.type === "step-started") return [event.stepId];
      return event.type === "step-ended" ? [`${event.stepId}.`] : [];
    })
    .join(" ");
}

const all = ["a", "b", "c"].flatMap((id) => [started(id), passed(id)]);

describe("a run that has gone back", () => {
  test.each<[string, readonly RunEventBody[], string, number, readonly string[]]>([
    ["nowhere", all, "a a. b b. c c.", 3, []],
    ["to its first step", [...all, back("a")], "", 0, ["001-a", "002-b", "003-c"]],
    ["to a later one", [...all, back("b")], "a a.", 1, ["002-b", "003-c"]],
    ["and has begun again", [...all, back("b"), started("b", 2), passed("b")], "a a. b b.", 2, []],
    [
      "twice, the first time further",
      [...all, back("a"), back("c")],
      "",
      0,
      ["001-a", "002-b", "003-c"],
    ],
    [
      "twice, with a step between",
      [...all, back("a"), started("a", 2), passed("a"), back("a")],
      "",
      0,
      ["001-a", "002-b", "003-c", "001.2-a"],
    ],
  ])("%s", (_words, bodies, inForce, doneCount, keys) => {
    const events = number(bodies);

    expect(tell(events)).toBe(inForce);
    expect(findPosition(plan, events).doneCount).toBe(doneCount);
    expect(listToTakeBack(events).map(({ key }) => key)).toEqual(keys);
  });

  test("keeps on counting attempts", () => {
    const { attempts } = findPosition(plan, number([...all, back("a")]));
    expect(attempts.get("main a")).toBe(1);
  });
});
