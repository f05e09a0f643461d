import type { GivenAnswer } from "../model/given-answer.ts";
import type { Person, PersonAnswer, PersonQuestion } from "./ports.ts";

/**
 * Answers a question with what was said beforehand; undefined where that does not answer it.
 *
 * A person's work is `done`, `failed` or `skip`; a question of the author's `yes`, `no` or `skip`; a
 * destructive step is agreed to by its own id, which answers a question about that step too. All other
 * questions are about what nobody knew beforehand. No I/O.
 */
export function giveAnswer(
  { kind, stepId }: Pick<PersonQuestion, "kind" | "stepId">,
  given: GivenAnswer,
  by: string,
): PersonAnswer | undefined {
  const { answer: word, note } = typeof given === "string" ? { answer: given } : given;
  const ownWords = words.get(kind);
  const isAgreed = word === stepId && ownWords?.agreesById === true;
  // A step that is called `skip` is skipped by that word: in doubt nothing is run.
  const answer = ownWords?.answers.get(word) ?? (isAgreed ? "yes" : undefined);
  return answer === undefined ? undefined : { answer, by, note };
}

type Word = Exclude<PersonAnswer["answer"], "unavailable">;

/** What each kind of question takes as its answer; the words come from a file, so no object holds them. */
const words: ReadonlyMap<
  PersonQuestion["kind"],
  { readonly answers: ReadonlyMap<string, Word>; readonly agreesById: boolean }
> = new Map([
  ["manual", takes({ done: "yes", failed: "failed", skip: "skip" }, false)],
  ["confirm", takes({ yes: "yes", no: "no", skip: "skip" }, true)],
  ["destructive", takes({ no: "no", skip: "skip" }, true)],
]);

function takes(answers: Readonly<Record<string, Word>>, agreesById: boolean) {
  return { answers: new Map(Object.entries(answers)), agreesById };
}

/**
 * A person of whom some answers are known beforehand: these count before anything else, also before
 * what the options say of all steps; the rest is asked of `person`. `given` is by step. No I/O.
 */
export function prepareAnswers(
  person: Person,
  given: ReadonlyMap<string, GivenAnswer>,
  by: string,
): Person {
  return {
    ...person,
    answerBeforehand: (question) => {
      const answer = given.get(question.stepId ?? "");
      return answer === undefined ? undefined : giveAnswer(question, answer, by);
    },
  };
}
