import { expect, test } from "vitest";
import { factValueFacts, type FactValue } from "../../../src/drift/facts/fact-value-facts.ts";
import { resolveKey } from "../../../src/drift/facts/resolve-key.ts";
import { observeFacts } from "../observe-facts.ts";

const files = {
  VERSION: "\t1.2.3\r\n",
  "LONG.txt": "x".repeat(2001),
  "data.json": '{ "a.b": { "c": [true, { "d": 1.50 }] }, "e": null, "v": "é" }',
  "broken.json": "{",
  "many.yaml": 'first: 1\n---\nport: 0x1F\ntext: "a b"\nlong: |\n  one\n  two\n',
  "x.toml": "a.b = 'c'\n[t]\nn = 1_000 # comment\nd = 2026-02-03\n",
  "note.txt": "a: b\n",
  "app/VERSION": "9\n",
};

async function lookUp(of: string, subject = ""): Promise<FactValue> {
  const commands = { heads: "0004\n", routes: '{ "health": "/health" }' };
  const { facts } = await observeFacts(factValueFacts, files, { subject, commands });
  return facts.lookUp(of);
}

test.each([
  ["VERSION", "1.2.3", undefined],
  ["./VERSION", "1.2.3", undefined],
  ["data.json#a.b.c.0", "true", 1],
  ["data.json#a.b.c.1.d", "1.50", 1],
  ["data.json#v", "é", 1],
  ["many.yaml#port", "0x1F", 3],
  ["many.yaml#text", "a b", 4],
  ["many.yaml#long", "one\ntwo", 5],
  ["x.toml#a.b", "c", 1],
  ["x.toml#t.n", "1_000", 3],
  ["x.toml#t.d", "2026-02-03", 4],
  ["command:heads", "0004", undefined],
  ["command:routes#health", "/health", undefined],
])("%s is %s", async (of, text, line) => {
  const value = await lookUp(of);
  expect(value).toMatchObject({ kind: "value", text });
  expect(value.kind === "value" ? value.span?.start.line : 0).toBe(line);
});

test("a number counts in the form of its file and of its parser", async () => {
  expect(await lookUp("data.json#a.b.c.1.d")).toMatchObject({ forms: ["1.50", "1.5"] });
});

test.each([
  ["gone.json#a", "file", undefined],
  ["dta.json#a", "file", "data.json"],
  ["../VERSION", "file", "VERSION"],
  ["/VERSION", "file", "VERSION"],
  ["data.json#a.b.k", "key", undefined],
  ["data.json#__proto__", "key", undefined],
  ["many.yaml#fisrt", "key", "first"],
  ["command:head", "command", "heads"],
])("%s has no such %s", async (of, what, nearest) => {
  expect(await lookUp(of)).toMatchObject({ kind: "missing", what, nearest });
});

test.each([
  "data.json#e",
  "data.json#a.b",
  "broken.json#a",
  "note.txt#a",
  "LONG.txt",
  "command:heads#a",
])("%s is not judged", async (of) => {
  expect(await lookUp(of)).toMatchObject({ kind: "unjudged" });
});

test("a subject's own file comes before the root's", async () => {
  expect(await lookUp("VERSION", "app")).toMatchObject({ text: "9", path: "app/VERSION" });
  expect(await lookUp("data.json#v", "app")).toMatchObject({ path: "data.json" });
});

test("a long path through keys with dots ends soon", () => {
  let data: unknown = "x";
  for (let depth = 0; depth < 12; depth += 1) data = { a: data, "a.a": data };
  expect(resolveKey(data, `${"a.".repeat(15)}b`)).toMatchObject({
    kind: "missing",
  });
  expect(resolveKey(data, "a.".repeat(1000))).toMatchObject({ kind: "missing" });
});
