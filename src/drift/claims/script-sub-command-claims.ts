import type { ClaimKind } from "../claim-kind.ts";
import { readScriptCall } from "./script-call.ts";
import type { ScriptArgumentClaim } from "./script-option-claims.ts";
import { collectWithStartPlaces } from "./start-place.ts";

/** First words that commands hand to scripts, which can be sub-commands. */
export const scriptSubCommandClaims: ClaimKind<ScriptArgumentClaim> = {
  name: "script-subcommand",
  title: "sub-commands of scripts",
  description:
    "The first word that is no option and that a command hands to a script which it starts by its path: `./ip2adb backup`. Whether it is a sub-command, the script tells.",
  collect: ({ commands }) =>
    collectWithStartPlaces(commands, (placed, start) => {
      const call = readScriptCall(placed.command);
      if (call === undefined) return [];
      const place = call.args.findIndex(({ text }) => !text.startsWith("-"));
      const word = call.args[place];
      if (word?.isLiteral !== true || !/^[A-Za-z][\w:-]*$/.test(word.text)) return [];
      return [
        {
          value: { script: call.script, start, args: call.args, place },
          span: placed.locate(word.range),
          text: word.text,
          origin: placed.origin,
        },
      ];
    }),
};
