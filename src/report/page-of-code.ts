import type { Problem } from "../model/problem.ts";

/**
 * Names the page of a code, relative to the root of Opswright's repository. No I/O.
 *
 * @example pageOfCode("shell/bare-sleep") → "docs/rules/shell/bare-sleep.md"
 * @example pageOfCode("unknown-key") → "docs/diagnostics.md#unknown-key"
 */
export function pageOfCode(code: Problem["code"]): string {
  return code.includes("/") ? `docs/rules/${code}.md` : `docs/diagnostics.md#${code}`;
}
