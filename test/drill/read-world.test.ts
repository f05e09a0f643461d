import { describe, expect, test } from "vitest";
import { readWorld } from "../../src/drill/read-world.ts";
import { describeProblems } from "../parse/describe-problems.ts";

const path = "runbooks/_worlds/w/world.yaml";
const whole = `title: A world
summary: One sentence.
dir: app
requires: { git: { version: ">=2.30" } }
provision: ./provision
setup: ./setup
teardown: ./teardown
standIns: { railway: deploys to a folder }
environment: { PORT: 5000, DEBUG: false, NAME: x }
allow: [destructive]
answers:
  manual: done
  steps: { tell: done, check: { run: ./check }, push: no, look: { answer: failed, note: red } }
cases:
  - name: deploy
    target: deployment:deploy
    inputs: { METHOD: automatic }
    expect: { outcome: rolled-back, step: push }
`;

test("a world is read, with its defaults", () => {
  expect(readWorld(path, whole).diagnostics).toEqual([]);
  const small = "title: T\nsetup: a\nteardown: b\ncases: [{ name: c, target: d }]\n";
  expect(readWorld(path, small)).toEqual({
    value: { title: "T", dir: ".", setup: "a", teardown: "b", cases: [{ name: "c", target: "d" }] },
    diagnostics: [],
  });
});

describe("what is wrong is told at its place", () => {
  test.each([
    ["no world", "", ["configuration-syntax"], /expected object/],
    ["a list", "- a\n", ["configuration-syntax"], /expected object/],
    ["a key twice", "title: T\ntitle: U\n", ['configuration-syntax 2:1 "title"'], /twice/],
    ["an open list", "cases: [", ["configuration-syntax 1:9"], /./],
    ["an unknown key", whole.replace("summary", "sumary"), ["configuration-syntax"], /sumary/],
    ["no setup", whole.replace("setup: ./setup\n", ""), ["configuration-syntax"], /setup/],
    [
      "a name with blanks",
      whole.replace("name: deploy", "name: De ploy"),
      ['configuration-syntax 15:5 "name"'],
      /cases\.0\.name/,
    ],
    [
      "an unknown outcome",
      whole.replace("rolled-back", "undone"),
      ['configuration-syntax 18:15 "outcome"'],
      /cases\.0\.expect\.outcome/,
    ],
    [
      "no cases",
      whole.slice(0, whole.indexOf("cases:")) + "cases: []\n",
      ['configuration-syntax 14:1 "cases"'],
      /cases/,
    ],
    [
      "a variable that no shell has",
      whole.replace("PORT", "PO-RT"),
      ['configuration-syntax 9:16 "PO-RT"'],
      /PO-RT/,
    ],
    [
      "aliases that multiply",
      `a: &a [${"x,".repeat(9)}]\nb: &b [${"*a,".repeat(9)}]\nc: &c [${"*b,".repeat(9)}]\nd: [${"*c,".repeat(9)}]\n`,
      ["configuration-syntax 1:1"],
      /alias/,
    ],
    ["lists in each other", `a: ${"[".repeat(5000)}\n`, ["configuration-syntax"], /./],
  ])("%s", (_name, text, expected, reason) => {
    const { value, diagnostics } = readWorld(path, text);
    expect(value).toBeUndefined();
    const problems = describeProblems(diagnostics, text);
    expect(problems.length).toBeGreaterThan(0);
    for (const [index, one] of expected.entries())
      expect(problems[index]?.startsWith(one)).toBe(true);
    expect(diagnostics[0]).toMatchObject({ severity: "error", path });
    expect(diagnostics[0]?.args).toHaveProperty("reason", expect.stringMatching(reason));
  });
});
