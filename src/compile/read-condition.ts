import type { ConditionExpression } from "../model/runbook.ts";

/** A condition's expression, or why its text is none. */
export type ConditionResult =
  | { readonly expression: ConditionExpression }
  | { readonly reason: string };

/**
 * Reads the text of a `when` attribute: `METHOD=manual and not QUICK`, `A!=b or (C and D)`.
 *
 * Comparisons are `NAME=value` and `NAME!=value` (quotes around a value with spaces); a bare name
 * holds where it is set, not empty and not `false`. `not`, `and`, `or` bind
 * in this order. No I/O.
 */
export function readCondition(text: string): ConditionResult {
  const tokens = tokenise(text);
  if (tokens === undefined) return { reason: "it has a character that a condition cannot have" };
  if (tokens.length > mostTokens)
    return { reason: `it has more than ${mostTokens} words and signs` };
  let at = 0;
  const peek = (): string | undefined => tokens[at];

  function readAny(word: "or" | "and", readPart: () => ConditionExpression): ConditionExpression {
    const all = [readPart()];
    while (peek() === word) {
      at += 1;
      all.push(readPart());
    }
    const [only] = all;
    return all.length === 1 && only !== undefined ? only : { kind: word, all };
  }
  const readOr = (): ConditionExpression => readAny("or", readAnd);
  const readAnd = (): ConditionExpression => readAny("and", readNot);

  function readNot(): ConditionExpression {
    const token = peek();
    if (token === "not" || token === "!") {
      at += 1;
      return { kind: "not", of: readNot() };
    }
    if (token === "(") {
      at += 1;
      const inner = readOr();
      if (peek() !== ")") throw new ConditionError("a parenthesis is not closed");
      at += 1;
      return inner;
    }
    return readComparison();
  }

  function readComparison(): ConditionExpression {
    const name = tokens?.[at];
    if (name === undefined) throw new ConditionError("it ends too early");
    if (!/^[A-Za-z_]\w*$/.test(name) || name === "and" || name === "or") {
      throw new ConditionError(`\`${name}\` stands where an input's name is wanted`);
    }
    const operator = tokens?.[at + 1];
    if (operator !== "=" && operator !== "!=") {
      at += 1;
      return { kind: "set", name };
    }
    const value = tokens?.[at + 2];
    if (value === undefined || /^(?:!?=|[!()])$/.test(value))
      throw new ConditionError(`no value stands behind \`${name}${operator}\``);
    at += 3;
    const equals: ConditionExpression = {
      kind: "equals",
      name,
      value: value.replace(/^(["'])(.*)\1$/s, "$2"),
    };
    return operator === "=" ? equals : { kind: "not", of: equals };
  }

  try {
    const expression = readOr();
    const left = peek();
    return left === undefined ? { expression } : { reason: `\`${left}\` is one word too many` };
  } catch (error) {
    if (error instanceof ConditionError) return { reason: error.message };
    throw error;
  }
}

class ConditionError extends Error {}

/** Far beyond what a person reads, and far below what would exhaust the stack. */
const mostTokens = 200;

function tokenise(text: string): string[] | undefined {
  const pattern = /\s*(!=|==?|!|\(|\)|"[^"]*"|'[^']*'|[^\s()=!"']+)/y;
  const tokens: string[] = [];
  let end = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    tokens.push(match[1] === "==" ? "=" : (match[1] ?? ""));
    end = pattern.lastIndex;
  }
  return text.slice(end).trim() === "" ? tokens : undefined;
}

/** What a condition compares, in order: inputs with values. No I/O. */
export function comparisonsIn(
  expression: ConditionExpression,
): readonly { readonly name: string; readonly value: string }[] {
  switch (expression.kind) {
    case "equals":
      return [expression];
    case "set":
      return [];
    case "not":
      return comparisonsIn(expression.of);
    case "and":
    case "or":
      return expression.all.flatMap(comparisonsIn);
  }
}

/** Names of the inputs that a condition asks about, once each. No I/O. */
export function namesInCondition(expression: ConditionExpression): string[] {
  switch (expression.kind) {
    case "equals":
    case "set":
      return [expression.name];
    case "not":
      return namesInCondition(expression.of);
    case "and":
    case "or":
      return [...new Set(expression.all.flatMap(namesInCondition))];
  }
}
