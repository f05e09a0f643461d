import type { Readable, Writable } from "node:stream";
import type { Person, PersonAnswer, PersonQuestion } from "../run/ports.ts";
import { readOperator } from "./read-operator.ts";

/** Where a person is asked. */
export interface TerminalPersonOptions {
  /** False where nobody is there: every answer then is `unavailable`. */
  readonly isInteractive: boolean;
  /** Default: the process's own. */
  readonly input?: Readable;
  readonly output?: Writable;
  /** Who answers; default: the operating system's user name. */
  readonly user?: string;
}

/**
 * The person at the terminal.
 *
 * Manual steps are answered done, failed, skip or stop; a destructive step by its word, typed; all else by
 * yes or no, no being preselected. Ctrl-C, Escape and another word mean no; a terminal that goes away
 * means that nobody is there. Loads the prompts only when it asks. Writes to the terminal and reads
 * from it.
 */
export function createTerminalPerson(options: TerminalPersonOptions): Person {
  return {
    confirm: async (question) =>
      options.isInteractive ? askWhileThere(question, options) : { answer: "unavailable" },
  };
}

/** What the prompts are given: where to ask, and a signal that takes the question back. */
type Streams = Pick<TerminalPersonOptions, "input" | "output"> & { readonly signal: AbortSignal };

/** Asks, and takes the question back where the terminal goes away: nobody can answer it then. */
async function askWhileThere(
  question: PersonQuestion,
  options: TerminalPersonOptions,
): Promise<PersonAnswer> {
  const input = options.input ?? process.stdin;
  const gone = new AbortController();
  const onGone = (): void => gone.abort();
  const events = ["end", "close", "error"] as const;
  for (const event of events) input.once(event, onGone);
  try {
    const answer = await askAtTerminal(question, options, gone.signal);
    return gone.signal.aborted ? { answer: "unavailable" } : answer;
  } finally {
    for (const event of events) input.off(event, onGone);
  }
}

async function askAtTerminal(
  question: PersonQuestion,
  options: TerminalPersonOptions,
  signal: AbortSignal,
): Promise<PersonAnswer> {
  const by = options.user ?? readOperator().user;
  const { input, output } = options;
  const streams: Streams = {
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
    signal,
  };
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
  streams: Streams,
  by: string,
): Promise<PersonAnswer> {
  const { select, isCancel } = await import("@clack/prompts");
  const answer = await select<"yes" | "failed" | "skip" | "no">({
    ...streams,
    message: describe(question),
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
  streams: Streams,
  by: string,
): Promise<PersonAnswer> {
  const { select, isCancel } = await import("@clack/prompts");
  const answer = await select<"yes" | "skip" | "no">({
    ...streams,
    message: describe(question),
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
  streams: Streams,
  by: string,
): Promise<PersonAnswer> {
  const { text, isCancel } = await import("@clack/prompts");
  const word = question.word ?? "yes";
  const answer = await text({
    ...streams,
    message: `${describe(question)}\nType ${word} to run it; anything else stops the run.`,
  });
  if (isCancel(answer)) return { answer: "no", by, note: "cancelled" };
  if (answer?.trim() === word) return { answer: "yes", by, note: `typed ${word}` };
  return { answer: "no", by, note: "typed something else" };
}

async function askYesOrNo(
  question: PersonQuestion,
  streams: Streams,
  by: string,
): Promise<PersonAnswer> {
  const { confirm, isCancel } = await import("@clack/prompts");
  const answer = await confirm({
    ...streams,
    message: describe(question),
    initialValue: false,
  });
  if (isCancel(answer)) return { answer: "no", by, note: "cancelled" };
  return { answer: answer ? "yes" : "no", by };
}

function describe(question: PersonQuestion): string {
  const isSaid = question.text === "" || question.text === question.title;
  return isSaid ? question.title : `${question.title}\n${question.text}`;
}
