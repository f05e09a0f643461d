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
 * Manual steps are answered done, skip or stop; a destructive step by its word, typed; all else by
 * yes or no, no being preselected. Ctrl-C, Escape and another word mean no. Loads the prompts only
 * when it asks. Writes to the terminal and reads from it.
 */
export function createTerminalPerson(options: TerminalPersonOptions): Person {
  return {
    confirm: async (question) =>
      options.isInteractive ? askAtTerminal(question, options) : { answer: "unavailable" },
  };
}

async function askAtTerminal(
  question: PersonQuestion,
  options: TerminalPersonOptions,
): Promise<PersonAnswer> {
  const by = options.user ?? readOperator().user;
  switch (question.kind) {
    case "manual":
      return askManual(question, options, by);
    case "destructive":
      return askWord(question, options, by);
    default:
      return askYesOrNo(question, options, by);
  }
}

async function askManual(
  question: PersonQuestion,
  options: TerminalPersonOptions,
  by: string,
): Promise<PersonAnswer> {
  const { select, isCancel } = await import("@clack/prompts");
  const answer = await select<"yes" | "skip" | "no">({
    ...streams(options),
    message: describe(question),
    options: [
      { value: "yes", label: "Done" },
      { value: "skip", label: "Skip this step" },
      { value: "no", label: "Stop the run" },
    ],
  });
  return isCancel(answer) ? { answer: "no", by, note: "cancelled" } : { answer, by };
}

async function askWord(
  question: PersonQuestion,
  options: TerminalPersonOptions,
  by: string,
): Promise<PersonAnswer> {
  const { text, isCancel } = await import("@clack/prompts");
  const word = question.word ?? "yes";
  const answer = await text({
    ...streams(options),
    message: `${describe(question)}\nType ${word} to run it; anything else stops the run.`,
  });
  if (isCancel(answer)) return { answer: "no", by, note: "cancelled" };
  if (answer?.trim() === word) return { answer: "yes", by, note: `typed ${word}` };
  return { answer: "no", by, note: "typed something else" };
}

async function askYesOrNo(
  question: PersonQuestion,
  options: TerminalPersonOptions,
  by: string,
): Promise<PersonAnswer> {
  const { confirm, isCancel } = await import("@clack/prompts");
  const answer = await confirm({
    ...streams(options),
    message: describe(question),
    initialValue: false,
  });
  if (isCancel(answer)) return { answer: "no", by, note: "cancelled" };
  return { answer: answer ? "yes" : "no", by };
}

function describe(question: PersonQuestion): string {
  return question.text === "" ? question.title : `${question.title}\n${question.text}`;
}

function streams(options: TerminalPersonOptions): { input?: Readable; output?: Writable } {
  return {
    ...(options.input === undefined ? {} : { input: options.input }),
    ...(options.output === undefined ? {} : { output: options.output }),
  };
}
