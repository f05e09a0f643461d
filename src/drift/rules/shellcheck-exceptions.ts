/**
 * Codes of shellcheck that are out of place in a runbook, with why.
 *
 * A block is one part of a session: earlier steps, inputs and the environment set what it reads,
 * later ones read what it sets. Codes and their meanings are those of shellcheck's own pages.
 */
const outOfPlace: ReadonlyMap<string, string> = new Map([
  [
    "SC2154",
    "an input, a contract or an earlier step sets the variable: undeclared-variable judges",
  ],
  ["SC2034", "a later step reads the variable"],
  ["SC2120", "a later step calls the function with arguments"],
  ["SC2119", "a later step calls the function with arguments"],
  ["SC2148", "a block needs no first line that names its shell"],
  ["SC2096", "a block needs no first line that names its shell"],
  ["SC1128", "a block can show a script with what stands above it"],
  ["SC1090", "the sourced file is on the machine where the runbook runs"],
  ["SC1091", "the sourced file is on the machine where the runbook runs"],
  ["SC2164", "a step stops at its first failing command, a `cd` too"],
  ["SC2103", "a step stops at its first failing command, a `cd` too"],
  ["SC2317", "a function of the block is called by a later step"],
  ["SC2329", "a function of the block is called by a later step"],
  ["SC2218", "an earlier step defines the function"],
  ["SC2262", "an alias is used by a later step"],
  ["SC2263", "an alias is used by a later step"],
  ["SC2242", "exit codes are judged by the step's `exit` attribute"],
  ["SC1017", "line ends of Windows are read as line ends"],
  ["SC1018", "text/invisible-characters tells it"],
  ["SC1082", "text/invisible-characters tells it"],
  ["SC1100", "text/smart-quotes tells it"],
  ["SC1110", "text/smart-quotes tells it"],
  ["SC1111", "text/smart-quotes tells it"],
  ["SC1112", "text/smart-quotes tells it"],
  ["SC1101", "shell/space-after-backslash tells it"],
  ["SC2215", "shell/space-after-backslash tells it, or the flag is a file's name"],
  ["SC2283", "shell/prompt-in-script tells of a dollar sign in front of a command"],
  ["SC1127", "what is no shell is found by its syntax or by its programs"],
  ["SC1083", "braces are meant literally: `jsonpath={.status}`, `{{.Id}}`, `HEAD@{1}`"],
]);

/** Codes on what is a habit of documents and no mistake of theirs. */
const outOfPlaceInDocuments: ReadonlyMap<string, string> = new Map([
  ["SC2155", "`export X=$(…)` is how documents show it; in `.mdx` its failure passes unseen"],
  ["SC2046", "documents show `kubectl exec $(…)` for one pod, whose name holds no blanks"],
]);

/**
 * True where a comment of that code is left out; `isStrict` is for a team's own `.mdx`.
 *
 * No I/O.
 */
export function isCommentOutOfPlace(code: string, isStrict: boolean): boolean {
  return outOfPlace.has(code) || (!isStrict && outOfPlaceInDocuments.has(code));
}
