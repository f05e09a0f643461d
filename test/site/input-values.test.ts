import { expect, test } from "vitest";
import type { InputDefinition } from "../../src/model/front-matter.ts";
import { judgeValue, readAddress, writeAddress } from "../../src/site/browser/input-values.ts";
import { localIsoTime } from "../../src/site/browser/local-iso-time.ts";
import { parseRunRecord } from "../../src/site/browser/run-record.ts";
import { reportRun } from "../../src/site/browser/run-report.ts";

const definitions = new Map<string, InputDefinition>([
  ["VERSION", { type: "string" }],
  ["COUNT", { type: "int", default: 2, min: 1 }],
  ["TOKEN", { type: "secret" }],
]);

test("an address carries what is declared and no secret, the fragment's value first", () => {
  const address = {
    search: "?VERSION=v1&COUNT=3&TOKEN=x&__proto__=y&OTHER=z",
    hash: "#inputs?VERSION=a%20b%26c",
  };
  expect([...readAddress(address, definitions)]).toEqual([
    ["VERSION", "a b&c"],
    ["COUNT", "3"],
  ]);
  expect([...readAddress({ search: "", hash: "#step-push?VERSION=v1" }, definitions)]).toEqual([]);
  expect([...readAddress({ search: "?VERSION=%E0%A4%A", hash: "" }, definitions)]).toHaveLength(1);
});

test("what is written into an address is read again, and defaults and secrets are not written", () => {
  const values = new Map([
    ["VERSION", "a b&c=d#e'\"<\u{1F600}"],
    ["COUNT", "2"],
    ["TOKEN", "hunter2"],
  ]);
  const written = writeAddress("?from=pager&VERSION=old", values, definitions);
  expect(written).toMatch(/^\?from=pager#inputs\?VERSION=/);
  expect(written).not.toContain("hunter2");
  const url = new URL(written, "https://example.org/runbooks/x/");
  expect([...readAddress(url, definitions)]).toEqual([["VERSION", values.get("VERSION")]]);
});

test.each([
  ["0", "COUNT", "Expected at least 1."],
  ["two", "COUNT", "Expected a whole number."],
  ["7", "COUNT", undefined],
  ["a\u0003b", "VERSION", "It holds characters that cannot be seen."],
  ["a\u202Eb", "VERSION", "It holds characters that cannot be seen."],
  ["a\nb", "VERSION", "It holds characters that cannot be seen."],
])(
  "a value is judged as the command line judges it, and must be seen: %j",
  (value, name, problem) => {
    expect(judgeValue(value, definitions.get(name)!)).toBe(problem);
  },
);

test("a moment is written as the clock here shows it", () => {
  const now = new Date();
  const written = localIsoTime(now);
  expect(written).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
  expect(new Date(written).getTime()).toBe(Math.floor(now.getTime() / 1000) * 1000);
});

test.each(["", "null", "[]", "{", '{"marks":[1],"notes":5}', '{"marks":{"a":1}}'])(
  "what is no record of a run is an empty one: %s",
  (text) => {
    expect(parseRunRecord(text)).toEqual({ marks: {}, notes: {} });
  },
);

test("a run is reported without markup of the runbook's or the reader's", () => {
  const report = reportRun({
    title: "Deploy <script> @team",
    link: "https://example.org/runbooks/x/#inputs?V=<b>",
    digest: "0123456789abcdef",
    procedure: "Roll [back](x)",
    inputs: [["V", "a`b"]],
    steps: [
      { title: "One *bold*", time: "T1", note: "saw\n\n# nothing" },
      { title: "Two", note: undefined },
    ],
  });
  expect(report.split("\n")).toEqual([
    String.raw`# Deploy \<script\> @<!-- -->team`,
    "",
    "- Runbook: <https://example.org/runbooks/x/#inputs?V=%3Cb%3E> (version 0123456789ab)",
    String.raw`- Procedure: Roll \[back\](x)`,
    "- `V`: `a'b`",
    "- Done: 1 of 2 steps",
    "- From T1 to T1",
    "",
    String.raw`- [x] T1 One \*bold\*`,
    "  > saw  ",
    String.raw`  > \# nothing  `,
    "- [ ] Two",
    "",
  ]);
});
