import { listValuedOptions } from "../../shell/command-call.ts";
import type { CallWord } from "../claims/tool-call.ts";
import type { ToolUse } from "../claims/tool-use.ts";
import type { HelpFacts } from "./help-facts.ts";
import { findAskLimit } from "./help-limits.ts";
import type { HelpText } from "./parse-help-text.ts";

/** The help texts of a program and of the sub-commands before a word, outermost first. */
export type WalkedHelp =
  | {
      readonly kind: "helps";
      readonly path: readonly string[];
      readonly helps: readonly HelpText[];
    }
  | { readonly kind: "unjudged"; readonly reason: string };

const unjudged = (reason: string): WalkedHelp => ({ kind: "unjudged", reason });

/**
 * Reads the help texts that say what the word at `place` of a call can be.
 *
 * Sub-commands are asked for their help only where their program lists them. Asks programs through
 * the port.
 *
 * @example for `--force` of `git push --force`: the helps of `git` and of `git push`
 */
export async function walkHelp(
  { program, words, isDeclared, isHere }: ToolUse,
  place: number,
  facts: HelpFacts,
): Promise<WalkedHelp> {
  if (!isHere) return unjudged("the command runs elsewhere");
  if (!isDeclared) return unjudged("the front matter does not declare the program");
  const path = [program];
  const limit = findAskLimit(program);
  if (limit !== undefined) return unjudged(limit);
  const first = await ask(path, facts);
  if (typeof first === "string") return unjudged(first);
  const helps = [first];
  for (let at = 1; at < place; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    if (word.text.startsWith("-")) {
      if (!takesNext(word, program, helps)) continue;
      at += 1;
      if (at === place) return unjudged("it is the value of another option");
      continue;
    }
    const last = helps.at(-1) ?? first;
    if (last.passesOn) return unjudged("what follows is another program's");
    if (last.commands.size === 0) continue;
    if (!word.isLiteral || !last.commands.has(word.text)) {
      return unjudged("the help does not list the sub-command");
    }
    path.push(word.text);
    const help = await ask(path, facts);
    if (typeof help === "string") return unjudged(help);
    helps.push(help);
  }
  return { kind: "helps", path, helps };
}

async function ask(path: readonly string[], facts: HelpFacts): Promise<HelpText | string> {
  const help = await facts.readHelp(path);
  if (help === "unasked") return "programs are asked with `--observe help` alone";
  if (help === "absent") return "the program is not installed here";
  return help;
}

function takesNext({ text }: CallWord, program: string, helps: readonly HelpText[]): boolean {
  if (text.includes("=")) return false;
  if (helps.some(({ valued }) => valued.has(text))) return true;
  return listValuedOptions(program).has(text);
}
