import { findInput } from "../../compile/input-choices.ts";
import type { DriftDocument } from "../drift-document.ts";

/** What a document says that variables hold. */
export interface KnownValues {
  /** The one literal value that a variable has: an input's default, or all that is assigned to it. */
  valueOf(name: string): string | undefined;
  /** True for the name of an input of the type `url`. */
  isAddress(name: string): boolean;
}

const longestValue = 400;
const literalValue = /^=(?:"([^"$`\\]*)"|'([^']*)'|([^\s"'$`\\;&|()<>]*))(?=$|[\s;&|)])/;

/**
 * Reads which variables of a document have one value that its text tells.
 *
 * A variable that is assigned twice, or by an expansion, has none. No I/O.
 *
 * @example for the input `LOCAL_PORT: { type: int, default: 5000 }`: valueOf("LOCAL_PORT") === "5000"
 */
export function readKnownValues({ runbook }: DriftDocument): KnownValues {
  const assigned = new Map<string, string | undefined>();
  for (const step of runbook.steps) {
    if (step.kind !== "command" || step.shell === undefined) continue;
    const places = new Map(step.shell.writes.map(({ name, range }) => [name, [range.end]]));
    // A script tells a variable that it sets once, however often it does.
    for (const match of step.script.matchAll(/(?<![\w.$-])([A-Za-z_]\w*)\+?=/g)) {
      const [whole, name = ""] = match;
      places.get(name)?.push(match.index + (whole.endsWith("+=") ? whole.length : name.length));
    }
    for (const [name, ends] of places) {
      for (const end of ends) {
        const found = literalValue.exec(step.script.slice(end, end + longestValue));
        const value = found?.[1] ?? found?.[2] ?? found?.[3];
        const isKnown = !assigned.has(name) || assigned.get(name) === value;
        assigned.set(name, isKnown ? value : undefined);
      }
    }
    for (const [name, value] of Object.entries(step.attributes.env ?? {})) {
      if (!assigned.has(name)) assigned.set(name, value);
    }
  }
  return {
    valueOf(name) {
      if (assigned.has(name)) return assigned.get(name);
      const value = findInput(runbook.frontMatter.inputs, name)?.default;
      return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
    },
    isAddress: (name) => findInput(runbook.frontMatter.inputs, name)?.type === "url",
  };
}
