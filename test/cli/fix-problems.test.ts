import { describe, expect, test } from "vitest";
import { fixProblems } from "../../src/cli/fix-problems.ts";
import type { AppliedFixes } from "../../src/node/apply-fixes.ts";

const nothing: AppliedFixes = { files: [], fixedCount: 0, waitingCount: 0 };

function change(before: string, after: string): AppliedFixes {
  return { files: [{ path: "a.md", before, after }], fixedCount: 1, waitingCount: 0 };
}

/** Fixes in rounds: each check gives its number, each round of fixes the next of `rounds`. */
async function fix(rounds: readonly AppliedFixes[], isDryRun = false) {
  let checks = 0;
  const applied = rounds.values();
  const result = await fixProblems({
    check: () => Promise.resolve((checks += 1)),
    apply: () => Promise.resolve(applied.next().value ?? nothing),
    isDryRun,
  });
  return { ...result, checks };
}

describe("fixProblems", () => {
  test("goes on until nothing changes, and tells each file once from start to end", async () => {
    expect(await fix([change("a", "b"), change("b", "c")])).toEqual({
      checked: 3,
      checks: 3,
      fixedCount: 2,
      files: [{ path: "a.md", before: "a", after: "c" }],
      waitingCount: 0,
    });
  });

  test("ends where fixes go in circles, and says what is true then", async () => {
    const circle = Array.from({ length: 50 }, (_one, index) =>
      index % 2 === 0 ? change("a", "b") : change("b", "a"),
    );
    const { checked, checks, fixedCount } = await fix(circle);
    expect({ checked, checks, fixedCount }).toEqual({ checked: 11, checks: 11, fixedCount: 10 });
  });

  test("makes one round on a dry run, and checks once", async () => {
    const { checks, files } = await fix([change("a", "b"), change("b", "c")], true);
    expect({ checks, files }).toEqual({
      checks: 1,
      files: [{ path: "a.md", before: "a", after: "b" }],
    });
  });
});
