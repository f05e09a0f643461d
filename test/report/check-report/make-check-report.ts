import type { RuleFinding } from "../../../src/model/rule-finding.ts";
import type { CheckReport } from "../../../src/report/check-report/check-report.ts";
import { spanOf } from "../make-span.ts";

/** A report of nothing, but for what is given. */
export function makeCheckReport(given: Partial<CheckReport> = {}): CheckReport {
  return {
    problems: [],
    sources: new Map(),
    documents: [],
    claims: { total: 0, agreed: 0, differed: 0, unjudged: [] },
    hidden: { suppressed: 0, known: 0, unchanged: 0 },
    exitCode: 0,
    ...given,
  };
}

/** A finding at the first place where `part` stands in `source`. */
export function makeFindingIn(
  source: string,
  part: string,
  given: Partial<RuleFinding> = {},
): RuleFinding {
  return {
    code: "compose/unknown-container",
    words: { title: "A container", message: `There is no \`${part}\`.`, hint: "Correct it." },
    severity: "error",
    path: "runbooks/a.md",
    span: spanOf(source, part),
    ...given,
  };
}
