import { listSteps } from "../plan/list-steps.ts";
import { findScriptAttribute } from "../drift/find-script-attribute.ts";
import { judgeScriptTie } from "../drift/judge-script-tie.ts";
import type { Repository } from "../drift/ports.ts";
import { makeFinding } from "../drift/rule.ts";
import { missingRegion } from "../drift/rules/missing-region.ts";
import { outOfSync } from "../drift/rules/out-of-sync.ts";
import { readScriptPlace } from "../drift/script-tie.ts";
import type { Plan } from "../model/plan.ts";
import type { RuleFinding } from "../model/rule-finding.ts";
import type { CommandStep, Runbook } from "../model/runbook.ts";
import { createLineIndex } from "../parse/line-index.ts";

/** Steps of a plan that are not what their scripts are, and the scripts' texts to show it in. */
export interface BrokenTies {
  readonly findings: readonly RuleFinding[];
  /** Texts by path. */
  readonly scripts: ReadonlyMap<string, string>;
}

/**
 * Judges the steps of a plan, its rollback's included, that are tied to scripts.
 *
 * `runbooks` and `sources` (texts by path) are those that the plan was made of. Reads through the
 * port, and nothing where no step is tied.
 */
export async function findBrokenTies(
  plan: Plan,
  runbooks: Iterable<Runbook>,
  sources: ReadonlyMap<string, string>,
  repository: Pick<Repository, "readText" | "listFiles">,
): Promise<BrokenTies> {
  const findings: RuleFinding[] = [];
  const scripts = new Map<string, string>();
  const byPath = new Map([...runbooks].map((runbook) => [runbook.path, runbook]));
  for (const step of tiedSteps(plan, byPath)) {
    const { path, step: own } = step;
    const place = readScriptPlace(own.attributes.script ?? "");
    const read = await repository.readText(place.path);
    if (read.kind === "text") scripts.set(place.path, read.text);
    const files = read.kind === "absent" ? await repository.listFiles() : [];
    const lines = createLineIndex(sources.get(path) ?? "");
    const attributeSpan = findScriptAttribute(own.span, lines)?.span ?? own.span;
    const { script: code, codeSpan } = own;
    const verdict = judgeScriptTie({ place, code, codeSpan, path, attributeSpan }, read, files);
    if (verdict.kind === "out-of-sync") {
      const { args, span, details } = verdict;
      findings.push(makeFinding(outOfSync, args, { path, span }, details));
    } else if (verdict.kind === "missing") {
      findings.push(makeFinding(missingRegion, verdict.args, { path, span: verdict.span }));
    }
  }
  return { findings, scripts };
}

/** Each tied step once, however often the plan holds it. */
function tiedSteps(
  plan: Plan,
  byPath: ReadonlyMap<string, Runbook>,
): readonly { readonly path: string; readonly step: CommandStep }[] {
  const found = new Map<CommandStep, string>();
  for (const planned of listSteps(plan)) {
    if (planned.kind !== "command" || planned.attributes.script === undefined) continue;
    const id = planned.id.slice(planned.id.lastIndexOf("/") + 1);
    const step = byPath.get(planned.path)?.steps.find((one) => one.id === id);
    if (step?.kind === "command") found.set(step, planned.path);
  }
  return [...found].map(([step, path]) => ({ path, step }));
}
