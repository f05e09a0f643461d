import type { Diagnostic } from "../../src/model/diagnostic.ts";

/**
 * Diagnostics as short text, with the very text that each one blames: `error unknown-key 3:1
 * "timeot"`. The severity stands there where it is no error.
 */
export function describeProblems(
  diagnostics: readonly Diagnostic[],
  text: string,
): readonly string[] {
  return diagnostics.map(({ code, severity, span }) => {
    const level = severity === "error" ? "" : `${severity} `;
    if (span === undefined) return `${level}${code}`;
    const { start, end } = span;
    const blamed = JSON.stringify(text.slice(start.offset, end.offset));
    return `${level}${code} ${start.line}:${start.column} ${blamed}`;
  });
}
