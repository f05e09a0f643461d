import { expect, test } from "vitest";
import type { RunEvent, RunEventBody } from "../../src/model/run-event.ts";
import { listNotableEvents } from "../../src/run/list-notable-events.ts";

const passed = {
  type: "step-ended",
  stepId: "a",
  phase: "main",
  outcome: "passed",
  durationMs: 1,
} as const;

test("what sets a value or goes back is found in a list that grows, and nothing else", () => {
  const bodies: readonly RunEventBody[] = [
    passed,
    { ...passed, captured: { ID: "1" } },
    { type: "notice", text: "n" },
    { ...passed, matched: { NAME: "x" } },
    { type: "input-changed", stepId: "a", name: "A", from: "1", to: "2", by: "u" },
    { type: "rewound", stepId: "a", by: "u" },
  ];
  const events: RunEvent[] = [];

  const counts = bodies.map((body, at) => {
    events.push({ seq: at + 1, time: "2026-11-22T20:45:12.345Z", ...body });
    return listNotableEvents(events).length;
  });

  expect(counts).toEqual([0, 1, 1, 2, 3, 4]);
  expect(listNotableEvents(events)).toEqual([events[1], events[3], events[4], events[5]]);
  expect(listNotableEvents([...events])).toEqual(listNotableEvents(events));
});
