import { expect, test } from "vitest";
import { killRuns } from "../../scripts/kill-runs.ts";
import { program } from "../program.ts";

const runCount = 170;

test("of runs that are killed 200 times at random moments and resumed, each step is done once, or told", async () => {
  const runs = await killRuns(runCount, { program, seed: 1 });
  expect(runs).toHaveLength(runCount);
  expect(runs.filter(({ problems }) => problems.length > 0)).toEqual([]);
  expect(runs.flatMap(({ kills }) => kills).length).toBeGreaterThanOrEqual(200);
}, 900_000);
