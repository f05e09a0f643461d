import { describe, expect, test } from "vitest";
import { inputTypes, type InputDefinition } from "../../src/model/front-matter.ts";
import { findInputProblem } from "../../src/plan/check-input-value.ts";

type Type = InputDefinition["type"];

describe("values that fit their type", () => {
  test.each<[Type, readonly string[]]>([
    ["string", ["", "a", "a b\nc", "$(rm -rf /)", "ä😀"]],
    ["int", ["0", "-5", "+7", "00012", "9".repeat(40)]],
    ["number", ["0", "-1.5", "1e3", ".5", "5.", "+2E-3"]],
    ["bool", ["true", "false"]],
    ["enum", ["a"]],
    [
      "url",
      [
        "https://example.org",
        "http://localhost:5000/a?b=c#d",
        "postgres://u:p@h/db",
        "s3://bucket/key",
      ],
    ],
    ["path", ["a", "/a/b c", "../x"]],
    [
      "git-ref",
      [
        "main",
        "a1b2c3d",
        "v1.0.0",
        "feature/x",
        "HEAD~2",
        "HEAD^^",
        "v1^{commit}",
        "main@{1}",
        "origin/main",
      ],
    ],
    ["duration", ["30s", "1h30m", "500ms"]],
    ["date", ["2026-02-03", "2024-02-29"]],
    ["secret", ["x", " "]],
    ["list", ["", "a", "a,b,c"]],
  ])("%s", (type, values) => {
    for (const value of values)
      expect([value, findInputProblem(value, { type })]).toEqual([value, undefined]);
  });
});

describe("values that do not", () => {
  test.each<[Type, readonly string[]]>([
    ["int", ["", "1.5", "a", "1e3", " 1", "0x10", "٣", "--1"]],
    ["number", ["", " 5 ", "0x10", "NaN", "Infinity", "1,5", ".", "e3", "1\n"]],
    ["bool", ["", "yes", "TRUE", "1"]],
    [
      "url",
      [
        "",
        "example.org",
        "//example.org",
        "javascript:alert(1)",
        "mailto:a@b",
        "https://",
        "https://a\nb",
        "https://a b",
      ],
    ],
    ["path", [""]],
    [
      "git-ref",
      [
        "",
        "-x",
        "--upload-pack=x",
        "a b",
        "a..b",
        "a\nb",
        "a:b",
        "a?",
        "a*",
        "a[b",
        "a\\b",
        "a//b",
        "@{-1}",
        "a\u0007",
      ],
    ],
    ["duration", ["", "30", "soon", "-5s"]],
    [
      "date",
      ["", "2026-02-30", "2025-02-29", "2026-13-01", "03.02.2026", "2026-2-3", "2026-02-03T00:00"],
    ],
    ["secret", [""]],
    ["string", ["a\0b"]],
    ["list", ["a\0"]],
  ])("%s", (type, values) => {
    for (const value of values) {
      expect([value, findInputProblem(value, { type })]).toEqual([value, expect.any(String)]);
    }
  });
});

describe("limits", () => {
  test.each<[string, Partial<InputDefinition>, string, string | undefined]>([
    ["a choice", { choices: ["a", 2] }, "2", undefined],
    ["no choice", { choices: ["a", 2] }, "b", "one of a, 2"],
    ["a choice of every object", { choices: ["a"] }, "constructor", "one of a"],
    ["a list of choices", { type: "list", choices: ["a", "b"] }, "b,a", undefined],
    ["a list with another", { type: "list", choices: ["a", "b"] }, "a,c", "one of a, b"],
    ["a pattern for the whole", { pattern: "v\\d+" }, "v12", undefined],
    ["a pattern for a part", { pattern: "v\\d+" }, "v12x", "text that matches v\\d+"],
    ["alternatives of a pattern", { pattern: "a|b" }, "ab", "text that matches a|b"],
    ["a pattern that is none", { pattern: "(" }, "x", "text that matches ("],
    ["at least", { type: "int", min: 3 }, "2", "at least 3"],
    ["at most", { type: "number", max: 3 }, "3.1", "at most 3"],
    ["within", { type: "int", min: 3, max: 5 }, "5", undefined],
    ["too short", { min: 3 }, "ab", "at least 3 characters"],
    ["too long", { max: 3 }, "abcd", "at most 3 characters"],
  ])("%s", (_name, definition, value, expected) => {
    expect(findInputProblem(value, { type: "string", ...definition })).toBe(expected);
  });
});

test("no reason ever holds the value", () => {
  const value = "hunter2-\0-secret";
  for (const type of inputTypes) {
    const reasons = [
      findInputProblem(value, { type }),
      findInputProblem("hunter2 \n", { type, choices: ["a"] }),
      findInputProblem("hunter2", { type, pattern: "x", min: 100, max: 200 }),
    ];
    for (const reason of reasons) expect(reason ?? "").not.toContain("hunter2");
  }
});
