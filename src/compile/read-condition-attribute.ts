import type { ParsedComponent } from "../model/parsed-document.ts";
import type { StepCondition } from "../model/runbook.ts";
import type { Span } from "../model/source.ts";
import type { CompileContext } from "./compile-context.ts";
import { readCondition } from "./read-condition.ts";

/**
 * Reads the `when` attribute of a component; `isReported` is false where the same text is read a
 * second time. No I/O.
 */
export function readConditionAttribute(
  component: ParsedComponent,
  context: CompileContext,
  isReported: boolean,
): readonly StepCondition[] {
  const when = component.attributes.get("when");
  if (typeof when?.value !== "string") return [];
  return readWhen(when.value, when.span, isReported ? context : undefined);
}

/** Reads the text of a `when`; a text that is none gives `condition-syntax` and no condition. No I/O. */
export function readWhen(
  text: string | undefined,
  span: Span,
  context: CompileContext | undefined,
): readonly StepCondition[] {
  if (text === undefined) return [];
  const result = readCondition(text);
  if ("expression" in result) return [{ text, expression: result.expression }];
  context?.report("condition-syntax", { condition: text, reason: result.reason }, span);
  return [];
}
