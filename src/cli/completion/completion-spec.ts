import type { Argument, Command, Option } from "commander";

/** What can stand as a value: words, files, or names that only the project knows. */
export type ValueSource =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "files" }
  | { readonly kind: "dynamic"; readonly of: DynamicKind }
  | { readonly kind: "none" };

/** What `opswright __complete` prints: targets, runs, or the codes of problems. */
export type DynamicKind = "targets" | "runs" | "codes";

/** An option with all its spellings; `value` is absent for a flag. */
export interface OptionSpec {
  readonly names: readonly string[];
  readonly summary: string;
  readonly value?: ValueSource | undefined;
}

/** A command as completion sees it; `path` holds the words that lead to it, without `opswright`. */
export interface CommandSpec {
  readonly path: readonly string[];
  readonly summary: string;
  readonly options: readonly OptionSpec[];
  readonly commands: readonly CommandSpec[];
  readonly argument: ValueSource;
}

/** Reads what can be completed from commander's own tree; hidden commands are left out. No I/O. */
export function readCompletionSpec(program: Command): CommandSpec {
  const common = program.options.map(readOption);
  return readCommand(program, [], common);
}

function readCommand(
  command: Command,
  path: readonly string[],
  common: readonly OptionSpec[],
): CommandSpec {
  const own = path.length === 0 ? [] : command.options.map(readOption);
  return {
    path,
    summary: command.description(),
    options: [...own, ...common, { names: ["--help"], summary: "print help for a command" }],
    commands: command
      .createHelp()
      .visibleCommands(command)
      .filter((inner) => path.length === 0 || inner.name() !== "help")
      .map((inner) => readCommand(inner, [...path, inner.name()], common)),
    argument: readArgument(command.registeredArguments[0], path),
  };
}

function readOption(option: Option): OptionSpec {
  const names = [option.short, option.long].filter((name) => name !== undefined);
  const value = option.required || option.optional ? readOptionValue(option) : undefined;
  return { names, summary: option.description, value };
}

function readOptionValue(option: Option): ValueSource {
  if (option.argChoices !== undefined) return { kind: "words", words: option.argChoices };
  return /<(?:fd\|)?(?:file|dir)>/u.test(option.flags) ? { kind: "files" } : { kind: "none" };
}

function readArgument(argument: Argument | undefined, path: readonly string[]): ValueSource {
  if (path[0] === "completion") return { kind: "words", words: argument?.argChoices ?? [] };
  switch (argument?.name()) {
    case "target":
      return { kind: "dynamic", of: "targets" };
    case "run":
      return { kind: "dynamic", of: "runs" };
    case "code":
      return { kind: "dynamic", of: "codes" };
    case "path":
      return { kind: "files" };
    default:
      return { kind: "none" };
  }
}

/** Lists a command and all below it. No I/O. */
export function flattenCommands(spec: CommandSpec): readonly CommandSpec[] {
  return [spec, ...spec.commands.flatMap(flattenCommands)];
}
