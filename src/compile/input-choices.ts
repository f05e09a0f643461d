import type { FrontMatter, InputDefinition } from "../model/front-matter.ts";

/** An input's definition by its name; names that every object has (`constructor`) are none. No I/O. */
export function findInput(
  inputs: FrontMatter["inputs"],
  name: string,
): InputDefinition | undefined {
  return inputs !== undefined && Object.hasOwn(inputs, name) ? inputs[name] : undefined;
}

/** The values that an input can have, where they can be counted. No I/O. */
export function choicesOf(definition: InputDefinition | undefined): readonly string[] | undefined {
  if (definition?.choices !== undefined) return definition.choices.map(String);
  return definition?.type === "bool" ? ["true", "false"] : undefined;
}
