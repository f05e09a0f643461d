import { describe, expect, test } from "vitest";
import type { CaptureRule } from "../../src/model/fence-attributes.ts";
import { captureValues } from "../../src/run/capture-values.ts";

const json = (path: string): CaptureRule => ({ name: "X", from: "json", path });

describe("a captured value", () => {
  test.each<[string, CaptureRule, string, string]>([
    ["all of it", { name: "X", from: "text" }, "one\ntwo\n\n", "one\ntwo"],
    ["a group", { name: "X", from: "pattern", pattern: "id=(\\d+)" }, "id=7\n", "7"],
    ["a member", json(".a.b"), '{"a": {"b": "text"}}', "text"],
    ["an item", json(".items[1].id"), '{"items": [{}, {"id": 7}]}', "7"],
    ["a structure", json(".a"), '{"a": [1, true]}', "[1,true]"],
    ["a name with a dash", json(".x-y"), '{"x-y": false}', "false"],
  ])("is %s", async (_what, rule, output, value) => {
    expect(await captureValues([rule], output)).toEqual({ values: { X: value } });
  });

  test.each<[CaptureRule, string, string]>([
    [{ name: "X", from: "pattern", pattern: "no" }, "text", "/no/ matches nothing of the output."],
    [json(".a"), "text", "the output is no JSON ("],
    [json(".a.b"), '{"a": "b"}', "the output has no .a.b."],
    [json(".toString"), "{}", "the output has no .toString."],
    [json(".a"), '{"a": null}', ".a is null."],
    [{ name: "X", from: "text" }, "a\0b", "holds a zero byte"],
    [{ name: "X", from: "text" }, "db://[secret KEY]@x", "holds the secret KEY, which no record"],
    [{ name: "X", from: "text" }, "a".repeat(70_000), "longer than 65536 characters"],
  ])("is missing, and why: %o", async (rule, output, words) => {
    const capture = await captureValues([rule], output);
    expect("reason" in capture ? capture.reason : "").toContain(words);
  });
});
