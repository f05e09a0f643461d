import type { InputDefinition } from "../../model/front-matter.ts";
import type { PageProcedure } from "./runbook-page.ts";

/** An input with the procedures that use it. */
export interface PageInput {
  readonly name: string;
  readonly definition: InputDefinition;
  /** Titles of procedures, where not all of them use it; empty where all do, or none. */
  readonly usedBy: readonly string[];
}

/** A runbook's inputs: those that its default procedure asks for, and those of other procedures alone. */
export interface DividedInputs {
  readonly first: readonly PageInput[];
  readonly others: readonly PageInput[];
}

/**
 * Divides a runbook's inputs into those that somebody meets who does what it is mainly for, and the
 * rest, each in the author's order.
 *
 * What no procedure uses is among the first: nothing says that it can wait. No I/O.
 */
export function divideInputs(
  inputs: Readonly<Record<string, InputDefinition>>,
  procedures: readonly PageProcedure[],
): DividedInputs {
  const first: PageInput[] = [];
  const others: PageInput[] = [];
  for (const [name, definition] of Object.entries(inputs)) {
    const users = procedures.filter((procedure) => procedure.inputs.includes(name));
    const usedBy = users.length < procedures.length ? users.map(({ title }) => title) : [];
    const isFirst = users.length === 0 || users.some(({ isDefault }) => isDefault);
    (isFirst ? first : others).push({ name, definition, usedBy });
  }
  return first.length === 0 ? { first: others, others: [] } : { first, others };
}
