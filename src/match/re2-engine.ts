import { RE2JS } from "re2js";
import type { PatternEngine } from "./pattern-engine.ts";

/** Compiled patterns that are kept: each one holds tables that grow with what it has seen. */
const mostCompiled = 2000;

const compiled = new Map<string, RE2JS>();

function compile(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const fresh = RE2JS.compile(RE2JS.translateRegExp(pattern), RE2JS.DOTALL);
  if (compiled.size >= mostCompiled) compiled.clear();
  compiled.set(pattern, fresh);
  return fresh;
}

/** Matches patterns by automata, which never go back: no text and no pattern can make it hang. No I/O. */
export const re2Engine: PatternEngine = {
  test: (pattern, text, isInside = false) =>
    isInside ? compile(pattern).test(text) : compile(pattern).testExact(text),
  groups: (pattern, text) => {
    const matcher = compile(pattern).matcher(text);
    if (!matcher.matches()) return undefined;
    return Array.from(
      { length: matcher.groupCount() },
      (_, index) => matcher.group(index + 1) ?? "",
    );
  },
};
