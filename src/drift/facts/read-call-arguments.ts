import type { TextRange } from "../../model/shell-script.ts";

/** One argument of a call in a program's text. */
export interface CallArgument {
  readonly range: TextRange;
  /** The name of `name=…`. */
  readonly keyword?: string | undefined;
  /** The value without its keyword, as source. */
  readonly source: string;
  /** What the source is, where it is one plain string. */
  readonly literal?: string | undefined;
}

/** Longer argument lists are data, not declarations of options. */
const mostCharacters = 20_000;

/**
 * Reads the arguments of a call; undefined where no parenthesis closes it.
 *
 * `masked` is the text as `maskCode` gives it, `open` the place of the parenthesis. No I/O.
 *
 * @example for `add_argument("--quick", action="store_true")`: `--quick`, then the keyword `action`
 */
export function readCallArguments(
  text: string,
  masked: string,
  open: number,
): readonly CallArgument[] | undefined {
  const args: CallArgument[] = [];
  let depth = 0;
  let start = open + 1;
  const last = Math.min(masked.length, open + mostCharacters);
  for (let at = open; at < last; at += 1) {
    const sign = masked[at];
    if (sign === "(" || sign === "[" || sign === "{") depth += 1;
    else if (sign === ")" || sign === "]" || sign === "}") {
      depth -= 1;
      if (depth === 0) {
        addArgument(start, at);
        return args;
      }
    } else if (sign === "," && depth === 1) {
      addArgument(start, at);
      start = at + 1;
    }
  }
  return undefined;

  function addArgument(from: number, to: number): void {
    // By the masked text, so that a comment in front of an argument is no part of it.
    const bare = masked.slice(from, to);
    const begin = from + bare.length - bare.trimStart().length;
    const source = text.slice(begin, from + bare.trimEnd().length);
    if (source === "") return;
    const keyword = /^([A-Za-z_]\w*)\s*=(?!=)\s*/.exec(source);
    const value = keyword === null ? source : source.slice(keyword[0].length);
    args.push({
      range: { start: begin, end: begin + source.length },
      keyword: keyword?.[1],
      source: value,
      literal: readStringLiteral(value),
    });
  }
}

/**
 * The value of a plain string literal; undefined for anything else, joined strings included. No I/O.
 *
 * @example readStringLiteral(`"a b"`) === "a b"; readStringLiteral("name") === undefined
 */
export function readStringLiteral(source: string): string | undefined {
  const quote = source[0];
  if ((quote !== '"' && quote !== "'" && quote !== "`") || source.length < 2) return undefined;
  if (!source.endsWith(quote)) return undefined;
  const value = source.slice(1, -1);
  return value.includes(quote) || value.includes("\\") || value.includes("${") ? undefined : value;
}
