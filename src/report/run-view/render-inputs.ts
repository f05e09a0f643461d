import type { BoundInput } from "../../model/plan.ts";
import { measureDisplayWidth } from "../display-width.ts";
import { escapeControlCharacters } from "../sanitise-terminal-text.ts";
import { padCells, wrapWithIndent } from "../text-layout.ts";
import type { TextStyle } from "../text-style.ts";

/**
 * Shows the inputs of a plan with their values, one a line; a secret is `••••`. Values are never
 * cut. No I/O.
 *
 * @example "  COMMIT  4f2a91c (given)"
 */
export function renderInputs(inputs: readonly BoundInput[], style: TextStyle): string[] {
  const names = inputs.map(({ name }) => escapeControlCharacters(name));
  const nameWidth = Math.max(0, ...names.map(measureDisplayWidth));
  return inputs.flatMap((input, index) =>
    wrapWithIndent(
      `  ${padCells(names[index] ?? "", nameWidth)}  `,
      describeValue(input),
      style.columns,
    ),
  );
}

function describeValue({ value, source }: BoundInput): string {
  if (source === "unset") return "(no value)";
  if (source === "secret") return "•••• (secret)";
  const shown = escapeControlCharacters(value ?? "")
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t");
  return `${shown === "" ? '""' : shown} (${source})`;
}
