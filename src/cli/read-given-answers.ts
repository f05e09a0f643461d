import type { Diagnostic } from "../model/diagnostic.ts";
import type { GivenAnswer } from "../model/given-answer.ts";
import type { Plan } from "../model/plan.ts";
import { escapeControlCharacters } from "../report/sanitise-terminal-text.ts";
import type { Person } from "../run/ports.ts";
import { createInputEditor, type EditedInputs } from "./create-input-editor.ts";
import type { CommandContext } from "./command-context.ts";
import type { RunCommandOptions } from "./run-options.ts";
import { createTerminalPerson } from "../node/terminal-person.ts";
import { prepareAnswers } from "../run/give-answer.ts";
import { readOperator } from "../node/read-operator.ts";

/** What `--answers` says of a plan's steps. */
export interface GivenAnswers {
  /** By step; empty where there is no such option, or its file has errors. */
  readonly given: ReadonlyMap<string, GivenAnswer>;
  readonly diagnostics: readonly Diagnostic[];
  /** The text of the file, by its path, for the excerpts of problems. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Reads the answers that the options give beforehand, and checks them against the plan; ends with 2
 * where the file cannot be read. Reads the file.
 */
export async function readGivenAnswers(
  plan: Plan,
  { options, fail }: CommandContext<RunCommandOptions>,
): Promise<GivenAnswers> {
  const file = options.answers;
  if (file === undefined) return { given: new Map(), diagnostics: [], sources: new Map() };
  const { readAnswersFile, AnswersFileError } = await import("../node/read-answers-file.ts");
  const { readAnswers } = await import("../plan/read-answers.ts");
  try {
    const text = await readAnswersFile(file);
    const { value = new Map<string, GivenAnswer>(), diagnostics } = readAnswers(file, text, plan);
    return { given: value, diagnostics, sources: new Map([[file, text]]) };
  } catch (error) {
    if (error instanceof AnswersFileError) return fail(error.message);
    throw error;
  }
}

/**
 * The person at the terminal, who can change `inputs`, and whose answers of `--answers` are known
 * beforehand. Writes to the terminal and reads from it.
 */
export async function createAnsweringPerson(
  { given }: GivenAnswers,
  inputs: EditedInputs,
  { options, terminal }: CommandContext<RunCommandOptions>,
): Promise<Person> {
  const isInteractive = terminal.isInteractive && options.json !== true;
  const person: Person = {
    ...createTerminalPerson({ isInteractive, escapeText: escapeControlCharacters }),
    ...(isInteractive && { editInputs: createInputEditor(inputs) }),
  };
  if (options.answers === undefined) return person;
  return prepareAnswers(person, given, `${readOperator().user} of --answers ${options.answers}`);
}
