import { describe, expect, test } from "vitest";
import { rateSteps } from "../../src/match/rate-steps.ts";
import { re2Engine } from "../../src/match/re2-engine.ts";
import type { Expectation } from "../../src/model/expectation.ts";

const place = { offset: 0, line: 1, column: 1 };

function command(text?: string): { readonly expectation?: Expectation | undefined } {
  if (text === undefined) return {};
  const codeSpan = { start: place, end: place };
  return { expectation: { match: "lines", stream: "stdout", text, codeSpan } };
}

describe("the strength of a document", () => {
  test("is the mean of its expected outputs, however many commands have none", () => {
    const strong = rateSteps([command("ready")], re2Engine).strength ?? 0;
    expect(strong).toBeGreaterThan(80);
    expect(rateSteps([command(), command("ready"), command("...")], re2Engine)).toEqual({
      commandCount: 3,
      expectedCount: 2,
      strength: Math.round(strong / 2),
    });
  });

  test("is none where no output is expected", () => {
    expect(rateSteps([command(), command()], re2Engine)).toEqual({
      commandCount: 2,
      expectedCount: 0,
      strength: undefined,
    });
  });

  test("counts a name as known behind the output that binds it", () => {
    const first = rateSteps([command("id [..id..]")], re2Engine).strength ?? 0;
    const both = rateSteps([command("id [..id..]"), command("id [..id..]")], re2Engine);
    expect(both.strength ?? 0).toBeGreaterThan(first);
  });
});
