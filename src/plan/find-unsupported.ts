import type { CommandStep } from "../model/runbook.ts";
import { targetOf } from "./target-of.ts";

/**
 * Names what a command asks for and this version cannot do yet; a plan with such a step is refused
 * rather than run without it.
 *
 * `["`background` on a target"]`. No I/O.
 */
export function findUnsupported(step: CommandStep): readonly string[] {
  const { attributes, expectation } = step;
  const isElsewhere = targetOf(step) !== undefined;
  const names: (readonly [boolean, string])[] = [
    [isElsewhere && attributes.background === true, "`background` on a target"],
    [isElsewhere && attributes.interactive === true, "`interactive` on a target"],
    [isElsewhere && attributes.os !== undefined, "`os`, which asks for this machine, with `on`"],
    [
      expectation !== undefined && expectation.match !== "lines",
      `\`match=${expectation?.match ?? ""}\``,
    ],
    [
      expectation !== undefined && expectation.stream !== "stdout",
      `\`stream=${expectation?.stream ?? ""}\``,
    ],
    [
      hasMatchers(expectation?.text),
      "a matcher such as `(re)`, `(glob)` or `...` in expected output",
    ],
  ];
  return names.filter(([isUsed]) => isUsed).map(([, name]) => name);
}

/** Lines that the reference of expectations gives a meaning beyond their letters. */
function hasMatchers(text: string | undefined): boolean {
  return (
    text
      ?.split("\n")
      .some(
        (line) =>
          line === "..." ||
          / \((?:glob|re|esc|no-eol|eq)[?*+]?\)$/.test(line) ||
          /\[\.\.\w+\.\.\]/.test(line) ||
          /\[(?:TIME|UUID|TMP|SHA|CWD|PORT|DURATION)\]/.test(line) ||
          /^\[\d{1,3}\]$/.test(line),
      ) === true
  );
}
