import { expect, test } from "vitest";
import { readShell } from "./read-fixture.ts";

/** What stands behind the end of the subshell that the command called `cd` runs in. */
function behindScope(script: string): string | undefined {
  const end = readShell(script).commands.find(({ name }) => name === "cd")?.scopeEnd;
  return end === undefined ? undefined : script.slice(end);
}

test.each([
  ["cd a\nmake", undefined],
  ["{ cd a; }; make", undefined],
  ["if true; then cd a; fi; make", undefined],
  ["eval 'cd a'; make", undefined],
  ["(cd a && make); make", "; make"],
  ["( (cd a); make ); make", "; make ); make"],
  ["x=$(cd a; pwd); make", "; make"],
  ['echo "$(cd a && pwd)"; make', '"; make'],
  ["diff <(cd a; ls) b", " b"],
  ["ls | while read -r x; do cd a; done; make", "; make"],
  ["f() { cd a; }; make", "; make"],
  ["bash -c 'cd a; ls'; make", "; make"],
  ['sudo sh -c "cd a; echo \\"x\\"" && make', " && make"],
  ["bash <<EOF\ncd a\nls\nEOF\nmake", "EOF\nmake"],
])("what `cd` changes ends: %j", (script, behind) => {
  expect(behindScope(script)).toBe(behind);
});

/** Names of the commands whose failure the script expects. */
function toleratedIn(script: string): readonly string[] {
  return readShell(script)
    .commands.filter(({ isTolerated }) => isTolerated === true)
    .map(({ name }) => name);
}

test.each([
  ["a; b && c", []],
  ["a || true", ["a"]],
  ["a && b || c", ["a", "b"]],
  ["a || b || c", ["a", "b"]],
  ["if a; then b; else c; fi", ["a"]],
  ["if a; then b; elif c; then d; fi", ["a", "c"]],
  ["while a; do b; done", ["a"]],
  ["a | b || c", ["a", "b"]],
  ["sudo a || true", ["sudo", "a"]],
  ["sh -c 'a; b' || true", ["sh", "a", "b"]],
  ["a || exit 1", []],
  ["a || { echo no; return 1; }", []],
])("what may fail in %j", (script, names) => {
  expect(toleratedIn(script)).toEqual(names);
});
