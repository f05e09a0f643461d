import { expect, test } from "vitest";
import { readWorld } from "../../src/drill/read-world.ts";
import { selectCases } from "../../src/drill/select-cases.ts";

const { value: world } = readWorld(
  "world.yaml",
  `title: T
setup: a
teardown: b
cases:
  - { name: one, target: deployment }
  - { name: two, target: "deployment:deploy" }
  - { name: three, target: "deployment:rollback" }
  - { name: constructor, target: deployment }
`,
);

/** The default procedure of `deployment` is `deploy`. */
function isSame(one: string, other: string): boolean {
  const full = (target: string): string => (target === "deployment" ? "deployment:deploy" : target);
  return full(one) === full(other);
}

function select(target: string, names: readonly string[], isAll: boolean): unknown {
  if (world === undefined) throw new Error("the world of this test is a valid one");
  const { chosen, others, unknown } = selectCases(world, target, names, isAll, isSame);
  return [chosen, others]
    .map((cases) => cases.map(({ name }) => name).join(" "))
    .concat(...unknown);
}

test.each<[string, readonly string[], boolean, readonly string[]]>([
  ["deployment", [], false, ["one", "two constructor"]],
  ["deployment:deploy", [], false, ["one", "two constructor"]],
  ["deployment", [], true, ["one two constructor", ""]],
  ["deployment", ["two"], false, ["two", "one constructor"]],
  ["deployment", ["constructor", "one"], false, ["one constructor", "two"]],
  ["deployment", ["three"], false, ["", "one two constructor", "three"]],
  ["deployment", ["two", "gone"], true, ["two", "one constructor", "gone"]],
  ["deployment:rollback", [], false, ["three", ""]],
  ["other", [], true, ["", ""]],
])("%s with %j (all: %s)", (target, names, isAll, expected) => {
  expect(select(target, names, isAll)).toEqual(expected);
});
