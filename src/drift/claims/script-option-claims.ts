import type { ClaimKind } from "../claim-kind.ts";
import { readScriptCall } from "./script-call.ts";
import { collectWithStartPlaces, type StartPlace } from "./start-place.ts";

/** One argument among those that a script is given: `place` is its index. */
export interface ScriptArgumentClaim {
  readonly script: string;
  readonly start: StartPlace;
  readonly args: readonly { readonly text: string; readonly isLiteral: boolean }[];
  readonly place: number;
}

/** Options that commands hand to scripts. */
export const scriptOptionClaims: ClaimKind<ScriptArgumentClaim> = {
  name: "script-option",
  title: "options of scripts",
  description:
    "Each option that a command hands to a script that it starts by its path (`./deploy --quick`, `bash scripts/deploy.sh -n`), up to `--`.",
  collect: ({ commands }) =>
    collectWithStartPlaces(commands, (placed, start) => {
      const call = readScriptCall(placed.command);
      if (call === undefined) return [];
      const end = call.args.findIndex(({ text }) => text === "--");
      const args = end === -1 ? call.args : call.args.slice(0, end);
      return args.flatMap(({ text, range, isLiteral }, place) => {
        // Of `--output="$FILE"` the name is literal all the same.
        const name = isLiteral
          ? /^--?[A-Za-z][^=\s]*/.exec(text)?.[0]
          : /^(--[A-Za-z][\w-]*)=/.exec(text)?.[1];
        if (name === undefined) return [];
        const span = placed.locate({ start: range.start, end: range.start + name.length });
        const value = { script: call.script, start, args: call.args, place };
        return [{ value, span, text: name, origin: placed.origin }];
      });
    }),
};
