import type { Expectation, OutputRating } from "../model/expectation.ts";
import type { PatternEngine } from "./pattern-engine.ts";
import { rateExpectation } from "./rate-expectation.ts";

/**
 * Rates the expected output of a document's commands, which are given in their order.
 *
 * A name that an output binds has its value in those behind it. The same each time; takes a few
 * milliseconds a command. No I/O.
 *
 * @example of three commands, one of which has the expected output `ready` →
 *   { commandCount: 3, expectedCount: 1, strength: 100 }
 */
export function rateSteps(
  commands: readonly { readonly expectation?: Expectation | undefined }[],
  engine: PatternEngine,
): OutputRating {
  const names = new Set<string>();
  const strengths: number[] = [];
  let expectedCount = 0;
  for (const { expectation } of commands) {
    if (expectation === undefined) continue;
    expectedCount += 1;
    const { strength } = rateExpectation(expectation, engine, names);
    if (strength !== undefined) strengths.push(strength);
    for (const [, name = ""] of expectation.text.matchAll(/\[\.\.(\w+)\.\.\]/g)) names.add(name);
  }
  const sum = strengths.reduce((total, one) => total + one, 0);
  return {
    commandCount: commands.length,
    expectedCount,
    strength: strengths.length === 0 ? undefined : Math.round(sum / strengths.length),
  };
}
