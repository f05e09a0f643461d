import { RE2JS } from "re2js";

/**
 * Finds the first place at which a pattern matches and gives back its first group, or all of it where
 * it has none; undefined where it matches nowhere.
 *
 * `pattern` is a regular expression of JavaScript without look-around and back-references. Takes time
 * linear in the text, whatever the pattern. Throws where the pattern is none. No I/O.
 *
 * @example findPattern("version (\\d+)", "version 12") → "12"
 */
export function findPattern(pattern: string, text: string): string | undefined {
  const matcher = RE2JS.compile(RE2JS.translateRegExp(pattern), RE2JS.MULTILINE).matcher(text);
  if (!matcher.find()) return undefined;
  return (matcher.groupCount() > 0 ? matcher.group(1) : matcher.group()) ?? undefined;
}
