import type { Command } from "commander";
import { createProgram } from "../src/cli/create-program.ts";
import { commandTable } from "../src/cli/command-table.ts";

/** Where the page is, relative to the repository's root. */
export const commandLinePage = "docs/command-line.md";

/**
 * Writes the reference of the command line as Markdown, from what commander knows of each command: the
 * words of `--help`. Loads every command; no other I/O.
 */
export async function renderCommandLinePage(): Promise<string> {
  const program = await createProgram({ loaded: commandTable, finish: () => undefined });
  const hidden = new Set(commandTable.filter(({ isHidden }) => isHidden).map(({ name }) => name));
  const shown = program.commands.filter((command) => !hidden.has(command.name()));
  return `${[
    "# The command line",
    "`opswright COMMAND`. `opswright --help` lists the commands, `opswright COMMAND --help` says the same as this page.",
    renderList(shown),
    "## Options of every command",
    renderOptions(program),
    "## Targets, exit codes, examples",
    fence(readNotes(program)),
    ...shown.flatMap((command) => renderCommand(command, "opswright", 2)),
    "This page is generated from the command line's own help by `npm run docs`.",
  ]
    .filter((block) => block !== "")
    .join("\n\n")}\n`;
}

function renderList(commands: readonly Command[]): string {
  return [
    "| Command | Does |",
    "| --- | --- |",
    ...commands.map(
      (command) =>
        `| [\`${command.name()}\`](#opswright-${command.name()}) | ${cell(command.description())} |`,
    ),
  ].join("\n");
}

function renderCommand(command: Command, before: string, depth: number): readonly string[] {
  const name = `${before} ${command.name()}`;
  const notes = readNotes(command);
  return [
    `${"#".repeat(depth)} ${name}`,
    `${command.description()}.`,
    fence(`${name} ${command.usage()}`),
    renderArguments(command),
    renderOptions(command),
    notes === "" ? "" : fence(notes),
    ...command.commands
      .filter((one) => one.name() !== "help")
      .flatMap((one) => renderCommand(one, name, depth + 1)),
  ].filter((block) => block !== "");
}

function renderArguments({ registeredArguments }: Command): string {
  if (registeredArguments.length === 0) return "";
  return [
    "| Argument | Meaning |",
    "| --- | --- |",
    ...registeredArguments.map(
      (argument) =>
        `| \`${argument.name()}${argument.variadic ? "…" : ""}\` | ${cell(argument.description)} |`,
    ),
  ].join("\n");
}

function renderOptions(command: Command): string {
  const options = command.options.filter(({ hidden }) => !hidden);
  if (options.length === 0) return "";
  return [
    "| Option | Meaning |",
    "| --- | --- |",
    ...options.map(({ flags, description, argChoices }) => {
      const choices = argChoices === undefined ? "" : ` (${argChoices.join(", ")})`;
      return `| \`${flags.replaceAll("|", String.raw`\|`)}\` | ${cell(description + choices)} |`;
    }),
  ].join("\n");
}

/** What stands below the lists of arguments and options in a command's help. */
function readNotes(command: Command): string {
  let help = "";
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
    getOutHasColors: () => false,
    getOutHelpWidth: () => 80,
  });
  command.outputHelp();
  return help.slice(command.helpInformation().length).trim();
}

function cell(text: string): string {
  return text.replaceAll(/[|<>]/gu, (sign) => (sign === "|" ? String.raw`\|` : `\\${sign}`));
}

function fence(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}
