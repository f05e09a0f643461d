import type { InputValues } from "./input-values.ts";

/** A stretch of a script; a slot is where the shell would put an input's value. */
export interface ScriptPiece {
  /** As it stands in the script: `$VERSION`. */
  readonly text: string;
  readonly input?: string | undefined;
}

/** A script with the values of its inputs. */
export interface FilledScript {
  /** What must be set before it, one shell line each, with a line feed at its end; may be empty. */
  readonly exports: string;
  /** The pieces as they stand, or with the value in place of a slot. */
  readonly texts: readonly string[];
}

/** Characters that are the same to a shell within quotes and without. */
const plain = /^(?!=)[A-Za-z0-9_./:@%+=,-]+$/;
/** A shell takes a list within braces apart before it puts values in. */
const braces = /\{[^{}]*(?:,|\.\.)[^{}]*\}/;

/**
 * Puts values into a script so that it does what it would with the variables set.
 *
 * A value takes a slot's place only where no shell could read it otherwise, and where the script
 * mentions the input nowhere else; any other value is exported in front of the script, quoted. An
 * input that the script does not mention has no effect. No I/O.
 *
 * @example pieces of `deploy "$VERSION"` with VERSION=v1 → `deploy "v1"`; with VERSION=`a b` → the
 * line `export VERSION='a b'` and the script as it stands
 */
export function fillScript(pieces: readonly ScriptPiece[], values: InputValues): FilledScript {
  const fixed = pieces.map(({ text, input }) => (input === undefined ? text : " ")).join("");
  const isList = braces.test(pieces.map(({ text, input }) => (input ? "x" : text)).join(""));
  const slots = new Set(pieces.flatMap(({ input }) => (input === undefined ? [] : [input])));
  const exported: string[] = [];
  const placed = new Map<string, string>();
  for (const [name, value] of values) {
    const isMentioned = mentions(fixed, name);
    if (!isMentioned && !slots.has(name)) continue;
    if (!isMentioned && !isList && plain.test(value)) placed.set(name, value);
    else exported.push(`${exportLine(name, value)}\n`);
  }
  return {
    exports: exported.join(""),
    texts: pieces.map(({ text, input }) => placed.get(input ?? "") ?? text),
  };
}

/**
 * Writes the shell line that gives a variable a value, whatever it holds. No I/O.
 *
 * @example exportLine("WHO", "it's") → `export WHO='it'\''s'`
 */
export function exportLine(name: string, value: string): string {
  return `export ${name}='${value.replaceAll("'", `'\\''`)}'`;
}

function mentions(text: string, name: string): boolean {
  return new RegExp(String.raw`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`).test(text);
}
