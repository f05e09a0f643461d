import { isCancel, password, select, text } from "@clack/prompts";
import type { InputDefinition } from "../model/front-matter.ts";
import { findInputProblem } from "../plan/check-input-value.ts";
import { escapeControlCharacters } from "../report/sanitise-terminal-text.ts";

/** The person left a question without an answer; known by its name where it is caught. */
class AskingCancelled extends Error {
  override readonly name = "AskingCancelled";
}

/**
 * Asks the person at the terminal for the values of inputs, one after the other, until each fits.
 *
 * Choices are picked from a list, secrets are not shown. Throws `AskingCancelled` on Ctrl-C. Reads
 * and writes the terminal.
 */
export async function askInputs(
  missing: ReadonlyMap<string, InputDefinition>,
): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>();
  for (const [name, definition] of missing) {
    const answer = await askInput(name, definition);
    if (isCancel(answer)) throw new AskingCancelled(`No value was given for ${name}.`);
    answers.set(name, String(answer));
  }
  return answers;
}

async function askInput(name: string, definition: InputDefinition): Promise<string | symbol> {
  const { description, type, example } = definition;
  const about = description === undefined ? "" : `: ${description}`;
  const message = escapeControlCharacters(`${name}${about}`);
  const validate = (value: string | undefined) => {
    const problem = findInputProblem(value ?? "", definition);
    return problem === undefined ? undefined : `Expected ${problem}.`;
  };
  const choices = type === "bool" ? ["true", "false"] : definition.choices?.map(String);
  if (choices !== undefined && type !== "list") {
    return select({
      message,
      options: choices.map((value) => ({ value, label: escapeControlCharacters(value) })),
    });
  }
  if (type === "secret") return password({ message, validate });
  const hint = example ?? (choices === undefined ? undefined : choices.join(","));
  return text({
    message,
    validate,
    ...(hint === undefined ? {} : { placeholder: escapeControlCharacters(String(hint)) }),
  });
}
