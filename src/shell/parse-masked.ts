import type { Parser, Tree } from "web-tree-sitter";
import type { ShellStructure } from "./read-structure.ts";

/** Steps of the parser for each character of text; real scripts take fewer than one in a hundred. */
const stepsPerCharacter = 0.5;
const stepsToStart = 2_000;

/**
 * Legal constructs that tree-sitter-bash 0.25 takes for errors, as they look in masked text.
 *
 * `for x do`, `for x in; do`, `for x in a; {`, and functions whose body is a bare loop or `case`.
 */
const grammarGaps = /\b(?:for|select)\s+\w+\s+do\b|\bin\s*;\s*do\b|\bfor\s+\w+\s*(?:in[^;\n]*)?;?\s*\{|\(\)\s*(?:for|while|until|case|select|__)\b/u;

/**
 * Parses masked text and hands the tree to `read`; undefined where the text is so hostile that the
 * parser gave up. The tree is freed. No I/O.
 */
export function parseMasked(
  parser: Parser,
  masked: string,
  read: (tree: Tree, masked: string) => ShellStructure,
): ShellStructure | undefined {
  let steps = 0;
  const limit = stepsToStart + masked.length * stepsPerCharacter;
  const progressCallback = (): boolean => {
    steps += 1;
    return steps > limit;
  };
  const tree = parser.parse(masked, null, { progressCallback });
  if (tree === null) {
    parser.reset();
    return undefined;
  }
  try {
    const structure = read(tree, masked);
    return grammarGaps.test(masked) ? { ...structure, errors: [] } : structure;
  } finally {
    tree.delete();
  }
}
