import { quoteShellWord } from "./quote-shell-word.ts";
import type { SessionFiles } from "./session-files.ts";
import { ownLinesMark, ownTrap, plainStateCode, savePlainTraps } from "./shell-plain-code.ts";
import {
  renderSecretCode,
  renderSecretUnset,
  saveSecretTraps,
  tellLost,
} from "./shell-secret-code.ts";

/*
 * The shell code around the steps of a session. What makes it hold against what steps do:
 *
 * - The shell reads its commands from a FIFO, so no loop of ours is around a step (`break`), and
 *   steps are sourced at the top level, so `declare` in a step makes globals.
 * - Control functions are parsed before any alias exists, and are called with a backslash.
 * - Inside them every command is asked for by `builtin`, so functions named `cd` or `printf` do not
 *   count; nothing is unquoted, so IFS and globbing do not count; files are opened by path, so
 *   closed descriptors do not count.
 * - A step cannot pass without an end record that carries the run's nonce. Where the control code
 *   is broken all the same (`set -n`, a function named `builtin`), the runner sees the shell idle
 *   without a record and calls the step lost.
 */

const tellSilence = `builtin printf 'What shells print outside of steps is not kept: the run has secrets.\\n' >&2
`;

/** How a keeper's shells start. */
export interface KeeperSettings {
  readonly snapshot?: string | undefined;
  readonly plainNames?: readonly string[] | undefined;
  /** FIFOs into which each record goes as well, as a frame of what comes through them. */
  readonly echoes?: readonly string[] | undefined;
}

/**
 * The program that owns a session: it makes the FIFOs, starts one shell after the other, and
 * records how each ended, whether or not a runner is there.
 *
 * `snapshot` is the file from which the first shell gets its state; empty for a shell that starts from
 * its environment. The keeper holds the reading ends of `fifos`, so that what a step printed is still
 * there when it has ended and no runner lives.
 *
 * Of a session with secrets, `plainNames` are the variables of its environment without them: a restored
 * shell is handed on the others alone. What such a session's shells print outside of steps is not kept.
 *
 * It must parse in bash 3.2, so that a shell that is too old can be told from a broken one. No I/O.
 */
export function renderKeeper(
  files: SessionFiles,
  nonce: string,
  fifos: readonly string[],
  { snapshot = "", plainNames, echoes = [] }: KeeperSettings = {},
): string {
  const hasSecrets = plainNames !== undefined;
  // Not by `env -i NAME=value`: everybody can read a program's arguments.
  const cleared = hasSecrets
    ? [...plainNames, "PWD", "OLDPWD", "SHLVL", "_"]
        .map((name) => `-u ${quoteShellWord(name)}`)
        .join(" ")
    : `-i OPSWRIGHT_SESSION="$OPSWRIGHT_SESSION"`;
  // Nine descriptors on: those of one digit are ours for other things, or a step's.
  const held = fifos.map((fifo, index) => ({ fifo, descriptor: 20 + index }));
  return `# The keeper of an Opswright session: starts its shells and records how each one ended.
control=${quoteShellWord(files.control)}
if [ "\${BASH_VERSINFO[0]}" -lt 4 ] || { [ "\${BASH_VERSINFO[0]}" -eq 4 ] && [ "\${BASH_VERSINFO[1]}" -lt 4 ]; }; then
  builtin printf '%s too-old %s\\n' ${nonce} "$BASH_VERSION" >>"$control"
  builtin exit 3
fi
# Signals that a step sends to everybody must not end its keeper; each shell gets them back.
builtin trap '' HUP INT QUIT TERM USR1 USR2 TSTP TTIN TTOU
if ! builtin command -p mkfifo -m 600 ${[files.commands, ...fifos].map(quoteShellWord).join(" ")}; then
  builtin printf '%s no-fifos\\n' ${nonce} >>"$control"
  builtin exit 3
fi
# Open for reading and writing: the shell never sees an end of its commands, runner or no runner.
exec 9<>${quoteShellWord(files.commands)}
${held
  .map(
    ({ fifo, descriptor }) =>
      `exec 8<>${quoteShellWord(fifo)} ${descriptor}<${quoteShellWord(fifo)} 8>&-\n`,
  )
  .join("")}${renderTell("tell", nonce, `"$control"`, echoes)}
tell keeper 0 "$$"
# What the keeper's job control has to say about its shells is of no interest in the log.
${hasSecrets ? tellSilence : ""}exec 8>&2 2>/dev/null
# Gives each shell a process group of its own, so that \`kill 0\` in a step leaves the keeper alone.
builtin set -m
generation=0 state=${quoteShellWord(snapshot)}
while :; do
  generation=$((generation + 1))
  builtin printf '__ow_generation=%s __ow_state=%q; builtin . %q\\n' \\
    "$generation" "$state" ${quoteShellWord(files.boot)} >&9
  (
    builtin trap - HUP INT QUIT TERM USR1 USR2 TSTP TTIN TTOU
    exec ${hasSecrets ? ">/dev/null 2>&1" : "2>&8"} 8>&- 9>&- ${held.map(({ descriptor }) => `${descriptor}<&-`).join(" ")}
    # A restored shell starts from nothing: what a step has unset must stay unset.
    if [ -n "$state" ]; then
      builtin exec /usr/bin/env ${cleared} "$BASH" --norc --noprofile ${quoteShellWord(files.commands)}
    fi
    builtin exec "$BASH" --norc --noprofile ${quoteShellWord(files.commands)}
  ) &
  shell=$!
  builtin wait "$shell"
  status=$?
  # Perhaps it was only stopped (SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU): such a shell would never wake.
  case $status in
    147 | 148 | 149 | 150) builtin kill -KILL "$shell" && status=137 ;;
  esac
  tell ended "$generation" "$status"
  line=
  while [[ $line != 'restore ${nonce} '* ]]; do
    IFS= builtin read -r line <&9 || builtin exit 1
  done
  state=\${line#'restore ${nonce} '}
done
`;
}

