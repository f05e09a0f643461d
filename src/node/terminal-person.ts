import type { Person, PersonAnswer, PersonQuestion } from "../run/ports.ts";
import { askFailureChoice } from "./ask-failure-choice.ts";
import { askWhileThere, type AskedTerminal } from "./ask-while-there.ts";
import type { PromptStreams } from "./prompt-streams.ts";
import { readOperator } from "./read-operator.ts";

/** Where a person is asked. */
export interface TerminalPersonOptions extends AskedTerminal {
  /** False where nobody is there: every answer then is `unavailable`. */
  readonly isInteractive: boolean;
  /** Who answers; default: the operating system's user name. */
  readonly user?: string;
}

/**
 * The person at the terminal.
 *
 * Manual steps are answered done (with a note, if they like), failed, skip or stop; a destructive step by its word, typed; a failure by
 * a choice, to stop being preselected; all else by yes or no, no being preselected. Ctrl-C, Escape and
 * another word mean no, or to stop; a terminal that goes away means that nobody is there. Loads the
 * prompts only when it asks. Writes to the terminal and reads from it.
 */
export function createTerminalPerson(options: TerminalPersonOptions): Person {
  if (!options.isInteractive) return { confirm: async () => ({ answer: "unavailable" }) };
  const by = (): string => options.user ?? readOperator().user;
  return {
    confirm: async (question, withdrawn) =>
      askWhileThere({ ...options, withdrawn }, (streams) => askAtTerminal(question, streams, by())),
    chooseAfterFailure: async (question, withdrawn) =>
      askWhileThere({ ...options, withdrawn }, (streams) =>
        askFailureChoice(question, streams, by()),
      ),
  };
}

async function askAtTerminal(
  question: PersonQuestion,
  streams: PromptStreams,
  by: string,
): Promise<PersonAnswer> {
  switch (question.kind) {
    case "manual":
      return askManual(question, streams, by);
    case "destructive":
      return askWord(question, streams, by);
    case "unknown":
      return askUnknown(question, streams, by);
    default:
      return askYesOrNo(question, streams, by);
  }
}

async function askManual(
  question: PersonQuestion,
  streams: PromptStreams,
  by: string,
): Promise<PersonAnswer> {
  const { select, isCancel } = await import("@clack/prompts");
  const { escapeText, ...where } = streams;
  const answer = await select<"yes" | "noted" | "failed" | "skip" | "no">({
    ...where,
    message: escapeText(describe(question)),
    options: [
      { value: "yes", label: "Done" },
      { value: "noted", label: "Done, with a note for the record" },
      { value: "failed", label: "It failed" },
      { value: "skip", label: "Skip this step" },
      { value: "no", label: "Stop the run" },
    ],
  });
  if (isCancel(answer)) return { answer: "no", by, note: "cancelled" };
  if (answer !== "noted") return { answer, by };
  const note = await askNote(streams);
  // They have thought better of it, and may have meant another answer.
  return note === undefined ? askManual(question, streams, by) : { answer: "yes", by, note };
}

/** What somebody has found, on one line; undefined where they write nothing. */
async function askNote(streams: PromptStreams): Promise<string | undefined> {
  const { text, isCancel } = await import("@clack/prompts");
  const { escapeText: _escapeText, ...where } = streams;
  const note = await text({
    ...where,
    message: "What did you find? It is kept with the run and stands in its reports.",
  });
  return isCancel(note) || note === undefined || note.trim() === "" ? undefined : note.trim();
}

async function askUnknown(
  question: PersonQuestion,
  streams: PromptStreams,
  by: string,
): Promise<PersonAnswer> {
  const { select, isCancel } = await import("@clack/prompts");
  const { escapeText, ...where } = streams;
  const answer = await select<"yes" | "skip" | "no">({
    ...where,
    message: escapeText(describe(question)),
    options: [
      { value: "no", label: "Stop here, to look" },
      { value: "yes", label: "Nothing came of it: run it again" },
      { value: "skip", label: "It is done: go on with the next step" },
    ],
  });
  return isCancel(answer) ? { answer: "no", by, note: "cancelled" } : { answer, by };
}

async function askWord(
  question: PersonQuestion,
  streams: PromptStreams,
  by: string,
): Promise<PersonAnswer> {
  const { text, isCancel } = await import("@clack/prompts");
  const { escapeText, ...where } = streams;
  const word = question.word ?? "yes";
  const answer = await text({
    ...where,
    message: `${escapeText(describe(question))}\nType ${word} to run it; anything else stops the run.`,
  });
  if (isCancel(answer)) return { answer: "no", by, note: "cancelled" };
  if (answer?.trim() === word) return { answer: "yes", by, note: `typed ${word}` };
  return { answer: "no", by, note: "typed something else" };
}

async function askYesOrNo(
  question: PersonQuestion,
  streams: PromptStreams,
  by: string,
): Promise<PersonAnswer> {
  const { confirm, isCancel } = await import("@clack/prompts");
  const { escapeText, ...where } = streams;
  const answer = await confirm({
    ...where,
    message: escapeText(describe(question)),
    initialValue: false,
  });
  if (isCancel(answer)) return { answer: "no", by, note: "cancelled" };
  return { answer: answer ? "yes" : "no", by };
}

function describe(question: PersonQuestion): string {
  const isSaid = question.text === "" || question.text === question.title;
  return isSaid ? question.title : `${question.title}\n${question.text}`;
}
