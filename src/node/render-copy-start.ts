import type { CopyRequest } from "../run/ports.ts";
import { quoteShellWord } from "./quote-shell-word.ts";
import { renderSecretExport } from "./render-step-line.ts";

/** How a copy of a session's shell begins. */
export interface CopyStart extends Pick<
  CopyRequest,
  "key" | "directory" | "environment" | "variables" | "secretNames"
> {
  /** The file of the session's code, made for the copy. */
  readonly boot: string;
  /** The file of the state; empty: the shell has it from its environment. */
  readonly snapshot: string;
  /** What this terminal is, which the state's may not have been. */
  readonly terminalType: string | undefined;
}

/**
 * What a copy of a session's shell sources before its first prompt: restores the state, then makes a shell
 * for a person of it.
 *
 * Its commands do not end it where they fail, traps of steps do not go off in it, what is typed is in no
 * file, and none of the session's own functions and variables are left. No I/O.
 */
export function renderCopyStart(start: CopyStart): string {
  const { key, boot, snapshot, terminalType, directory, environment = {}, variables = {} } = start;
  const { secretNames = [] } = start;
  const terminal = terminalType === undefined ? [] : [["TERM", terminalType] as const];
  const settings = [
    ...Object.entries({ ...variables, ...environment }),
    ...terminal,
    ["OPSWRIGHT_STEP", key] as const,
  ].map(([name, value]) => `  builtin export ${name}=${quoteShellWord(value)}\n`);
  const enter =
    directory === undefined ? "" : `  CDPATH= builtin cd -- ${quoteShellWord(directory)}\n`;
  // Read whole before any alias of a step is there; traps can only be taken away outside of it.
  return `# Sourced first by a copy of a session's shell.
__ow_copy() {
  if [[ $__ow_restored != yes ]]; then
    builtin printf 'The state could not be restored: its directory and the one above it may be gone.\\n' >&2
    builtin exit 125
  fi
${secretNames.map((name) => `  ${renderSecretExport(name)}\n`).join("")}  builtin local IFS=$' \\n'
  builtin unset -f $(builtin compgen -A function __ow_)
  builtin unset -v "\${!__ow_@}" HISTFILE PROMPT_COMMAND
${settings.join("")}${enter}  PS1='(copy) \\w \\$ ' PS2='> '
}
__ow_generation=0 __ow_state=${quoteShellWord(snapshot)}
builtin . ${quoteShellWord(boot)}
\\builtin set +o errexit
\\builtin trap - DEBUG ERR RETURN EXIT HUP INT QUIT PIPE ALRM TERM USR1 USR2 CHLD CONT TSTP TTIN TTOU WINCH
\\__ow_copy
`;
}
