import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import { listToolUses, type PlacedToolUse, type ToolUse } from "./tool-use.ts";

/** An option that a command gives to a program: `--fail` of `curl --fail "$URL"`. */
export interface ToolOptionClaim extends ToolUse {
  /** Without its value: `--output`; short ones as they are written: `-rf`. */
  readonly option: string;
  /** Where it stands in `words`. */
  readonly place: number;
}

/** Options that commands give to programs. */
export const toolOptionClaims: ClaimKind<ToolOptionClaim> = {
  name: "tool-option",
  title: "options of programs",
  description:
    "Each option of each command, up to `--` or to the words of a command that it runs (`sudo`, `xargs`, `docker exec`). Numbers (`-20`) are none.",
  collect: (document) => listToolUses(document).flatMap(readOptions),
};

function readOptions(use: PlacedToolUse): readonly FoundClaim<ToolOptionClaim>[] {
  const { program, words, isDeclared, isHere, origin } = use;
  return words.flatMap((word, place) => {
    const option = /^--?[A-Za-z][\w.-]*(?==|$)|^-[A-Za-z]/u.exec(word.text)?.[0];
    if (place === 0 || option === undefined || /\s/u.test(option)) return [];
    // What is glued to a letter can be its value or more letters.
    const whole = /^-[A-Za-z]/u.test(option)
      ? (/^[^\s="'$`]+/u.exec(word.text)?.[0] ?? option)
      : option;
    const span = use.locate(word, whole.length);
    if (span === undefined) return [];
    const value = { program, words, isDeclared, isHere, option: whole, place };
    return [{ value, span, text: whole, origin }];
  });
}
