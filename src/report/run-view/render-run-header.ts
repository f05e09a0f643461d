import type { BoundInput, Plan } from "../../model/plan.ts";
import { countNoun } from "../count-noun.ts";
import { escapeControlCharacters } from "../sanitise-terminal-text.ts";
import { wrapText } from "../text-layout.ts";
import type { TextStyle } from "../text-style.ts";
import { renderInputs } from "./render-inputs.ts";

/** The first 12 digits of a digest: enough to tell plans apart. No I/O. */
function shortenDigest(digest: string): string {
  return digest.slice(0, 12);
}

/** Shows what is about to be run: title, target, digest, run, and inputs as they are now. No I/O. */
export function renderRunHeader(
  run: {
    readonly plan: Plan;
    readonly run: string;
    readonly inputs: readonly BoundInput[];
  },
  style: TextStyle,
): string[] {
  const { plan, inputs } = run;
  const { colors, columns } = style;
  const facts = [
    escapeControlCharacters(plan.target),
    countNoun(plan.steps.length, "step"),
    `plan ${shortenDigest(plan.digest)}`,
    `run ${run.run}`,
  ];
  return [
    ...wrapText(escapeControlCharacters(plan.title), columns).map((line) => colors.bold(line)),
    ...wrapText(facts.join(" · "), columns).map((line) => colors.dim(line)),
    ...(inputs.length === 0 ? [] : ["", ...renderInputs(inputs, style)]),
  ];
}
