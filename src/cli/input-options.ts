import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import type { StepSelection } from "../plan/select-steps.ts";
import type { CommonOptions } from "./command-context.ts";

/** Options of the commands that make a plan. */
export interface PlanOptions extends CommonOptions {
  readonly input?: readonly string[] | undefined;
  readonly inputs?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
}

/** Adds the options that say with which values a plan is made. */
export function addInputOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--input <name=value>", "the value of an input; can be repeated").argParser(
        collectInput,
      ),
    )
    .option("--inputs <file>", "values of inputs, from a JSON, YAML or .env file");
}

/** Adds the options that say with which values and which steps a plan is made. */
export function addPlanOptions(command: Command): Command {
  return addInputOptions(command)
    .option("--from <step>", "begin with this step")
    .option("--until <step>", "end with this step")
    .addOption(repeatable("--only <step>", "this step alone; can be repeated"))
    .addOption(repeatable("--skip <step>", "leave this step out; can be repeated"));
}

/** The steps that the options ask for. No I/O. */
export function readSelection({ from, until, only = [], skip = [] }: PlanOptions): StepSelection {
  return { from, until, only, skip };
}

/**
 * Divides `NAME=value` options; a later one of the same name counts. No I/O.
 *
 * @example readInputOptions(["COMMIT=4f2a", "NOTE=a=b"]) → Map { COMMIT → "4f2a", NOTE → "a=b" }
 */
export function readInputOptions(given: readonly string[] = []): ReadonlyMap<string, string> {
  return new Map(
    given.map((text) => {
      const equals = text.indexOf("=");
      return [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}

function collectInput(text: string, previous: readonly string[] = []): readonly string[] {
  if (!/^[A-Za-z_][A-Za-z0-9_]*=/u.test(text)) {
    throw new InvalidArgumentError("It must be NAME=value.");
  }
  return [...previous, text];
}

function repeatable(flags: string, description: string): Option {
  return new Option(flags, description).argParser(
    (text, previous: readonly string[] | undefined) => [...(previous ?? []), text],
  );
}
