import { namesInCondition } from "../compile/read-condition.ts";
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

/**
 * Says whether a condition holds where the values of `open` are not known yet; undefined where that
 * depends on one of them. No I/O.
 */
export function decideCondition(
  expression: ConditionExpression,
  values: ReadonlyMap<string, string>,
  open: ReadonlySet<string>,
): boolean | undefined {
  if (!namesInCondition(expression).some((name) => open.has(name))) {
    return evaluateCondition(expression, values);
  }
  switch (expression.kind) {
    case "and":
    case "or": {
      const parts = expression.all.map((part) => decideCondition(part, values, open));
      const deciding = expression.kind === "or";
      return parts.includes(deciding) ? deciding : undefined;
    }
    case "not": {
      const inner = decideCondition(expression.of, values, open);
      return inner === undefined ? undefined : !inner;
    }
    default:
      return undefined;
  }
}
