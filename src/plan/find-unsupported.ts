import type { CommandStep } from "../model/runbook.ts";

/**
 * Names what a command asks for and this version cannot do yet; a plan with such a step is refused
 * rather than run without it.
 *
 * `["expected output of an `interactive` step, whose output goes to the terminal"]`. No I/O.
 */
export function findUnsupported(step: CommandStep): readonly string[] {
  const { attributes, expectation } = step;
  const names: (readonly [boolean, string])[] = [
    [
      expectation !== undefined && attributes.interactive === true,
      "expected output of an `interactive` step, whose output goes to the terminal",
    ],
    [
      expectation !== undefined && attributes.background === true,
      "expected output of a `background` step, whose output is not complete before the run ends",
    ],
  ];
  return names.filter(([isUsed]) => isUsed).map(([, name]) => name);
}
