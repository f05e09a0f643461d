import { listSteps } from "./list-steps.ts";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import { answersFileSchema, type GivenAnswer } from "../model/given-answer.ts";
import type { Plan, PlannedStep } from "../model/plan.ts";
import { findNearest } from "../parse/find-nearest.ts";
import { createLineIndex } from "../parse/line-index.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import { readYaml } from "../parse/read-yaml.ts";

/**
 * Reads a file of answers for a plan, YAML or JSON: each answer by the id of its step.
 *
 * Answers for steps that are not there, that ask nothing, or that must be answered otherwise are each
 * told at their place, and then there is no value. Steps of the rollback are steps of the plan. No I/O.
 */
export function readAnswers(
  path: string,
  text: string,
  plan: Plan,
): Checked<ReadonlyMap<string, GivenAnswer>> {
  const lines = createLineIndex(text);
  const { data, keySpans, valueSpans, errors } = readYaml(text, (start, end) =>
    lines.spanOf(start, end),
  );
  if (errors.length > 0) {
    return {
      diagnostics: errors.map(({ reason, span }) =>
        makeDiagnostic("answers-syntax", { reason }, { path, span }),
      ),
    };
  }
  const result = answersFileSchema.safeParse(data);
  if (!result.success) {
    return {
      diagnostics: result.error.issues.map(({ path: [step], message }) => {
        const key = step === undefined ? "" : String(step);
        const reason = key === "" ? message : `\`${key}\`: ${message}`;
        return makeDiagnostic("answers-syntax", { reason }, { path, span: valueSpans.get(key) });
      }),
    };
  }
  const given = new Map(Object.entries(result.data));
  const steps = listSteps(plan);
  const diagnostics = Array.from(given).flatMap(([id, answer]): Diagnostic[] => {
    const own = steps.filter((step) => step.id === id);
    if (own.length === 0) {
      const nearest = findNearest(id, new Set(steps.map((step) => step.id)));
      return [
        makeDiagnostic("unknown-answer", { step: id, nearest }, { path, span: keySpans.get(id) }),
      ];
    }
    const fitting = new Set(own.flatMap(listAnswers));
    const word = typeof answer === "string" ? answer : answer.answer;
    if (fitting.has(word)) return [];
    const span = valueSpans.get(`${id}.answer`) ?? valueSpans.get(id);
    const args = { step: id, answer: word, fitting: [...fitting] };
    return [makeDiagnostic("unfit-answer", args, { path, span })];
  });
  return diagnostics.length > 0 ? { diagnostics } : { value: given, diagnostics };
}

/** The answers that a step takes; none where it asks nothing. No I/O. */
function listAnswers(step: PlannedStep): readonly string[] {
  if (step.kind === "manual") return ["done", "failed", "skip"];
  if (step.risk.level === "destructive") return [step.id, "no", "skip"];
  return step.attributes.confirm === undefined ? [] : ["yes", "no", "skip"];
}
