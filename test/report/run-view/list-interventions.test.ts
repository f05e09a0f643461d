import { describe, expect, it } from "vitest";
import type { RunEvent, RunEventBody } from "../../../src/model/run-event.ts";
import { currentInputs } from "../../../src/report/run-view/input-changes.ts";
import { listInterventions } from "../../../src/report/run-view/list-interventions.ts";
import { readRunProgress } from "../../../src/report/run-view/run-progress.ts";
import { runToJson } from "../../../src/report/run-report/run-to-json.ts";
import { makeCommand, makePlan } from "../../run/make-plan.ts";

const by = "xerxes";

/** A run with these events behind its beginning, a second apart. */
function readRun(...bodies: readonly RunEventBody[]) {
  const plan = {
    ...makePlan([makeCommand("paint", "echo $COLOUR")]),
    inputs: [
      { name: "COLOUR", type: "string", value: "red", source: "default" },
      { name: "TOKEN", type: "secret", source: "unset" },
    ] as const,
  };
  const start: RunEventBody = {
    type: "run-started",
    run: "run-1",
    plan,
    host: "host",
    user: by,
    pid: 1,
    directory: "/srv/app",
    version: "1.0.0",
  };
  const events = [start, ...bodies].map((body, index): RunEvent => {
    const time = new Date(index * 1000).toISOString();
    return { seq: index + 1, time, ...body };
  });
  const progress = readRunProgress(events);
  if (progress === undefined) throw new Error("a run begins with run-started");
  return progress;
}

describe("what people did to a run on its way", () => {
  const progress = readRun(
    { type: "input-changed", stepId: "paint", name: "COLOUR", from: "red", to: "a\nb", by },
    { type: "input-changed", stepId: "paint", name: "TOKEN", isSecret: true, by },
    { type: "shell-opened", stepId: "paint", by },
    { type: "shell-closed", stepId: "paint", by, durationMs: 1000, exitCode: 0 },
    { type: "shell-opened", stepId: "paint", by },
  );

  it("is told in the order in which it was done, no value of a secret with it", () => {
    expect(listInterventions(progress).map(({ text }) => text)).toEqual([
      String.raw`COLOUR is now a\nb, and was red; by xerxes.`,
      "TOKEN, a secret, has another value now; by xerxes.",
      "xerxes opened a shell with a copy of the state, and closed it after 1.0s.",
      "xerxes opened a shell with a copy of the state, whose end is not on record.",
    ]);
  });

  it("gives inputs the values that they have now", () => {
    expect(currentInputs(progress)).toEqual([
      { name: "COLOUR", type: "string", value: "a\nb", source: "given" },
      { name: "TOKEN", type: "secret", source: "secret" },
    ]);
  });

  it("is in the document of a run, without values", () => {
    const { changedInputs, shells } = runToJson(progress);

    expect(changedInputs).toEqual([
      { name: "COLOUR", stepId: "paint", by, changedAt: "1970-01-01T00:00:01.000Z" },
      { name: "TOKEN", stepId: "paint", by, changedAt: "1970-01-01T00:00:02.000Z" },
    ]);
    expect(shells).toMatchObject([{ closedAt: "1970-01-01T00:00:04.000Z" }, { closedAt: null }]);
  });
});
