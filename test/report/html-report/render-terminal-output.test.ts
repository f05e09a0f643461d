import { expect, test } from "vitest";
import {
  makeReadable,
  measureContrast,
  type Rgb,
} from "../../../src/report/html-report/readable-colour.ts";
import {
  createColourClasses,
  renderTerminalOutput,
} from "../../../src/report/html-report/render-terminal-output.ts";
import { applySgr, plainStyle } from "../../../src/report/html-report/terminal-style.ts";

test.each([
  ["31", { foreground: [205, 0, 0] }],
  ["97;104", { foreground: [255, 255, 255], background: [92, 92, 255] }],
  ["38;5;9", { foreground: [255, 0, 0] }],
  ["38;5;208", { foreground: [255, 135, 0] }],
  ["48;5;244", { background: [128, 128, 128] }],
  ["38;2;1;2;3;1", { foreground: [1, 2, 3], isBold: true }],
  ["38;5;256", {}],
  ["38;2;1;2", {}],
  [
    "1;3;4;7;9",
    { isBold: true, isItalic: true, isUnderlined: true, isInverse: true, isStruck: true },
  ],
  ["1;31;0", {}],
  ["1;;31", { foreground: [205, 0, 0] }],
  ["5;53;999", {}],
])("SGR %s is read as a terminal reads it", (parameters, expected) => {
  expect(applySgr(plainStyle, parameters)).toEqual({ ...plainStyle, ...expected });
});

test("colours last over lines, each line stands for itself, and nothing else acts", () => {
  const classes = createColourClasses();
  const lines = renderTerminalOutput(
    "plain\u001B[32mgreen\nstill\u001B[0m <b>\r\u001B[2K\u001B[7mback\u001B[27m\u001B]0;title\u0007",
    classes,
  );
  expect(lines).toEqual([
    'plain<span class="k0">green</span>',
    '<span class="k0">still</span> &#60;b&#62;',
    '<span class="k1">back</span>',
  ]);
  expect(classes.rules()).toMatch(
    /^\.k0\{color:light-dark\(#[0-9a-f]{6},#00cd00\)\}\n\.k1\{color:var\(--sunken\);background:var\(--ink\)\}$/u,
  );
});

test("any colour is made readable on any ground, and is kept where it can be read", () => {
  const levels = [0, 100, 205, 255];
  const colours = levels.flatMap((r) => levels.flatMap((g) => levels.map((b): Rgb => [r, g, b])));
  const unreadable = colours.flatMap((ground) =>
    colours.filter((colour) => measureContrast(makeReadable(colour, ground), ground) < 4.5),
  );
  expect(unreadable).toEqual([]);
  expect(makeReadable([205, 0, 0], [255, 255, 255])).toEqual([205, 0, 0]);
  expect(measureContrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
});
