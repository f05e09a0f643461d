import * as z from "zod";

/** The words by which a step is answered beforehand: the first three for a person's work, the rest for a question. */
const answerWords = ["done", "failed", "skip", "yes", "no"] as const;

const unlike = "an answer is a word, or a map of `answer` and `note`";

function answerBy<Word extends z.ZodType<string>>(word: Word) {
  const noted = z.strictObject({ answer: word, note: z.string().min(1).optional() });
  return z.union([word, noted], unlike);
}

/** An answer that is known before it is asked for: one of the words, alone or with a note. */
export const givenAnswerSchema = answerBy(z.enum(answerWords));

/** A file of answers: each by the id of its step; a destructive step's word is its own id. */
export const answersFileSchema = z
  .record(z.string().min(1), answerBy(z.string().min(1)), "expected a map of step ids to answers")
  .describe("Answers given before a run, by step");

/** An answer that is known before it is asked for. */
export type GivenAnswer = z.output<typeof answersFileSchema>[string];
