import { expect, test } from "vitest";
import { readLedger } from "../../src/parse/read-ledger.ts";

const entry = {
  digest: "0".repeat(64),
  verifiedAt: "2026-02-03T00:00:00Z",
  how: "live",
  target: "a",
};
const text = (one: unknown): string =>
  JSON.stringify({ schemaVersion: 1, runbooks: { a: { step: one } } });

test("reads a ledger", () => {
  expect(readLedger(text(entry))).toEqual({
    ledger: { schemaVersion: 1, runbooks: { a: { step: entry } } },
  });
});

test.each([
  ["<<<<<<< HEAD\n{}", /JSON/],
  ["", /JSON/],
  ["[]", /expected object/],
  [JSON.stringify({ schemaVersion: 2, runbooks: {} }), /^schemaVersion: /],
  [text({ ...entry, how: "by hand" }), /^runbooks\.a\.step\.how: /],
  [text({ ...entry, digest: "abc" }), /^runbooks\.a\.step\.digest: /],
  [text({ ...entry, by: "me" }), /^runbooks\.a\.step: .*"by"/],
])("says why %s is none", (broken, reason) => {
  expect(readLedger(broken)).toEqual({ reason: expect.stringMatching(reason) as string });
});
