import { isCancel, password, select, text } from "@clack/prompts";
import type { InputDefinition } from "../model/front-matter.ts";
import { findInputProblem } from "../plan/check-input-value.ts";
import { escapeControlCharacters } from "../report/sanitise-terminal-text.ts";

/** The person left a question without an answer; known by its name where it is caught. */
class AskingCancelled extends Error {
  override readonly name = "AskingCancelled";
}

/** How inputs are asked for that have values already. */
export interface AskingAgain {
  /** The values that stand there to be changed; what has none may stay without. */
  readonly current: ReadonlyMap<string, string>;
  /** Why a value that fits its input is not taken all the same, in a sentence. */
  readonly findProblem: (name: string, value: string) => string | undefined;
  /** Takes the question back. */
  readonly signal: AbortSignal;
}

/**
 * Asks the person at the terminal for the values of inputs, one after the other, until each fits.
 *
 * Choices are picked from a list, secrets are not shown. Asked `again`, each has its present value to begin
 * with. Throws `AskingCancelled` on Ctrl-C. Reads and writes the terminal.
 */
export async function askInputs(
  wanted: ReadonlyMap<string, InputDefinition>,
  again?: AskingAgain,
): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>();
  for (const [name, definition] of wanted) {
    const answer = await askInput(name, definition, again);
    if (isCancel(answer)) throw new AskingCancelled(`No value was given for ${name}.`);
    answers.set(name, String(answer));
  }
  return answers;
}

async function askInput(
  name: string,
  definition: InputDefinition,
  again: AskingAgain | undefined,
): Promise<string | symbol> {
  const { description, type, example } = definition;
  const about = description === undefined ? "" : `: ${description}`;
  const message = escapeControlCharacters(`${name}${about}`);
  const current = again?.current.get(name);
  const mayStay = again !== undefined && current === undefined;
  const where = again === undefined ? {} : { signal: again.signal };
  const validate = (value = "") => {
    if (mayStay && value === "") return undefined;
    const problem = findInputProblem(value, definition);
    if (problem !== undefined) return `Expected ${problem}.`;
    return value === current ? undefined : again?.findProblem(name, value);
  };
  const choices = type === "bool" ? ["true", "false"] : definition.choices?.map(String);
  if (choices !== undefined && type !== "list") {
    return askChoice(choices, { ...where, message, current, validate });
  }
  if (type === "secret") {
    const keep = again === undefined ? "" : "; empty: it stays as it is";
    return password({ ...where, message: `${message}${keep}`, validate });
  }
  const hint = example ?? (choices === undefined ? undefined : choices.join(","));
  return text({
    ...where,
    message,
    validate,
    ...(current === undefined ? {} : { initialValue: current }),
    ...(hint === undefined ? {} : { placeholder: escapeControlCharacters(String(hint)) }),
  });
}

/** Lets one of several values be picked, again where it is not taken, which a list cannot refuse itself. */
async function askChoice(
  choices: readonly string[],
  asked: {
    readonly message: string;
    readonly current: string | undefined;
    readonly validate: (value: string) => string | undefined;
    readonly signal?: AbortSignal;
  },
): Promise<string | symbol> {
  const { message, current, validate, ...where } = asked;
  let problem = "";
  for (;;) {
    const answer = await select({
      ...where,
      message: `${message}${problem}`,
      options: choices.map((value) => ({ value, label: escapeControlCharacters(value) })),
      ...(current === undefined ? {} : { initialValue: current }),
    });
    const found = isCancel(answer) ? undefined : validate(answer);
    if (found === undefined) return answer;
    problem = `\n${found}`;
  }
}
