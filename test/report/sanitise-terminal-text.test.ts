import { describe, expect, test } from "vitest";
import {
  escapeControlCharacters,
  escapeToLine,
  sanitiseProgramOutput,
} from "../../src/report/sanitise-terminal-text.ts";

const escape = "\u001B";

test("the name of a file stays in its line", () => {
  expect(escapeToLine("a\n::error::\tb\u001B[8m.md")).toBe(
    String.raw`a\x0a::error::\x09b\x1b[8m.md`,
  );
});

describe("words of a document", () => {
  test.each([
    ["an escape sequence", `a${escape}[8mb`, String.raw`a\x1b[8mb`],
    ["a carriage return", "rm -rf /\rls", String.raw`rm -rf /\x0dls`],
    ["a backspace and a bell", "a\bb\u0007", String.raw`a\x08b\x07`],
    ["a C1 control", "a\u009B2Jb", String.raw`a\x9b2Jb`],
    ["a turn of direction", "a\u202Eb\u2066c", String.raw`a\u202eb\u2066c`],
    ["a character without width", "\u200B# not a comment", String.raw`\u200b# not a comment`],
    ["a byte order mark and a soft hyphen", "\uFEFFa\u00ADb", String.raw`\ufeffa\xadb`],
    ["tag characters", "a\u{E0041}", String.raw`a\u{e0041}`],
    ["a joiner between letters of ASCII", "su\u200Ddo", String.raw`su\u200ddo`],
    ["half of a surrogate pair", "a\uD800b", String.raw`a\ud800b`],
  ])("%s is made visible", (_what, text, shown) => {
    expect(escapeControlCharacters(text)).toBe(shown);
  });

  test.each([
    ["lines and tabs", "a\n\tb"],
    ["a family of emoji", "👨\u200D👩\u200D👧"],
    ["an emoji in its own colours", "❤\uFE0F"],
    ["Persian with a non-joiner", "می\u200Cخواهم"],
    ["text of many scripts", "déploiement 配備 развёртывание ✓"],
  ])("%s stay as they are", (_what, text) => {
    expect(escapeControlCharacters(text)).toBe(text);
  });
});

describe("output of a program", () => {
  const plain = (text: string) => sanitiseProgramOutput(text, { keepsColours: false });
  const coloured = (text: string) => sanitiseProgramOutput(text, { keepsColours: true });

  test.each([
    ["moving and erasing", `${escape}[2J${escape}[1;1Hhere${escape}[K`, "here"],
    ["the title, ended by BEL", `${escape}]0;owned\u0007text`, "text"],
    ["the title, ended by ST", `${escape}]2;owned${escape}\\text`, "text"],
    ["a link", `${escape}]8;;https://evil.example${escape}\\safe${escape}]8;;${escape}\\`, "safe"],
    ["the clipboard", `${escape}]52;c;cm0=\u0007done`, "done"],
    ["a title that never ends", `${escape}]0;rest of the line\nnext`, "\nnext"],
    ["a device control string", `${escape}Pq#0${escape}\\text`, "text"],
    ["C1 forms", "\u009B2J\u009D0;owned\u009Ctext", "text"],
    ["a reset of the terminal", `${escape}ctext`, "text"],
    ["another character set", `${escape}(0text${escape}(B`, "text"],
    ["an unfinished sequence", `text${escape}[3`, "text"],
    ["a lone escape at the end", `text${escape}`, "text"],
    ["bells", "a\u0007b", "ab"],
  ])("loses %s", (_what, text, shown) => {
    expect(plain(text)).toBe(shown);
    expect(coloured(text)).toBe(shown);
  });

  test("shows what deceives", () => {
    expect(plain("paid\u202E001")).toBe(String.raw`paid\u202e001`);
    expect(plain("secret\b\b\b\b\b\bpublic")).toBe(
      String.raw`secret\x08\x08\x08\x08\x08\x08public`,
    );
  });

  test("keeps colours where asked, and only colours", () => {
    const text = `${escape}[1;31mred${escape}[0m ${escape}[38;5;208morange${escape}[48;2;1;2;3m`;
    expect(coloured(text)).toBe(text);
    expect(plain(text)).toBe("red orange");
  });

  test("keeps no colour that hides text, and nothing that only looks like colours", () => {
    expect(coloured(`${escape}[8mhidden${escape}[31;8mred`)).toBe(`hidden${escape}[31mred`);
    expect(coloured(`${escape}[?25lx${escape}[>4;2my${escape}[38:5:1mz`)).toBe("xyz");
    // The 8 is a colour's number here, not the attribute that hides.
    expect(coloured(`${escape}[38;5;8mgrey`)).toBe(`${escape}[38;5;8mgrey`);
    expect(coloured(`${escape}[38;9;1mx`)).toBe("x");
  });

  test("takes time in step with the length of a hostile text", () => {
    const text = `${escape}]`.repeat(50_000) + `${escape}[`.repeat(50_000) + "\nend";
    expect(plain(text)).toBe("\nend");
  });
});
