import { describe, expect, it } from "vitest";
import { OutputSample } from "../../src/match/output-sample.ts";

const lineOf = (text: string) => ({ raw: text, text, hasLineEnd: true, isCut: false });

function sampleOf(count: number, headCharacters: number, text = "x".repeat(9)) {
  const sample = new OutputSample(headCharacters);
  for (let index = 0; index < count; index += 1) sample.push(lineOf(text));
  return sample.rows();
}

describe("a sample of an output", () => {
  it("is all of a short one", () => {
    expect(sampleOf(3, 100).map(({ kind, number }) => [kind, number])).toEqual([
      ["line", 1],
      ["line", 2],
      ["line", 3],
    ]);
    expect(sampleOf(0, 100)).toEqual([]);
  });

  it("is the beginning and the end of a long one, with what is between as a number", () => {
    const rows = sampleOf(1_000_000, 50);

    expect(rows).toHaveLength(5 + 1 + 200);
    expect(rows[5]).toEqual({ kind: "gap", number: 6, count: 999_795 });
    expect(rows.at(-1)).toMatchObject({ kind: "line", number: 1_000_000 });
  });

  it("has no more characters of long lines than of short ones", () => {
    const rows = sampleOf(100, 50, "x".repeat(50_000));
    const lines = rows.filter(({ kind }) => kind === "line");

    expect(lines.length).toBeLessThan(5);
    expect(rows.reduce((sum, row) => sum + (row.kind === "gap" ? row.count : 1), 0)).toBe(100);
  });
});
