import type { Diagnostic } from "../model/diagnostic.ts";
import type { Plan, PlannedStep } from "../model/plan.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";

/**
 * Finds every answer that a run of the plan would need of a person and that the options do not give.
 *
 * For runs without a person: a run that would stop half-way is stopped before it begins. Each
 * destructive step needs `--allow destructive`, each manual step and confirmation `--yes`, and an
 * interactive step a terminal. Steps of the rollback are asked about when it comes to that. No I/O.
 */
export function findNeededAnswers(
  plan: Plan,
  options: { readonly assumeYes: boolean; readonly allowDestructive: boolean },
): readonly Diagnostic[] {
  return plan.steps.flatMap((step) => {
    const place = { path: step.path };
    if (step.kind === "manual") {
      if (options.assumeYes) return [];
      return [
        makeDiagnostic(
          "answer-needed",
          { question: nameQuestion(step, "is it done"), option: "--yes" },
          place,
        ),
      ];
    }
    const needed: Diagnostic[] = [];
    if (step.risk.level === "destructive" && !options.allowDestructive) {
      const reason = step.risk.reasons.join("; ") || "it is declared destructive";
      needed.push(makeDiagnostic("destructive-refused", { step: step.id, reason }, place));
    }
    if (step.attributes.confirm !== undefined && !options.assumeYes) {
      const question = nameQuestion(step, step.attributes.confirm);
      needed.push(makeDiagnostic("answer-needed", { question, option: "--yes" }, place));
    }
    if (step.attributes.interactive === true) {
      const question = `the step \`${step.id}\` is connected to a terminal`;
      needed.push(
        makeDiagnostic("answer-needed", { question, option: `--skip ${step.id}` }, place),
      );
    }
    return needed;
  });
}

function nameQuestion(step: PlannedStep, question: string): string {
  const text = step.kind === "manual" ? `${step.title}, ${question}` : question;
  return `\`${step.id}\` asks “${text}${/[?.!]$/u.test(text) ? "" : "?"}”`;
}
