import { describe, expect, test } from "vitest";
import { findBrokenCharacters } from "../../src/parse/find-broken-characters.ts";
import { createLineIndex } from "../../src/parse/line-index.ts";

function find(text: string): string[] {
  return findBrokenCharacters("x.md", text, createLineIndex(text)).map(({ args, span }) => {
    const at = `${span?.start.line ?? 0}:${span?.start.column ?? 0}`;
    return "meant" in args ? `${at} ${args.found} → ${args.meant}` : at;
  });
}

/** UTF-8 read as Windows-1252: what a wrong encoding makes of a text. */
function breakText(text: string): string {
  return new TextDecoder("windows-1252").decode(new TextEncoder().encode(text));
}

describe("broken text is found", () => {
  test.each([
    ["5â€“15 minutes", ["1:2 â€“ → –"]],
    ["Railway â€” auto", ["1:9 â€” → —"]],
    ["â€œquotedâ€\u009d", ["1:1 â€œ → “", "1:10 â€\u009d → ”"]],
    ["cafÃ©", ["1:4 Ã© → é"]],
    ["ðŸ”„ sync", ["1:1 ðŸ”„ → 🔄"]],
    ["âš\u00A0ï¸\u008F", ["1:1 âš\u00A0 → ⚠", "1:4 ï¸\u008F → \uFE0F"]],
    ["3\u00C2\u00A0GB", ["1:2 \u00C2\u00A0 → \u00A0"]],
    ["â”‚ â””â”€ a", ["1:1 â”‚ → │", "1:5 â”” → └", "1:8 â”€ → ─"]],
    ["a\nb\r\nRailway â†’ Project", ["3:9 â†’ → →"]],
  ])("%j", (text, expected) => {
    expect(find(text)).toEqual(expected);
  });

  test.each([
    ..."—–“’…€→✅≥✓•°£·×©™éàçöüñßÉÖÜÑ🚀".matchAll(/./gu).map(([character]) => character),
    "\uFEFF",
    "\uFFFD",
  ])("%s, broken within words", (character) => {
    const [found] = find(`xa${breakText(character)}b`);
    expect(found).toMatch(new RegExp(`→ ${character}$`, "u"));
  });
});

describe("real text gives no alarm", () => {
  test.each([
    ["Portuguese capitals", "NÃO PARE. SÃO PAULO, AMANHÃ, CORAÇÃO, AÇÕES"],
    [
      "Portuguese capitals before closing marks",
      "“AMANHÃ” AMANHÃ… «AMANHû AMANHÃ—HOJE AMANHÃ\u00A0!",
    ],
    ["Portuguese small letters before closing marks", "«manhã…» “manhã…” (manhã)"],
    ["French", "Âge, ÂGE, forêt, Château, « à », ça, où, Noël, œuvre"],
    [
      "French with hard spaces in quotation marks",
      "«\u00A0café\u00A0» «\u00A0à\u00A0» né\u00A0» déjà\u00A0»",
    ],
    ["Spanish and Italian before closing marks", "«¿Qué pasó?…» «qué…» “perché…” è…» señor »"],
    ["Turkish", "“belâ…” kâğıt"],
    ["Romanian", "RÂȘNOV, România, când"],
    ["German", "„Straße“ – Größe, Übergröße, ÄÖÜß"],
    ["Polish", "Zażółć gęślą jaźń"],
    ["Vietnamese", "Đường dẫn ấm, ĐÂY LÀ ÂM, TRÃI"],
    ["Icelandic", "Það er ðe ÐÞ, íslensk…”"],
    ["Japanese", "こんにちは世界、データベースを再起動します。"],
    ["emoji", "🚀 ⚠️ ✅ 👩‍💻 🇫🇷"],
    ["box drawing", "├── src\n│   └── a.ts\n└── b"],
    ["a lone â€", "the bytes â€ and â€ alone"],
    ["a letter in quotes", "the letter “Ô or (Â) or 'Ã’"],
    ["signs", "20 °C ± 3 £ § © ® « » ¿ ¡"],
    ["control characters and lone surrogates", "\u0000 \uD83D x \uDE00 Ã"],
  ])("%s", (_language, text) => {
    expect(find(text)).toEqual([]);
  });

  test("in ASCII of any length, in linear time", () => {
    expect(find("plain text\n".repeat(50_000))).toEqual([]);
  });
});

test("a long text of nothing but broken characters is all found", () => {
  expect(find("â€”".repeat(20_000))).toHaveLength(20_000);
});