/** What the shells of a session start with. */
export interface BootSettings {
  readonly firstSettings: string;
  readonly mark: string;
  readonly secretNames: readonly string[];
  /** As of its keeper. */
  readonly echoes?: readonly string[] | undefined;
}

/**
 * The code that each shell of a session sources first: defines the control functions, restores a
 * snapshot where there is one, says that it is ready.
 *
 * `firstSettings` is one line of shell source for what the environment of the first shell could not
 * carry; `mark` is what `OPSWRIGHT_SESSION` has, whatever a snapshot of an earlier session says. The
 * values of the variables that `secretNames` names will be in no file of the shell. No I/O.
 */
export function renderBoot(files: SessionFiles, nonce: string, settings: BootSettings): string {
  const code = renderBootCode(files, nonce, settings);
  // One line for each of our functions, and one for our trap.
  const ownLines = (code.match(/^__ow_\w+\(\)/gm)?.length ?? 0) + 1;
  return code.replaceAll(ownLinesMark, String(ownLines));
}

function renderBootCode(
  files: SessionFiles,
  nonce: string,
  { firstSettings, mark, secretNames, echoes = [] }: BootSettings,
): string {
  const hasSecrets = secretNames.length > 0;
  const saveTraps = hasSecrets ? saveSecretTraps : savePlainTraps;
  const session = quoteShellWord(files.session);
  const finish = `__ow_finish=${quoteShellWord(renderFinish(saveTraps))}`;
  return `# Sourced first by each shell of an Opswright session. Each variable of it costs time in each snapshot.
__ow_options= __ow_settings=expand_aliases __ow_traps= __ow_attributes=
__ow_restored= __ow_key= __ow_accepted=
# What follows a step. It is text, because only at the top level \`declare\` makes globals; it has no
# keywords but the braces that each step's line has as well, because a step may have made aliases of
# them. Its first command is left out where the status is set already.
${finish}

${renderTell("__ow_record", nonce, `${session}/control`, echoes)}

# Enters a directory; one that is gone is made for a moment, because a shell that was in a directory
# that is gone must be there again: its commands would do their work somewhere else.
__ow_enter() { # DIRECTORY
  CDPATH= builtin cd -- "$1" >/dev/null 2>&1 && builtin return 0
  builtin command -p mkdir -- "$1" && CDPATH= builtin cd -- "$1" >/dev/null &&
    builtin command -p rmdir -- "$1"
}

# Before a step: nothing of it has run when this fails.
__ow_prepare() { # KEY CHANNEL STREAM-OF-ERRORS; without the last, a step of the usual kind begins at once
  __ow_key=$1 __ow_accepted= __ow_undo= __ow_status=0
  __ow_file=${quoteShellWord(files.steps)}/$1
  __ow_out=${session}/$2.stdout __ow_err=${session}/$2.\${3-stderr}
  builtin set +o errexit
  builtin export "OPSWRIGHT_STEP=$1"
  if (($# < 3)); then __ow_start "$2" sh 0; fi
}

__ow_setenv() { # NAME VALUE: sets it for this step, and notes how to take that back
  __ow_undo=yes
  builtin printf 'builtin unset -v %q\\n' "$1" >>"$__ow_file.after"
  __ow_save_variable "$1" >>"$__ow_file.after"
  builtin export "$1=$2"
}

__ow_chdir() { # DIRECTORY: enters it for this step, and notes how to go back
  __ow_undo=yes
  __ow_save_directory >>"$__ow_file.after"
  CDPATH= builtin cd -- "$1" >/dev/null 2>&1 && builtin return 0
  builtin printf 'The directory %s cannot be entered from %s.\\n' "$1" "\${DIRSTACK[0]}" >&2
  builtin return 125
}

__ow_start() { # CHANNEL ENDING ACCEPTED
  __ow_record begin "$__ow_key" "$1" || builtin return 125
  __ow_accepted=$3
  BASH_ARGV0=$__ow_file.$2
  builtin trap '__ow_status=$?; ${saveTraps}; \\__ow_leave "$@" || \\builtin true' EXIT
  builtin set -o errexit -o pipefail
}

${hasSecrets ? renderSecretCode(secretNames) : plainStateCode}

__ow_snapshot() { # the positional parameters
  __ow_restored= __ow_options=$SHELLOPTS __ow_settings=$BASHOPTS
  {
    builtin printf 'fi\\n'
    __ow_save_state "$@" || builtin return
    # Its text and not its name: the state may be restored where that file is not.
    if [[ -n $__ow_undo ]]; then builtin printf '%s\\n' "$(<"$__ow_file.after")"; fi
    builtin printf '__ow_restored=yes\\n'
  } >>"$__ow_file.state" && __ow_record saved "$__ow_key" "$__ow_status"
}

# After a step that left its shell alive.
__ow_end() { # the positional parameters
  [[ -n $__ow_accepted ]] || __ow_check
  if ${isAccepted}; then
    __ow_look
    if [[ $__ow_traps != *"' EXIT"* || $__ow_traps == ${ownTrap}* ]]; then
      # On record before the snapshot is taken, which need not be waited for.
      __ow_record done "$__ow_key" "$__ow_status"
      __ow_snapshot "$@" || builtin kill -KILL "$$"
      __ow_key=
      builtin return 0
    fi
    __ow_snapshot "$@"
  fi
  # An EXIT trap of the step's own runs as the step ends, while its output still counts.
  exec 1<>"$__ow_out" 2<>"$__ow_err"
  builtin exit "$__ow_status"
}

# After a step that could not be begun.
__ow_check() {
  if [[ -z $__ow_accepted ]]; then
    __ow_record unstarted "$__ow_key"
    builtin exit 125
  fi
}

# After a step that ends its shell: our EXIT trap.
__ow_leave() { # the positional parameters
  if [[ -n $__ow_key ]] && ${isAccepted}; then
    __ow_look
    __ow_snapshot "$@"
  fi
}

if [[ -n $__ow_state ]]; then
  builtin unset -v PATH TERM OLDPWD SHLVL IFS OPTERR PS4
  ${hasSecrets ? renderSecretUnset(secretNames) : ""}
  # Read-only variables of bash itself are in each snapshot, and cannot be set.
  builtin . "$__ow_state" >/dev/null 2>&1
  # It may be of a session before this one.
  ${finish}
  builtin export OPSWRIGHT_SESSION=${quoteShellWord(mark)}
  __ow_list=$BASHOPTS:
  while [[ -n $__ow_list ]]; do
    __ow_item=\${__ow_list%%:*} __ow_list=\${__ow_list#*:}
    if [[ :$__ow_settings: != *:$__ow_item:* ]]; then builtin shopt -u "$__ow_item"; fi
  done
  __ow_list=$__ow_settings:
  while [[ -n $__ow_list ]]; do
    __ow_item=\${__ow_list%%:*} __ow_list=\${__ow_list#*:}
    # Aliases come last: until then, nothing may be read through them.
    if [[ $__ow_item != expand_aliases ]]; then builtin shopt -s "$__ow_item"; fi
  done
  for __ow_item in braceexpand hashall interactive-comments; do
    if [[ :$__ow_options: != *:$__ow_item:* ]]; then builtin set +o "$__ow_item"; fi
  done
  __ow_list=$__ow_options:
  while [[ -n $__ow_list ]]; do
    __ow_item=\${__ow_list%%:*} __ow_list=\${__ow_list#*:}
    # With \`set -t\` the new shell would end at once.
    if [[ $__ow_item != onecmd ]]; then builtin set -o "$__ow_item"; fi
  done
else
  __ow_restored=yes
  ${firstSettings}
fi
__ow_key=
${hasSecrets ? tellLost : ""}
if [[ $__ow_restored == yes ]]; then
  __ow_record ready "$__ow_generation" "$$"
else
  __ow_record unrestored "$__ow_generation"
fi
builtin unset -v __ow_generation __ow_state __ow_item __ow_list
builtin shopt -u expand_aliases
builtin eval "$__ow_traps"
builtin trap - EXIT
# Nothing may come after this line: it would be read through the aliases of earlier steps.
[[ :$__ow_settings: != *:expand_aliases:* ]] || builtin shopt -s expand_aliases
`;
}

/** The function that puts a record into the control log, and into the echoes. */
function renderTell(
  name: string,
  nonce: string,
  control: string,
  echoes: readonly string[],
): string {
  const echoed = echoes.map(
    (fifo) => ` &&
    builtin printf '\\036%s %s %s %s\\n' ${nonce} "$1" "$2" "\${3-}" >>${quoteShellWord(fifo)}`,
  );
  return `${name}() { # WHAT ABOUT VALUE
  builtin printf '%s %s %s %s\\n' ${nonce} "$1" "$2" "\${3-}" >>${control}${echoed.join("")}
}`;
}

// DEBUG and RETURN traps would go off for these commands; in later steps bash would not run them.
function renderFinish(saveTraps: string): string {
  return `__ow_status=$?; \\builtin trap - DEBUG RETURN; ${saveTraps}; \\__ow_end "$@" || \\builtin exit 125`;
}

const isAccepted = `[[ $__ow_accepted == any || ,$__ow_accepted, == *,"$__ow_status",* ]]`;

/** The text that the runner puts at the head of a step's state file, before the shell adds to it. */
export const stateHead = "if ((0)); then :\n";
