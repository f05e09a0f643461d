import { expect, test } from "vitest";
import type { CompileContext } from "../../src/compile/compile-context.ts";
import { createStepIds } from "../../src/compile/step-ids.ts";
import type { Span } from "../../src/model/source.ts";

const start = { line: 1, column: 1, offset: 0 };
const span: Span = { start, end: start };
const context = {
  report: (code: string) => {
    throw new Error(code);
  },
} as unknown as CompileContext;

/** Counts how often it is asked. */
class CountingSet extends Set<string> {
  asked = 0;
  override has(value: string): boolean {
    this.asked += 1;
    return super.has(value);
  }
}

test("numbers of one base go on, and pass over what an author wrote", () => {
  const ids = createStepIds(new Set(["deploy-3"]), context);
  const made = Array.from({ length: 4 }, () => ids.next(undefined, "deploy", span));
  expect(made).toEqual(["deploy", "deploy-2", "deploy-4", "deploy-5"]);
});

test("a thousand steps of one section ask about a few ids each", () => {
  const written = new CountingSet();
  const ids = createStepIds(written, context);
  const made = Array.from({ length: 1000 }, () => ids.next(undefined, "deploy", span));
  expect(new Set(made).size).toBe(1000);
  expect(written.asked).toBeLessThan(3000);
});
