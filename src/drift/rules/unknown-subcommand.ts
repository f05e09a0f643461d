import { findNearest } from "../../parse/find-nearest.ts";
import { toolCommandClaims, type ToolCommandClaim } from "../claims/tool-command-claims.ts";
import type { FactSource } from "../fact-source.ts";
import { helpFacts, type HelpFacts } from "../facts/help-facts.ts";
import { walkHelp } from "../facts/walk-help.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";

/** A command names a sub-command that the program's help does not list, and that is nearly one. */
export const unknownSubcommand = defineClaimRule<
  ToolCommandClaim,
  { help: FactSource<HelpFacts> },
  { program: string; command: string; nearest: string }
>({
  code: "tools/unknown-subcommand",
  severity: "error",
  title: "A sub-command that the program has not",
  what: "With `check --observe help`: a command names a sub-command that the installed program's help text does not list, while it lists one of nearly that name. Other names are not judged: aliases and plugins are not listed.",
  why: "The program stops with a usage message, or runs an alias of that name on one machine alone.",
  remedy: "Correct the name, or write out what the alias stands for.",
  example: {
    language: "bash",
    wrong: "git psuh origin develop",
    right: "git push origin develop",
  },
  claims: toolCommandClaims,
  facts: { help: helpFacts },
  async judge({ value, path: document }, { help }) {
    const walked = await walkHelp(value, value.place, help);
    if (walked.kind === "unjudged") return walked;
    const { path, helps } = walked;
    const commands = helps.at(-1)?.commands ?? new Set<string>();
    const { command } = value;
    if (commands.has(command) || command === "help") return agreed;
    if (commands.size < fewest) return unjudged("the help lists no sub-commands");
    const near = findNearest(command, commands);
    // Names of two or three letters are what aliases are made of, unless it is the same letters.
    const isSlip = command.length > 3 || sortLetters(command) === sortLetters(near ?? "");
    const nearest = isSlip ? near : undefined;
    if (nearest === undefined) return unjudged("it can be an alias or a plugin");
    const severity = document.endsWith(".md") ? "warning" : "error";
    return differed({ program: path.join(" "), command, nearest }, { severity });
  },
  message: ({ program, command }) => `\`${program}\` has no sub-command \`${command}\`.`,
  hint: ({ nearest }) => `Did you mean \`${nearest}\`?`,
});

/** So many sub-commands make a help text one that lists them. */
const fewest = 3;

function sortLetters(word: string): string {
  return word.split("").toSorted().join("");
}
