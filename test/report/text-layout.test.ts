import { describe, expect, test } from "vitest";
import { measureDisplayWidth } from "../../src/report/display-width.ts";
import { clipLine, padCells, wrapText, wrapWithIndent } from "../../src/report/text-layout.ts";

describe("the width of a text", () => {
  test.each([
    ["plain", 5],
    ["漢字", 4],
    ["e\u0301", 1],
    ["👨‍👩‍👧", 2],
    ["❤️", 2],
    ["🇩🇪", 2],
    ["한글", 4],
    ["\u001B[31mred\u001B[0m", 3],
    ["✓ … │", 5],
    ["", 0],
  ])("%s takes %i cells", (text, width) => {
    expect(measureDisplayWidth(text)).toBe(width);
  });
});

describe("clipping", () => {
  test("leaves what fits and cuts what does not", () => {
    expect(clipLine("deployment", 10)).toBe("deployment");
    expect(clipLine("deployment", 6)).toBe("deplo…");
    expect(clipLine("漢字漢字", 5)).toBe("漢字…");
    expect(clipLine("漢字漢字", 4)).toBe("漢…");
  });
});

describe("wrapping", () => {
  test("breaks between words and divides those that are too long", () => {
    expect(wrapText("Deploy the new version", 10)).toEqual(["Deploy the", "new", "version"]);
    expect(wrapText("https://example.org/very/long ok", 10)).toEqual([
      "https://ex",
      "ample.org/",
      "very/long",
      "ok",
    ]);
  });

  test("keeps the text's own lines and loses no character", () => {
    expect(wrapText("a\n\nb", 10)).toEqual(["a", "", "b"]);
    const text = "Die 配備 wird 👨‍👩‍👧 heute Nacht durchgeführt";
    for (const columns of [1, 2, 3, 7, 20]) {
      const lines = wrapText(text, columns);
      expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      for (const line of lines)
        expect(measureDisplayWidth(line)).toBeLessThanOrEqual(Math.max(2, columns));
    }
  });

  test("puts nothing between the parts of a word that it divides, behind a prefix too", () => {
    const url = "postgresql://postgres:postgres@localhost:5432/ip2a";
    for (const columns of [20, 30, 40]) {
      const lines = wrapWithIndent("  DATABASE  ", `${url} (default)`, columns);
      const text = lines.map((line) => line.trim()).join("");
      expect(text).toContain(url.slice(10));
      for (const line of lines) expect(measureDisplayWidth(line)).toBeLessThanOrEqual(columns);
    }
  });

  test("leaves no blanks at the end of a line", () => {
    expect(wrapText("Roll back  change", 10)).toEqual(["Roll back", "change"]);
  });

  test("hangs what follows below the first line's text", () => {
    expect(wrapWithIndent("= help: ", "Remove it, or correct its name.", 24)).toEqual([
      "= help: Remove it, or",
      "        correct its",
      "        name.",
    ]);
  });
});

test("padding counts cells", () => {
  expect(padCells("漢", 4)).toBe("漢  ");
  expect(padCells("7", 3, "right")).toBe("  7");
  expect(padCells("long", 2)).toBe("long");
});
