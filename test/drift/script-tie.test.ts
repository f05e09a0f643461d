import { describe, expect, test } from "vitest";
import { judgeTie, readScriptPlace } from "../../src/drift/script-tie.ts";

const judge = (code: string, text: string, region?: string) =>
  judgeTie(
    { path: "runbooks/a.mdx", line: 10, code },
    { path: "s.sh", region },
    { kind: "text", text },
    [],
  );

test.each([
  ["scripts/a.sh", { path: "scripts/a.sh" }],
  ["./scripts//a.sh#b", { path: "scripts/a.sh", region: "b" }],
  ["a.sh#b#c", { path: "a.sh", region: "b#c" }],
  ["a.sh#", { path: "a.sh", region: "" }],
])("script=%s names a place", (value, place) => {
  expect(readScriptPlace(value)).toEqual(place);
});

describe("a block is its script", () => {
  test.each([
    ["a\nb", "#!/bin/sh\na\nb\n"],
    ["a\nb", "a\r\nb"],
    ["a\n\n  b", "\ta\n   \n\t  b\n"],
    ["  a", "a"],
    ["", "#!/bin/sh\n"],
  ])("%j and %j", (code, text) => {
    expect(judge(code, text)).toEqual({ kind: "in-sync" });
  });

  test.each([
    ["a ", "a"],
    ["a\tb", "a    b"],
    ["a\n\nb", "a\nb"],
    ["A", "a"],
    ["a", ""],
  ])("%j and %j differ", (code, text) => {
    expect(judge(code, text).kind).toBe("differs");
  });

  test("a difference names both files and has the numbers of both", () => {
    const text =
      "#!/bin/sh\n# opswright:begin r\n  a\n  # opswright:begin i\n  B\n  # opswright:end i\n  c\n# opswright:end r\n";
    expect(judge("a\nb\nc", text, "r")).toEqual({
      kind: "differs",
      line: 5,
      difference: [
        "--- runbooks/a.mdx",
        "+++ s.sh#r",
        "@@ -10,3 +3,3 @@",
        " a",
        "-b",
        "+B",
        " c",
      ].join("\n"),
    });
  });

  test("where the script ends first, the end is the place", () => {
    const text = "# opswright:begin r\na\n# opswright:end r\n";
    expect(judge("a\nb", text, "r")).toMatchObject({ kind: "differs", line: 3 });
  });
});

test("a file of the same name elsewhere is meant, else one of the folder with a name alike", () => {
  const missing = (path: string, files: readonly string[]) =>
    judgeTie({ path: "a.md", line: 1, code: "" }, { path }, { kind: "absent" }, files);
  expect(missing("s/backup.sh", ["ops/backup.sh", "s/bakcup.sh"])).toEqual({
    kind: "no-file",
    nearest: "ops/backup.sh",
  });
  expect(missing("s/backup.sh", ["x/y.sh", "s/bakcup.sh"])).toMatchObject({
    nearest: "s/bakcup.sh",
  });
});
