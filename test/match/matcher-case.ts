import type { MatchMode } from "../../src/model/expectation.ts";

/** What another tool makes of an expectation and an output, and what we make of them. */
export interface MatcherCase {
  readonly name: string;
  /** Whose documented behaviour it is; `own` for what no other tool has. */
  readonly tool: "cram" | "scrut" | "trycmd" | "own";
  readonly expected: string;
  readonly output: string;
  readonly match?: MatchMode;
  readonly ansi?: "keep";
  /** What we say. */
  readonly isMatch: boolean;
  /** Present where the tool says otherwise: why we differ. */
  readonly differs?: string;
}

/** Writes cases of one tool: `[name, expected, output, isMatch, differs?]`. */
export function casesOf(
  tool: MatcherCase["tool"],
  rows: readonly (readonly [
    name: string,
    expected: string,
    output: string,
    isMatch: boolean,
    differs?: string,
  ])[],
  shared: Pick<MatcherCase, "match" | "ansi"> = {},
): readonly MatcherCase[] {
  return rows.map(([name, expected, output, isMatch, differs]) => ({
    name,
    tool,
    expected,
    output,
    isMatch,
    ...(differs !== undefined && { differs }),
    ...shared,
  }));
}
