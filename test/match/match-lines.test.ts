import { describe, expect, it } from "vitest";
import { matchLines } from "../../src/match/match-lines.ts";

function differ(expected: string, actual: string): string {
  const match = matchLines(expected, actual);
  if (match.isMatch) throw new Error("the texts match");
  return match.difference;
}

/** What `patch` does with one difference: the text that it makes of `before`. */
function applyDifference(before: readonly string[], difference: string): string[] {
  const result: string[] = [];
  let at = 0;
  for (const line of difference.split("\n")) {
    const header = /^@@ -(\d+)(?:,(\d+))? /.exec(line);
    if (header === null) {
      if (line.startsWith("-") || line.startsWith(" ")) expect(before[at]).toBe(line.slice(1));
      if (!line.startsWith("-")) result.push(line.slice(1));
      if (!line.startsWith("+")) at += 1;
      continue;
    }
    const start = Number(header[1]) - (header[2] === "0" ? 0 : 1);
    result.push(...before.slice(at, start));
    at = start;
  }
  return [...result, ...before.slice(at)];
}

describe("matchLines", () => {
  it.each([
    ["the same", "a\nb", "a\nb"],
    ["a line end at the end of one", "a\nb\n", "a\nb"],
    ["a line end at the end of the other", "a", "a\n"],
    ["nothing", "", ""],
    ["nothing and an empty line's end", "", "\n"],
  ])("accepts %s", (_, expected, actual) => {
    expect(matchLines(expected, actual)).toEqual({ isMatch: true, bound: {} });
  });

  it.each([
    ["another line", "ready", "not ready"],
    ["another order", "a\nb", "b\na"],
    ["a line less", "a\nb", "a"],
    ["a line more", "a", "a\nb"],
    ["nothing", "a", ""],
    ["something where nothing is expected", "", "a"],
    ["other case", "Ready", "ready"],
    ["a blank more", "a", "a "],
    ["a carriage return", "a\nb", "a\r\nb\r\n"],
    ["an empty line more at the end", "a", "a\n\n"],
    ["nearly the same", "deployed 1.2.3 to production", "deployed 1.2.4 to production"],
  ])("rejects %s", (_, expected, actual) => {
    expect(matchLines(expected, actual).isMatch).toBe(false);
  });

  it("shows what differs, with its lines and three around", () => {
    const before = ["1", "2", "3", "4", "five", "6", "7", "8", "9"].join("\n");
    const after = ["1", "2", "3", "4", "5", "5b", "6", "7", "8", "9"].join("\n");

    expect(differ(before, after)).toBe("@@ -2,7 +2,8 @@\n 2\n 3\n 4\n-five\n+5\n+5b\n 6\n 7\n 8");
  });

  it("shows places that are far apart by themselves", () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);
    const changed = lines.with(2, "other 3").with(25, "other 26");

    const headers = differ(lines.join("\n"), changed.join("\n"))
      .split("\n")
      .filter((line) => line.startsWith("@@"));

    expect(headers).toEqual(["@@ -1,6 +1,6 @@", "@@ -23,7 +23,7 @@"]);
  });

  it("names an empty side as diff does", () => {
    expect(differ("", "a\nb")).toBe("@@ -0,0 +1,2 @@\n+a\n+b");
    expect(differ("a", "")).toBe("@@ -1 +0,0 @@\n-a");
  });

  it("makes visible what cannot be seen", () => {
    expect(differ("ok", "ok  \t")).toBe("@@ -1 +1 @@\n-ok\n+ok␠␠␉");
    expect(differ("ok", "ok\r")).toBe("@@ -1 +1 @@\n-ok\n+ok\\r");
    expect(differ("ok", "\u001b[32mok\u001b[0m\0")).toBe(
      "@@ -1 +1 @@\n-ok\n+\\x1b[32mok\\x1b[0m\\x00",
    );
  });

  it("keeps in common the most that can be", () => {
    const difference = differ("a\nb\nc\nd\ne", "b\nc\nx\ne\nf");

    expect(difference.split("\n").filter((line) => line.startsWith(" "))).toEqual([
      " b",
      " c",
      " e",
    ]);
  });

  it("gives a difference that makes the one text of the other", () => {
    // A small generator with a fixed seed: the same texts in each run.
    let seed = 42;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let round = 0; round < 300; round += 1) {
      const make = () => Array.from({ length: 1 + random(25) }, () => `w${random(5)}`);
      const [before, after] = [make(), make()];
      const match = matchLines(before.join("\n"), after.join("\n"));
      if (match.isMatch) expect(before).toEqual(after);
      else expect(applyDifference(before, match.difference)).toEqual(after);
    }
  });

  it("copes with very large texts, and shows no more of them than is of use", () => {
    const before = Array.from({ length: 200_000 }, (_, index) => `before ${index}`);
    const after = Array.from({ length: 200_000 }, (_, index) => `after ${index}`);

    const lines = differ(["same", ...before].join("\n"), ["same", ...after].join("\n")).split("\n");

    expect(lines).toHaveLength(401);
    expect(lines.slice(0, 3)).toEqual(["@@ -1,200001 +1,200001 @@", " same", "-before 0"]);
    expect(lines.at(-1)).toBe("… and 399602 more lines of difference");
  });
});
