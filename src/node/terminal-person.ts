import type { Readable, Writable } from "node:stream";
import type { Person, PersonAnswer, PersonQuestion } from "../run/ports.ts";
import { askFailureChoice } from "./ask-failure-choice.ts";
import type { PromptStreams } from "./prompt-streams.ts";
import { readOperator } from "./read-operator.ts";

/** Where a person is asked. */
export interface TerminalPersonOptions {
  /** False where nobody is there: every answer then is `unavailable`. */
  readonly isInteractive: boolean;
  /** Default: the process's own. */
  readonly input?: Readable;
  readonly output?: Writable;
  /** What questions pass before they are shown; default: they are shown as they are. */
  readonly escapeText?: (text: string) => string;
  /** Who answers; default: the operating system's user name. */
  readonly user?: string;
}

/**
 * The person at the terminal.
 *
 * Manual steps are answered done, failed, skip or stop; a destructive step by its word, typed; a failure by
 * a choice, to stop being preselected; all else by yes or no, no being preselected. Ctrl-C, Escape and
 * another word mean no, or to stop; a terminal that goes away means that nobody is there. Loads the prompts only when it asks. Writes to the terminal and reads
 * from it.
 */
export function createTerminalPerson(options: TerminalPersonOptions): Person {
  if (!options.isInteractive) return { confirm: async () => ({ answer: "unavailable" }) };
  return {
    confirm: async (question) =>
      askWhileThere(options, (streams, by) => askAtTerminal(question, streams, by)),
    chooseAfterFailure: async (question) =>
      askWhileThere(options, (streams, by) => askFailureChoice(question, streams, by)),
  };
}

/** Asks, and takes the question back where the terminal goes away: nobody can answer it then. */
async function askWhileThere<Answer>(
  options: TerminalPersonOptions,
  ask: (streams: PromptStreams, by: string) => Promise<Answer>,
): Promise<Answer | { readonly answer: "unavailable" }> {
  const input = options.input ?? process.stdin;
  const gone = new AbortController();
  const onGone = (): void => gone.abort();
  const events = ["end", "close", "error"] as const;
  for (const event of events) input.once(event, onGone);
  try {
    const { output } = options;
    const streams: PromptStreams = {
      ...(options.input === undefined ? {} : { input }),
      ...(output === undefined ? {} : { output }),
      escapeText: options.escapeText ?? ((text) => text),
      signal: gone.signal,
    };
    const answer = await ask(streams, options.user ?? readOperator().user);
    return gone.signal.aborted ? { answer: "unavailable" } : answer;
  } finally {
    for (const event of events) input.off(event, onGone);
  }
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
  const answer = await select<"yes" | "failed" | "skip" | "no">({
    ...where,
    message: escapeText(describe(question)),
    options: [
      { value: "yes", label: "Done" },
      { value: "failed", label: "It failed" },
      { value: "skip", label: "Skip this step" },
      { value: "no", label: "Stop the run" },
    ],
  });
  return isCancel(answer) ? { answer: "no", by, note: "cancelled" } : { answer, by };
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
