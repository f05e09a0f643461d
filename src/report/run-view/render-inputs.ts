import type { BoundInput } from "../../model/plan.ts";
import { measureDisplayWidth } from "../display-width.ts";
import { describeSecretSource } from "../describe-secret-source.ts";
import { escapeControlCharacters } from "../sanitise-terminal-text.ts";
import { padCells, wrapWithIndent } from "../text-layout.ts";
import type { TextStyle } from "../text-style.ts";

/** More inputs without a value than this are told on one line. */
const mostUnset = 3;

/**
 * Shows the inputs of a plan with their values, one a line; a secret is `••••`, or the place from which
 * it is read. Values are never cut; many inputs without a value are named together. No I/O.
 *
 * @example "  COMMIT  4f2a91c (given)"
 */
export function renderInputs(inputs: readonly BoundInput[], style: TextStyle): string[] {
  const unset = inputs.filter(({ source }) => source === "unset");
  const listed =
    unset.length > mostUnset ? inputs.filter(({ source }) => source !== "unset") : inputs;
  const names = listed.map(({ name }) => escapeControlCharacters(name));
  const nameWidth = Math.max(0, ...names.map(measureDisplayWidth));
  const lines = listed.flatMap((input, index) => {
    const prefix = `  ${padCells(names[index] ?? "", nameWidth)}  `;
    return wrapWithIndent(prefix, describeValue(input), style.columns);
  });
  if (listed === inputs) return lines;
  const others = unset.map(({ name }) => escapeControlCharacters(name)).join(", ");
  return [...lines, ...wrapWithIndent("  (no value)  ", others, style.columns)];
}

function describeValue({ value, source, from }: BoundInput): string {
  if (source === "unset") return "(no value)";
  if (source === "from" && from !== undefined) {
    return `${escapeControlCharacters(`from ${describeSecretSource(from)}`)} (secret)`;
  }
  if (source === "secret") return "•••• (secret)";
  const shown = escapeControlCharacters(value ?? "")
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t");
  return `${shown === "" ? '""' : shown} (${source})`;
}
