import { expect, test } from "vitest";
import { explainMatchers } from "../../src/report/explain-matchers.ts";

const anyText = "any text, or none";
const pattern = "a regular expression";
const glob = "`*` stands for any text, `?` for one character";

test.each([
  ["ready\n(done)", {}],
  [
    "at [SHA] by [..]\n...",
    { "[SHA]": "a commit or a checksum", "[..]": anyText, "...": "any lines, or none" },
  ],
  ["[SHA]\n[SHA]", { "[SHA]": "a commit or a checksum" }],
  [
    "\\d+ (re)\n\\w+ (re*)",
    { "(re)": pattern, "(re*)": `${pattern}; any number of such lines, or none` },
  ],
  ["a* (glob)", { "(glob)": glob }],
  ["a* [..] (glob+)", { "[..]": anyText, "(glob+)": `${glob}; one such line or more` }],
  ["maybe (?)", { "(?)": "a line that may be missing" }],
  ["[..id..]", { "[..id..]": "any text, the same wherever this name stands" }],
  ["a\\tb (esc)", { "(esc)": String.raw`\t and the like stand for one character` }],
  ["no end (no-eol)\n[3]", { "(no-eol)": "no line end behind it", "[3]": "the exit code" }],
])("in the lines %j", (text, signs) => {
  const explained = explainMatchers({ match: "lines", text });
  expect(explained).toEqual(Object.entries(signs).map(([sign, meaning]) => ({ sign, meaning })));
});

test.each([
  ['{"status": "ready", "count": 3, "gone": null}', {}],
  [
    '{"id": "(uuid)", "at": "(time)", "n": "(number)"}',
    { "(uuid)": "a UUID", "(time)": "a time", "(number)": "any number" },
  ],
  [
    '{"version": "(re) v\\\\d+", "all": ["...", {"name": "[..]"}]}',
    { "(re)": pattern, "...": "any elements, or none", "[..]": anyText },
  ],
  ['{"literal": "(eq) (any)"}', {}],
  ["{", {}],
])("in the JSON %s", (text, signs) => {
  const explained = explainMatchers({ match: "json", text });
  expect(explained).toEqual(Object.entries(signs).map(([sign, meaning]) => ({ sign, meaning })));
});
