import { clipLine } from "../text-layout.ts";

const longestQuote = 72;

/**
 * Puts a piece of a document between back-ticks, on one line and at most 72 cells wide.
 *
 * Line breaks become spaces; a text that holds a back-tick gets two on either side, as in Markdown.
 * No I/O.
 *
 * @example quoteCode("timeot") → "`timeot`"
 */
export function quoteCode(text: string): string {
  const line = text.replace(/\s+/gu, " ").trim();
  const short = clipLine(line, longestQuote);
  return short.includes("`") ? `\`\` ${short} \`\`` : `\`${short}\``;
}

/**
 * Lists pieces of a document as a sentence does.
 *
 * No I/O.
 *
 * @example quoteList(["a", "b", "c"], "or") → "`a`, `b` or `c`"
 */
export function quoteList(texts: readonly string[], conjunction: "and" | "or"): string {
  const quoted = texts.map(quoteCode);
  const last = quoted.at(-1);
  if (last === undefined) return "";
  return quoted.length === 1 ? last : `${quoted.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}

/**
 * Asks whether a known name was meant, or says what else to do where none is near.
 *
 * No I/O.
 *
 * @example askNearest("timeout", "Remove it.") → "Did you mean `timeout`?"
 */
export function askNearest(nearest: string | undefined, otherwise: string): string {
  return nearest === undefined ? otherwise : `Did you mean ${quoteCode(nearest)}?`;
}

/**
 * Ends a reason that another part gave as a sentence ends, once.
 *
 * No I/O.
 *
 * @example endSentence("expected a colon") → "expected a colon."
 */
export function endSentence(reason: string): string {
  const line = reason.replace(/\s+/gu, " ").trim();
  return /[.!?…]$/u.test(line) ? line : `${line}.`;
}

/** Beginnings of a reason that is a sentence of its own, and not the name of what was expected. */
const clauseBeginning =
  /^(?:`|(?:behind|expected|invalid|it|required|the|there|they|too|unterminated)\b)/iu;

/**
 * Ends a reason as a sentence; where it only names what would do, says that this was expected.
 *
 * No I/O.
 *
 * @example explainReason("a duration such as 30s") → "expected a duration such as 30s."
 * @example explainReason("it needs a value") → "it needs a value."
 */
export function explainReason(reason: string): string {
  const text = reason.trim();
  return endSentence(clauseBeginning.test(text) ? text : `expected ${text}`);
}

/**
 * Names a place in front matter as a sentence does.
 *
 * No I/O.
 *
 * @example namePlace("front matter") → "the front matter"; namePlace("inputs.COMMIT") → "`inputs.COMMIT`"
 */
export function namePlace(where: string): string {
  if (where === "front matter") return "the front matter";
  return /\s/u.test(where) ? where : quoteCode(where);
}
