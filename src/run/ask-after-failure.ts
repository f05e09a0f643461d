import type { FailureAnswer, FailureChoice, FailureQuestion } from "./ports.ts";
import type { RunContext } from "./run-context.ts";
import { whenAborted } from "./when-aborted.ts";

/** How each choice stands on record. */
const words: Readonly<Record<FailureChoice, string>> = {
  retry: "retry",
  edit: "change inputs",
  shell: "open a shell",
  skip: "skip",
  "roll-back": "roll back",
  abort: "stop",
};

/**
 * Whether somebody is asked what is to become of a step that failed: a person at the terminal, where
 * `--rollback` has not said so and the run is no drill, whose failures are what it is for. No I/O.
 */
export function canAskAfterFailure({ person, options }: RunContext): boolean {
  return (
    person.chooseAfterFailure !== undefined &&
    options.rollback === "ask" &&
    options.isRehearsal !== true
  );
}

/** Asks what is to become of a step that failed, and puts question and answer on record. */
export async function askAfterFailure(
  { recorder, person, options }: RunContext,
  question: FailureQuestion,
): Promise<FailureAnswer | { readonly answer: "interrupted" }> {
  const about = { stepId: question.stepId, question: `${question.title}\n${question.text}` };
  await recorder.record({ type: "question-asked", ...about });
  const answer = await Promise.race([
    person.chooseAfterFailure?.(question, options.interrupted) ??
      ({ answer: "unavailable" } as const),
    whenAborted(options.interrupted),
  ]);
  if (answer === "interrupted") return { answer };
  if (answer.answer === "unavailable") return answer;
  const { by, note } = answer;
  const word = words[answer.answer];
  const said = note === undefined ? word : `${word} (${note})`;
  await recorder.record({ type: "question-answered", ...about, answer: said, by });
  return answer;
}
