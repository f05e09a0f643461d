import { describe, expect, it, test } from "vitest";
import { matchText } from "../../src/match/match-output.ts";
import { re2Engine } from "../../src/match/re2-engine.ts";
import { cramCases } from "./cram-cases.ts";
import { ownCases } from "./own-cases.ts";
import { scrutCases } from "./scrut-cases.ts";
import { trycmdCases } from "./trycmd-cases.ts";

const tables = { cram: cramCases, scrut: scrutCases, trycmd: trycmdCases, own: ownCases };

describe.each(Object.entries(tables))("%s", (_tool, cases) => {
  it.each(cases.map((row) => [`${row.match ?? "lines"}: ${row.name}`, row] as const))(
    "%s",
    (_name, { expected, output, match = "lines", ansi, isMatch }) => {
      const result = matchText({ text: expected, match, ansi }, output, re2Engine, {
        directory: "/srv/app",
      });
      expect(result.isMatch ? "" : result.difference).toEqual(isMatch ? "" : expect.any(String));
      expect(result.isMatch).toBe(isMatch);
      // What is said of a difference shows one.
      if (!result.isMatch) expect(result.difference).toMatch(/^[-+\\]/m);
    },
  );
});

test("the tables are long enough, and say where and why we differ", () => {
  const others = [...cramCases, ...scrutCases, ...trycmdCases];
  expect(others.length).toBeGreaterThanOrEqual(150);
  const different = others.filter(({ differs }) => differs !== undefined);
  expect(different.length).toBeGreaterThan(5);
  for (const { differs = "" } of different) expect(differs.length).toBeGreaterThan(10);
  for (const cases of Object.values(tables)) {
    const names = cases.map(({ match = "lines", ansi = "", name }) => `${match}${ansi} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  }
});
