import type { CommandStep } from "../../model/runbook.ts";
import { escapeControlCharacters } from "../../report/sanitise-terminal-text.ts";
import { tokeniseScript, type ShellTokenKind } from "../../shell/tokenise-script.ts";
import type { CodeToken } from "./runbook-page.ts";

/** The class of each kind of token; what is plain has none. Short, since a page has hundreds. */
const tokenClasses: Readonly<Record<ShellTokenKind, string | undefined>> = {
  plain: undefined,
  command: "c",
  option: "o",
  variable: "v",
  string: "s",
  keyword: "k",
  operator: "p",
  comment: "h",
  blank: "b",
};

/** Highlights code of other languages than shell's; undefined where the language is not known. */
export type HighlightCode = (text: string, language: string) => readonly CodeToken[] | undefined;

/**
 * Divides a command's script into tokens ready to be shown: the joined texts are the script with
 * what could deceive made visible.
 *
 * `inputs` are the names whose values a reader may fill in: where the shell puts such a value, and the
 * script does not set the variable itself, the token is a slot. No I/O.
 */
export function buildScriptTokens(
  step: CommandStep,
  inputs: ReadonlySet<string>,
  highlight: HighlightCode,
): readonly CodeToken[] {
  const { script, shell, language } = step;
  const shown = escapeControlCharacters(script);
  if (shell === undefined) return highlight(shown, language) ?? [{ text: shown }];
  const own = new Set(shell.writes.map(({ name }) => name));
  const tokens = tokeniseScript(script, shell).map((token): CodeToken => {
    const { variable } = token;
    const isSlot = variable !== undefined && inputs.has(variable) && !own.has(variable);
    const reason = token.risk === undefined ? undefined : shell.risk.reasons[token.risk];
    return {
      text: escapeControlCharacters(token.text),
      kind: tokenClasses[token.kind],
      input: isSlot ? variable : undefined,
      risk: reason === undefined ? undefined : escapeControlCharacters(reason.text),
    };
  });
  // A joiner is judged by its neighbours, which a token may lack.
  const isWhole = tokens.map(({ text }) => text).join("") === shown;
  return isWhole ? tokens : [{ text: shown }];
}
