import { describe, expect, test } from "vitest";
import { legalScripts } from "./legal-scripts.ts";
import { readShell, textAt } from "./read-fixture.ts";

describe("legal scripts", () => {
  test.each(legalScripts)("%j", (script) => {
    expect(readShell(script).syntaxErrors).toEqual([]);
  });
});

describe("errors", () => {
  test.each([
    ["echo 'a", "'"],
    ['echo "a\nb', '"a'],
    ["echo don't stop", "'"],
    ["x=$(a", "$("],
    ["echo `a", "`a"],
    ["echo ${az group list}", "${az group list}"],
    ["if a; then b", "if a; then b"],
    ["if a then b; fi", "if a then b; fi"],
    ["while a; do b", "while a; do b"],
    ["a | | b", "|"],
    ["a && && b", "&&"],
    ["foo (bar)", "("],
    [")", ")"],
    ["cat <<EOF\nx", "<<EOF"],
    ["[[ a", "[["],
    ["(a", "("],
    ["{ a", "{ a"],
    ["case x in a) b", "case x in a) b"],
    ["a > ", ""],
  ])("%j", (script, near) => {
    const { syntaxErrors } = readShell(script);
    expect(syntaxErrors.length).toBeGreaterThan(0);
    const first = syntaxErrors[0];
    expect(first && textAt(script, first).startsWith(near)).toBe(true);
  });
});

describe("scripts that do nothing", () => {
  test.each([
    ["# a\n\n  # b", true],
    ["", true],
    [" \n\t\n", true],
    ["#!/bin/bash", true],
    ["ls # a", false],
    ["# a\nls", false],
    ["\u200b# not a comment", false],
  ])("%j: %s", (script, expected) => {
    expect(readShell(script).isCommentOnly).toBe(expected);
  });
});
