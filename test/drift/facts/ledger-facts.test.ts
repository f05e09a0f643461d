import { expect, test } from "vitest";
import { ledgerFacts } from "../../../src/drift/facts/ledger-facts.ts";
import { emptyLedger, mergeLedger, renderLedger } from "../../../src/plan/merge-ledger.ts";
import { observeFacts } from "../observe-facts.ts";

const verification = {
  digest: "0".repeat(64),
  verifiedAt: "2026-02-03T00:00:00Z",
  how: "live",
  target: "a",
};
const text = renderLedger(
  mergeLedger(
    emptyLedger,
    [
      { runbook: "a", stepId: "one", verification },
      { runbook: "b", stepId: "two", verification },
    ],
    new Map(),
  ),
);

test("reads a ledger with the places of its entries", async () => {
  const { facts, problems } = await observeFacts(ledgerFacts, { "runbooks/.verified.json": text });
  expect(problems).toEqual([]);
  const [ledger] = facts.ledgers;
  expect(ledger?.path).toBe("runbooks/.verified.json");
  expect(ledger?.runbooks.get("b")?.get("two")).toEqual(verification);
  expect(ledger?.locate("b", "two")?.start).toMatchObject({ line: 13, column: 7 });
  // The entry of that name is another runbook's.
  expect(ledger?.locate("a", "two")).toBeUndefined();
  expect(ledger?.locate("c", "one")).toBeUndefined();
});

test("tells a broken ledger, and passes over another program's file of the name", async () => {
  const { facts, problems } = await observeFacts(ledgerFacts, {
    "runbooks/.verified.json": text.replace("{", "<<<<<<< HEAD\n{"),
    "web/.verified.json": "[1, 2]",
  });
  expect(facts.ledgers).toEqual([]);
  expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
    "repository/unreadable-file runbooks/.verified.json",
  ]);
});
