import type { LinePart, VolatileWord } from "../model/expectation.ts";
import { joinStrayBytes } from "./decode-output.ts";

/** What a line's characters mean beside themselves. */
export interface PartSyntax {
  /** `*` and `?` stand for others, and `\` escapes. */
  readonly isGlob?: boolean;
  /** `\t`, `\x1b` and the like are read. */
  readonly isEscaped?: boolean;
}

/**
 * Reads a line into its parts: text, `[..]`, `[..name..]` and volatile words; with `isGlob` also `*`
 * and `?`, with `isEscaped` also escapes.
 *
 * What stands for nothing else is text, a backslash before another character included. No I/O.
 *
 * @example readLineParts("id [..id..]") → [{ kind: "text", text: "id " }, { kind: "capture", name: "id" }]
 */
export function readLineParts(line: string, syntax: PartSyntax = {}): readonly LinePart[] {
  const parts: LinePart[] = [];
  let text = "";
  const flush = (): void => {
    if (text !== "") parts.push({ kind: "text", text: joinStrayBytes(text) });
    text = "";
  };
  for (const [token, name, word, escape] of line.matchAll(tokens)) {
    const part = readSpecial(token, name, word, syntax.isGlob === true);
    if (part !== undefined) {
      flush();
      // Two of them side by side stand for no more than one.
      if (part.kind !== "any" || parts.at(-1)?.kind !== "any") parts.push(part);
    } else if (escape === undefined) text += token;
    else text += readEscape(token, escape, syntax);
  }
  flush();
  return parts;
}

const tokens =
  /\[\.\.([A-Za-z_]\w*)\.\.\]|\[\.\.\]|\[(TIME|UUID|TMP|SHA|CWD|PORT|DURATION)\]|\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|[^])|[^[\\*?]+|[^]/gu;

function readSpecial(
  token: string,
  name: string | undefined,
  word: string | undefined,
  isGlob: boolean,
): LinePart | undefined {
  if (name !== undefined) return { kind: "capture", name };
  if (word !== undefined) return { kind: "volatile", word: word as VolatileWord };
  if (token === "[..]" || (isGlob && token === "*")) return { kind: "any" };
  return isGlob && token === "?" ? { kind: "one" } : undefined;
}

const namedEscapes: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\u0007",
  b: "\b",
  e: "\u001b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};

function readEscape(token: string, escape: string, { isGlob, isEscaped }: PartSyntax): string {
  if (isGlob === true && /^[*?\\]$/.test(escape)) return escape;
  if (isEscaped !== true) return token;
  const named = namedEscapes[escape];
  if (named !== undefined) return named;
  if (!/^[xu]./.test(escape)) return token;
  const code = Number.parseInt(escape.replaceAll(/[xu{}]/g, ""), 16);
  if (code > 0x10ffff) return token;
  // A byte, which can be one of several of a character.
  if (escape.startsWith("x")) return String.fromCharCode(code < 0x80 ? code : 0xdc00 + code);
  return String.fromCodePoint(code);
}
