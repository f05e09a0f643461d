import type { TextRange } from "../../model/shell-script.ts";

/** An option that a script knows; a name that ends with `*` stands for all that begin so. */
export interface ScriptOption {
  /** With their hyphens: `["--quick", "-q"]`. */
  readonly names: readonly string[];
  readonly takesValue: boolean;
  readonly range: TextRange;
}

/** A script's sub-command, or the script itself, whose name is empty. */
export interface ScriptCommand {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly range: TextRange;
  readonly options: readonly ScriptOption[];
  readonly commands: readonly ScriptCommand[];
  /** Why it can take options that are not seen, as the end of a sentence. */
  readonly openReason?: string | undefined;
  /** True where a word that is none of `commands` is refused. */
  readonly isStrict: boolean;
}

/** The options that a script knows, as its text tells. Ranges are offsets into the text. */
export interface ScriptOptions {
  /** How it reads them: `argparse`, `getopts`. */
  readonly manner: string;
  readonly root: ScriptCommand;
  /** Options of which it is not known to which command they belong. */
  readonly common: readonly ScriptOption[];
  /** True where the beginning of a long option will do. */
  readonly allowsAbbreviations: boolean;
  /** True where each option's command is known. */
  readonly isExact: boolean;
}

/** A script's options, or why they are not known, as the end of a sentence. */
export type ReadScriptOptions =
  | { readonly kind: "known"; readonly options: ScriptOptions }
  | { readonly kind: "unknown"; readonly reason: string };

/** What an argument of a script is taken for. */
export type ArgumentRole =
  | { readonly kind: "option"; readonly isKnown: boolean; readonly command: ScriptCommand }
  | { readonly kind: "command"; readonly isKnown: boolean; readonly parent: ScriptCommand }
  | { readonly kind: "other" };

/**
 * Tells for each argument of a call what the script takes it for, as far as it is sure.
 *
 * No I/O.
 *
 * @example for `all --quick` of a script with the command `all`: a known command, a known option
 */
export function readArgumentRoles(
  options: ScriptOptions,
  args: readonly { readonly text: string; readonly isLiteral: boolean }[],
): readonly ArgumentRole[] {
  const roles: ArgumentRole[] = [];
  const path: ScriptCommand[] = [options.root];
  let isSure = true;
  let isLost = false;
  for (let at = 0; at < args.length; at += 1) {
    const { text = "", isLiteral = false } = args[at] ?? {};
    const command = path.at(-1) ?? options.root;
    if (text === "--") break;
    if (text.startsWith("-") && text.length > 1) {
      const name = optionName(text);
      const scope = [...path.flatMap((one) => one.options), ...options.common];
      const found = findOption(name, scope, options.allowsAbbreviations);
      // Whose options they are, an unknown command does not tell.
      if (found === undefined && isLost) roles.push({ kind: "other" });
      else roles.push({ kind: "option", isKnown: found !== undefined, command });
      // What an unknown option takes is not known, so the words behind it are not either.
      if (found === undefined) isSure = false;
      else if (found.takesValue && !text.includes("=") && isWhole(text, found)) {
        at += 1;
        if (at < args.length) roles.push({ kind: "other" });
      }
      continue;
    }
    if (!isSure || command.commands.length === 0 || !isLiteral) {
      roles.push({ kind: "other" });
      isSure = isSure && isLiteral;
      continue;
    }
    const next = command.commands.find(
      ({ name, aliases }) => name === text || aliases.includes(text),
    );
    roles.push({ kind: "command", isKnown: next !== undefined, parent: command });
    if (next !== undefined) path.push(next);
    else [isSure, isLost] = [false, true];
  }
  return roles;
}

/** The name of an option as written: `--output` of `--output=x`. No I/O. */
function optionName(text: string): string {
  const equals = text.indexOf("=");
  return equals === -1 ? text : text.slice(0, equals);
}

/** True where the word ends with the option's name, so that its value is the next word. */
function isWhole(text: string, { names }: ScriptOption): boolean {
  if (text.startsWith("--") || names.includes(text)) return true;
  return names.some(
    (name) => name.length === 2 && text.indexOf(name.charAt(1), 1) === text.length - 1,
  );
}

function findOption(
  name: string,
  scope: readonly ScriptOption[],
  allowsAbbreviations: boolean,
): ScriptOption | undefined {
  const exact = scope.find(({ names }) => names.some((known) => fits(known, name)));
  if (exact !== undefined) return exact;
  if (name.startsWith("--")) {
    if (!allowsAbbreviations || name.length < 3) return undefined;
    return scope.find(({ names }) => names.some((known) => known.startsWith(name)));
  }
  // `-xvf`: letters together, of which one can take the rest as its value.
  let last: ScriptOption | undefined;
  for (const letter of name.slice(1)) {
    last = scope.find(({ names }) => names.includes(`-${letter}`));
    if (last === undefined || last.takesValue) return last;
  }
  return last;
}

function fits(known: string, name: string): boolean {
  return known.endsWith("*") ? name.startsWith(known.slice(0, -1)) : known === name;
}

/** Every command of a script, the script itself first. No I/O. */
export function listScriptCommands(command: ScriptCommand): readonly ScriptCommand[] {
  return [command, ...command.commands.flatMap(listScriptCommands)];
}
