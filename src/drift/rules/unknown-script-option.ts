import { findNearest } from "../../parse/find-nearest.ts";
import { scriptOptionClaims, type ScriptArgumentClaim } from "../claims/script-option-claims.ts";
import {
  scriptOptionsFacts,
  type KnownScript,
  type ScriptOptionsFacts,
} from "../facts/script-options-facts.ts";
import { listScriptCommands, type ScriptCommand } from "../facts/script-options.ts";
import type { FactSource } from "../fact-source.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";
import { findCalledScript } from "./find-called-script.ts";

/** A command hands an option to a script of the repository that does not know it. */
export const unknownScriptOption = defineClaimRule<
  ScriptArgumentClaim,
  { scripts: FactSource<ScriptOptionsFacts> },
  {
    option: string;
    file: string;
    command: string;
    nearest: string | undefined;
    owner: string | undefined;
    known: readonly string[];
  }
>({
  code: "scripts/unknown-option",
  severity: "error",
  title: "An option that the script does not know",
  what: "A command starts a script of the repository with an option that the script, read from its text, does not know.",
  why: "The script stops, or goes on as if the option were not there: `--dry-run`, misspelt, is a real run.",
  remedy:
    "Write the option as the script has it, or teach the script the option. Scripts that hand their arguments on or read them in a way that is not known are not judged.",
  example: {
    language: "bash",
    wrong: "./deploy.sh --dry-rum",
    right: "./deploy.sh --dry-run",
    file: {
      path: "deploy.sh",
      text: '#!/bin/sh\nfor arg in "$@"; do\n  case "$arg" in\n    --dry-run) DRY=1 ;;\n    *) echo "unknown: $arg" >&2; exit 2 ;;\n  esac\ndone\n',
    },
  },
  claims: scriptOptionClaims,
  facts: { scripts: scriptOptionsFacts },
  async judge({ value, text: option }, { scripts }) {
    const called = await findCalledScript(value, scripts);
    if (called.kind === "unknown") return unjudged(called.reason);
    const { role, script } = called;
    if (role.kind !== "option")
      return unjudged("what stands before it is not known, or takes it as its value");
    if (role.isKnown) return agreed;
    const { root, common, isExact } = script.options;
    const openReason = role.command.openReason ?? root.openReason;
    if (openReason !== undefined) return unjudged(openReason);
    const scope = [...new Set([role.command, root])];
    const owner = listScriptCommands(root).find((one) => hasOption(one, option));
    const isOwned = owner !== undefined && isExact;
    // What the text names in any other way may be read in a way that is not seen.
    if (!isOwned && script.mentions(option.length > 2 ? option.replace(/^-+/, "") : option)) {
      return unjudged("the script names it in another place");
    }
    const options = [...scope.flatMap((one) => one.options), ...common];
    const known = options.flatMap(({ names }) => names.filter((name) => name.length > 2));
    const nearest = isOwned
      ? undefined
      : findNearest(
          option,
          options.flatMap(({ names }) => names),
        );
    const near = isOwned
      ? owner.options.find(({ names }) => names.includes(option))
      : options.find(({ names }) => nearest !== undefined && names.includes(nearest));
    return differed(
      {
        option,
        file: script.path,
        command: role.command.name,
        nearest,
        owner: isOwned ? owner.name : undefined,
        known: [...new Set(known)],
      },
      {
        related: [
          describe(
            script,
            near?.names.find((one) => one === nearest || one === option),
            near?.range,
          ),
        ],
      },
    );
  },
  message: ({ option, file, command }) =>
    command === ""
      ? `\`${file}\` knows no option \`${option}\`.`
      : `\`${file} ${command}\` knows no option \`${option}\`.`,
  hint({ nearest, owner, known }) {
    if (owner !== undefined) {
      return owner === ""
        ? "It belongs to the script itself."
        : `It belongs to the sub-command \`${owner}\`.`;
    }
    return suggestOption(nearest, known);
  },
});

function hasOption({ options }: ScriptCommand, option: string): boolean {
  return options.some(({ names }) => names.includes(option));
}

function describe(
  script: KnownScript,
  name: string | undefined,
  range: { start: number; end: number } | undefined,
): { path: string; span?: ReturnType<KnownScript["locate"]>; text: string } {
  if (name === undefined || range === undefined || range.end === 0) {
    return { path: script.path, text: "the script" };
  }
  return {
    path: script.path,
    span: script.locate(range),
    text: `the script knows \`${name}\` here`,
  };
}

function suggestOption(nearest: string | undefined, known: readonly string[]): string {
  if (nearest !== undefined) return `Did you mean \`${nearest}\`?`;
  const own = known.filter((name) => name !== "--help");
  return own.length === 0
    ? "It takes no options."
    : `It knows: ${own
        .slice(0, 8)
        .map((name) => `\`${name}\``)
        .join(", ")}.`;
}
