import { findNearest } from "../../parse/find-nearest.ts";
import type { ScriptArgumentClaim } from "../claims/script-option-claims.ts";
import { scriptSubCommandClaims } from "../claims/script-sub-command-claims.ts";
import { scriptOptionsFacts, type ScriptOptionsFacts } from "../facts/script-options-facts.ts";
import type { FactSource } from "../fact-source.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";
import { findCalledScript } from "./find-called-script.ts";
import { suggestName } from "./suggest-name.ts";

/** A command hands a sub-command to a script of the repository that refuses it. */
export const unknownScriptSubCommand = defineClaimRule<
  ScriptArgumentClaim,
  { scripts: FactSource<ScriptOptionsFacts> },
  { word: string; file: string; nearest: string | undefined; known: readonly string[] }
>({
  code: "scripts/unknown-subcommand",
  severity: "error",
  title: "A sub-command that the script does not know",
  what: "A command starts a script of the repository with a first word that is none of the sub-commands which the script, read from its text, accepts.",
  why: "The script stops with its usage: usually the sub-command was renamed, and the runbook was not.",
  remedy: "Write the sub-command as the script has it.",
  example: {
    language: "bash",
    wrong: "./service.sh restrat",
    right: "./service.sh restart",
    file: {
      path: "service.sh",
      text: '#!/bin/sh\ncase "$1" in\n  start|stop|restart) echo "$1" ;;\n  *) echo usage >&2; exit 2 ;;\nesac\n',
    },
  },
  claims: scriptSubCommandClaims,
  facts: { scripts: scriptOptionsFacts },
  async judge({ value, text: word }, { scripts }) {
    const called = await findCalledScript(value, scripts);
    if (called.kind === "unknown") return unjudged(called.reason);
    const { role, script } = called;
    if (role.kind !== "command") return unjudged("the script has no sub-commands that are known");
    if (role.isKnown) return agreed;
    if (!role.parent.isStrict) return unjudged("the script takes other words as well");
    if (script.mentions(word)) return unjudged("the script names it in another place");
    const { commands } = role.parent;
    const known = commands.map(({ name }) => name);
    const nearest = findNearest(word, known);
    const near = commands.find(({ name }) => name === nearest);
    return differed(
      { word, file: script.path, nearest, known: [...new Set(known)] },
      {
        related: [
          near === undefined || near.range.end === 0
            ? { path: script.path, text: "the script" }
            : {
                path: script.path,
                span: script.locate(near.range),
                text: `the script knows \`${near.name}\` here`,
              },
        ],
      },
    );
  },
  message: ({ word, file }) => `\`${file}\` knows no sub-command \`${word}\`.`,
  hint: ({ nearest, known }) => suggestName(nearest, known),
});
