import { expect, test } from "vitest";
import { decodeSource } from "../../src/parse/decode-source.ts";

test("text is decoded, and a byte order mark dropped", () => {
  const bytes = new TextEncoder().encode("\uFEFF# Ä 🚀\r\n");
  expect(decodeSource("x.md", bytes)).toEqual({ value: "# Ä 🚀\r\n", diagnostics: [] });
});

test("several byte order marks are dropped, one in the text is kept", () => {
  const bytes = new TextEncoder().encode("\uFEFF\uFEFF# A\uFEFF");
  expect(decodeSource("x.md", bytes).value).toBe("# A\uFEFF");
});

test("an empty file is empty text", () => {
  expect(decodeSource("x.md", new Uint8Array())).toEqual({ value: "", diagnostics: [] });
});

test.each([
  ["a stray byte", [0x41, 0xff, 0x42], 1],
  ["a character cut off at the end", [0x41, 0xe2, 0x82], 1],
  ["a character cut off in the middle", [0x41, 0xe2, 0x82, 0x42], 1],
  ["Latin-1", [0x63, 0x61, 0x66, 0xe9, 0x20], 3],
  ["UTF-16 with its mark", [0xff, 0xfe, 0x23, 0x00], 0],
  ["an encoded surrogate", [0x41, 0x41, 0xed, 0xa0, 0x80], 2],
])("%s is told with its first bad byte", (_name, bytes, byteOffset) => {
  const { value, diagnostics } = decodeSource("runbooks/x.md", Uint8Array.from(bytes));
  expect(value).toBeUndefined();
  expect(diagnostics).toMatchObject([
    { code: "not-utf8", args: { byteOffset }, severity: "error", path: "runbooks/x.md" },
  ]);
});

test("the first bad byte is found in a long file too", () => {
  const bytes = new Uint8Array(100_000).fill(0x61);
  bytes[77_777] = 0xff;
  expect(decodeSource("x.md", bytes).diagnostics[0]?.args).toEqual({ byteOffset: 77_777 });
});
