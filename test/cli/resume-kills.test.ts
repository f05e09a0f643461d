import { expect, test } from "vitest";
import { killRuns } from "../../scripts/kill-runs.ts";
import { program } from "../program.ts";

const count = 200;

test(`of ${count} runs that are killed at random moments and resumed, each step is done once, or told`, async () => {
  const runs = await killRuns(count, { program, seed: 1 });
  expect(runs).toHaveLength(count);
  expect(runs.filter(({ problems }) => problems.length > 0)).toEqual([]);
  // Else nothing would have been tried.
  expect(runs.filter(({ kills }) => kills.length > 0).length).toBeGreaterThan(count / 3);
}, 900_000);
