import type { Diagnostic } from "../model/diagnostic.ts";
import type { GivenAnswer } from "../model/given-answer.ts";
import type { Plan } from "../model/plan.ts";
import type { Span } from "../model/source.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";

/**
 * Finds every answer that a run of the plan would need of a person and that the options do not give.
 *
 * For runs without a person: a run that would stop half-way is stopped before it begins. Each
 * destructive step needs `--allow destructive`, each manual step and confirmation `--yes`, and an
 * interactive step a terminal; an answer given beforehand answers all that its step asks. Steps of the
 * rollback are asked about when it comes to that. No I/O.
 */
export function findNeededAnswers(
  plan: Plan,
  options: {
    readonly assumeYes: boolean;
    readonly allowDestructive: boolean;
    /** By step: what `--answers` says. */
    readonly given: ReadonlyMap<string, GivenAnswer>;
  },
): readonly Diagnostic[] {
  return plan.steps.flatMap((step) => {
    const answer = options.given.get(step.id);
    const place = { path: step.path, span: spanAt(step.line) };
    if (step.kind === "manual") {
      if (options.assumeYes || answer !== undefined) return [];
      return [
        makeDiagnostic(
          "answer-needed",
          {
            question: `the step \`${step.id}\` is done by a person: ${step.title}`,
            option: "--yes",
          },
          place,
        ),
      ];
    }
    const needed: Diagnostic[] = [];
    const isAsked = answer === undefined;
    if (isAsked && step.risk.level === "destructive" && !options.allowDestructive) {
      const reason = step.risk.reasons.join("; ") || "it is declared destructive";
      needed.push(makeDiagnostic("destructive-refused", { step: step.id, reason }, place));
    }
    if (isAsked && step.attributes.confirm !== undefined && !options.assumeYes) {
      const question = `the step \`${step.id}\` asks before it runs: ${step.attributes.confirm}`;
      needed.push(makeDiagnostic("answer-needed", { question, option: "--yes" }, place));
    }
    if (step.attributes.interactive === true && !keepsFromRunning(answer)) {
      const question = `the step \`${step.id}\` is connected to a terminal`;
      needed.push(
        makeDiagnostic("answer-needed", { question, option: `--skip ${step.id}` }, place),
      );
    }
    return needed;
  });
}

function keepsFromRunning(answer: GivenAnswer | undefined): boolean {
  const word = typeof answer === "string" ? answer : answer?.answer;
  return word === "no" || word === "skip";
}

/** The place of a step of which a plan knows the line alone. */
function spanAt(line: number): Span {
  const start = { line, column: 1, offset: 0 };
  return { start, end: start };
}
