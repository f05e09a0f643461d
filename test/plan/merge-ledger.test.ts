import { expect, test } from "vitest";
import type { Verification } from "../../src/model/verification-ledger.ts";
import { readLedger } from "../../src/parse/read-ledger.ts";
import {
  emptyLedger,
  mergeLedger,
  renderLedger,
  type VerifiedStep,
} from "../../src/plan/merge-ledger.ts";

function verified(runbook: string, stepId: string, verifiedAt = "2026-02-03"): VerifiedStep {
  const verification: Verification = {
    digest: "0".repeat(64),
    verifiedAt: `${verifiedAt}T00:00:00Z`,
    how: "world:w",
    target: "a:go",
    tools: { psql: "15.1", git: "2.39.5" },
  };
  return { runbook, stepId, verification };
}

const known = new Map([
  ["a", new Set(["one", "two", "constructor"])],
  ["b", new Set(["one"])],
]);
const before = mergeLedger(
  emptyLedger,
  [verified("a", "one"), verified("a", "gone"), verified("b", "gone"), verified("c", "one")],
  new Map(),
);

test("enters the latest, keeps the others, and drops steps that are gone of what it writes", () => {
  const after = mergeLedger(before, [verified("a", "two", "2026-03-01")], known);
  expect(Object.keys(after.runbooks)).toEqual(["a", "b", "c"]);
  expect(Object.keys(after.runbooks["a"] ?? {})).toEqual(["one", "two"]);
  expect(Object.keys(after.runbooks["b"] ?? {})).toEqual(["gone"]);
  expect(after.runbooks["a"]?.["two"]?.verifiedAt).toBe("2026-03-01T00:00:00Z");
  const again = mergeLedger(after, [verified("a", "one", "2026-04-01")], known);
  expect(again.runbooks["a"]?.["one"]?.verifiedAt).toBe("2026-04-01T00:00:00Z");
});

test("drops nothing of a runbook that is not known any more", () => {
  const after = mergeLedger(before, [verified("c", "two")], known);
  expect(Object.keys(after.runbooks["c"] ?? {})).toEqual(["one", "two"]);
});

test("takes ids that are names of an object's own", () => {
  const after = mergeLedger(emptyLedger, [verified("a", "constructor")], known);
  expect(Object.keys(after.runbooks["a"] ?? {})).toEqual(["constructor"]);
});

test("is written in order, one value a line, and read back as it is", () => {
  const text = renderLedger(
    mergeLedger(emptyLedger, [verified("b", "one"), verified("a", "two")], known),
  );
  expect(text).toMatchInlineSnapshot(`
    "{
      "schemaVersion": 1,
      "runbooks": {
        "a": {
          "two": {
            "digest": "0000000000000000000000000000000000000000000000000000000000000000",
            "verifiedAt": "2026-02-03T00:00:00Z",
            "how": "world:w",
            "target": "a:go",
            "tools": {
              "git": "2.39.5",
              "psql": "15.1"
            }
          }
        },
        "b": {
          "one": {
            "digest": "0000000000000000000000000000000000000000000000000000000000000000",
            "verifiedAt": "2026-02-03T00:00:00Z",
            "how": "world:w",
            "target": "a:go",
            "tools": {
              "git": "2.39.5",
              "psql": "15.1"
            }
          }
        }
      }
    }
    "
  `);
  expect(readLedger(text)).toEqual({
    ledger: mergeLedger(emptyLedger, [verified("a", "two"), verified("b", "one")], known),
  });
});
