import type { OutputRating } from "../model/expectation.ts";
import { countNoun } from "./count-noun.ts";

/**
 * Says how much is known of what a document's commands print; empty where it has no commands. No I/O.
 *
 * @example describeRating({ commandCount: 3, expectedCount: 1, strength: 82 }) →
 *   "expected output: 1 of 3 commands, strength 82 of 100"
 */
export function describeRating({ commandCount, expectedCount, strength }: OutputRating): string {
  if (commandCount === 0) return "";
  const rated = strength === undefined ? "" : `, strength ${strength} of 100`;
  return `expected output: ${expectedCount} of ${countNoun(commandCount, "command")}${rated}`;
}
