import type { ConditionExpression } from "../model/runbook.ts";

/**
 * Says whether a condition holds for the given values.
 *
 * A bare name holds where its value is set, not empty and not `false`; an absent value equals only
 * the empty text. No I/O.
 */
export function evaluateCondition(
  expression: ConditionExpression,
  values: ReadonlyMap<string, string>,
): boolean {
  switch (expression.kind) {
    case "equals":
      return (values.get(expression.name) ?? "") === expression.value;
    case "set":
      return !["", "false"].includes(values.get(expression.name) ?? "");
    case "not":
      return !evaluateCondition(expression.of, values);
    case "and":
      return expression.all.every((part) => evaluateCondition(part, values));
    case "or":
      return expression.all.some((part) => evaluateCondition(part, values));
  }
}
