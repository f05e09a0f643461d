import type { Span } from "../model/source.ts";
import type { CompileContext } from "./compile-context.ts";

/** Gives each step of a runbook its id. */
export interface StepIds {
  /**
   * The id of the next step: the one that its author wrote, or one made from `base` that no other
   * step has or will have.
   */
  next(written: string | undefined, base: string, span: Span): string;
}

/**
 * Starts the ids of one document; `written` are all ids that its author wrote, which numbers never
 * collide with.
 *
 * An id written twice gives `duplicate-step-id`, and the second step gets a made one. No I/O.
 */
export function createStepIds(written: ReadonlySet<string>, context: CompileContext): StepIds {
  const firstLines = new Map<string, number>();
  // All numbers below are taken: to ask for each again would be quadratic in a long section.
  const nextNumbers = new Map<string, number>();
  return {
    next(own, base, span) {
      if (own !== undefined) {
        const firstLine = firstLines.get(own);
        if (firstLine === undefined) {
          firstLines.set(own, span.start.line);
          return own;
        }
        context.report("duplicate-step-id", { id: own, firstLine }, span);
      }
      let id = base;
      let number = nextNumbers.get(base) ?? 2;
      for (; firstLines.has(id) || written.has(id); number += 1) id = `${base}-${number}`;
      nextNumbers.set(base, number);
      firstLines.set(id, span.start.line);
      return id;
    },
  };
}
