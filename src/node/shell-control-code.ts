import { quoteShellWord } from "./quote-shell-word.ts";
import type { SessionFiles } from "./session-files.ts";

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

/**
 * The program that owns a session: it makes the FIFOs, starts one shell after the other, and
 * records how each ended, whether or not a runner is there.
 *
 * It must parse in bash 3.2, so that a shell that is too old can be told from a broken one. No I/O.
 */
export function renderKeeper(files: SessionFiles, nonce: string, fifos: readonly string[]): string {
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
builtin exec 9<>${quoteShellWord(files.commands)}
# Gives each shell a process group of its own, so that \`kill 0\` in a step leaves the keeper alone.
builtin set -m
generation=0 state=
while :; do
  generation=$((generation + 1))
  builtin printf '__opswright_generation=%s __opswright_state=%q; \\\\builtin . %q\\n' \\
    "$generation" "$state" ${quoteShellWord(files.boot)} >&9
  (
    builtin trap - HUP INT QUIT TERM USR1 USR2 TSTP TTIN TTOU
    builtin exec 9>&-
    # A restored shell starts from nothing: what a step has unset must stay unset.
    if [ -n "$state" ]; then
      builtin exec /usr/bin/env -i OPSWRIGHT_SESSION="$OPSWRIGHT_SESSION" "$BASH" --norc --noprofile ${quoteShellWord(files.commands)}
    fi
    builtin exec "$BASH" --norc --noprofile ${quoteShellWord(files.commands)}
  ) &
  shell=$!
  builtin wait "$shell"
  status=$?
  # Only stopped, not ended: a stopped shell would never wake.
  builtin kill -KILL "$shell" 2>/dev/null && builtin wait "$shell" 2>/dev/null
  builtin printf '%s ended %s %s\\n' ${nonce} "$generation" "$status" >>"$control"
  while IFS= builtin read -r line <&9; do
    case $line in
      'restore ${nonce} '*)
        state=\${line#'restore ${nonce} '}
        break
        ;;
    esac
  done
done
`;
}

/**
 * The code that each shell of a session sources first: defines the control functions, restores a
 * snapshot where there is one, says that it is ready.
 *
 * `lastSettings` is shell source for what the session's environment could not carry. No I/O.
 */
export function renderBoot(files: SessionFiles, nonce: string, lastSettings: string): string {
  return `# Sourced first by each shell of an Opswright session.
__opswright_steps=${quoteShellWord(files.steps)}
__opswright_control=${quoteShellWord(files.control)}
__opswright_trap_file=${quoteShellWord(files.traps)}
__opswright_aliases=on __opswright_options= __opswright_restored= __opswright_accepted= __opswright_key=

__opswright_record() {
  builtin printf '%s %s\\n' ${nonce} "$*" >>"$__opswright_control"
}

# Enters a directory; one that is gone is stood for by another one that is gone, because commands
# must then fail and not do their work somewhere else.
__opswright_enter() {
  CDPATH= builtin cd -- "$1" >/dev/null 2>&1 && builtin return 0
  builtin command -p mkdir -- "$__opswright_steps/gone.$$" && CDPATH= builtin cd -- "$__opswright_steps/gone.$$"
  builtin command -p rmdir -- "$__opswright_steps/gone.$$"
  PWD=$1
}

__opswright_begin() { # KEY ACCEPTED SCRIPT
  __opswright_key=$1 __opswright_accepted=$2
  __opswright_record begin "$1" || builtin return 125
  BASH_ARGV0=$3
  builtin export "OPSWRIGHT_STEP=$1"
  builtin trap '__opswright_status=$?; \\builtin trap -p >|"$__opswright_trap_file"; \\__opswright_leave "$@" || \\builtin true' EXIT
  builtin set -o errexit -o pipefail
}

__opswright_setenv() { # NAME VALUE: sets it for this step, and notes how to take it back
  builtin printf 'builtin unset -v %q\\n' "$1" >>"$__opswright_steps/$__opswright_key.after"
  builtin declare -p "$1" >>"$__opswright_steps/$__opswright_key.after" 2>/dev/null
  builtin export "$1=$2"
}

__opswright_chdir() { # DIRECTORY: enters it for this step, and notes how to go back
  builtin printf '__opswright_enter %q\\nOLDPWD=%q\\n' "\${DIRSTACK[0]}" "\${OLDPWD-}" >>"$__opswright_steps/$__opswright_key.after"
  CDPATH= builtin cd -- "$1" >/dev/null
}

__opswright_is_accepted() {
  [[ $__opswright_accepted == any || ,$__opswright_accepted, == *,"$__opswright_status",* ]]
}

__opswright_snapshot() { # the positional parameters
  __opswright_traps=
  IFS= builtin read -r -d '' __opswright_traps <"$__opswright_trap_file"
  __opswright_aliases=off
  if [[ :$BASHOPTS: == *:expand_aliases:* ]]; then __opswright_aliases=on; fi
  __opswright_options=$SHELLOPTS
  {
    builtin shopt -p
    builtin printf 'builtin shopt -u expand_aliases\\n__opswright_enter %q\\n' "\${DIRSTACK[0]}"
    builtin umask -p
    builtin alias -p
    builtin declare -p
    builtin printf 'builtin set --'
    if (($#)); then builtin printf ' %q' "$@"; fi
    builtin printf '\\n%s' "$__opswright_traps"
    builtin declare -f
    builtin declare -F
    if [[ -s $__opswright_steps/$__opswright_key.after ]]; then
      builtin printf 'builtin . %q\\n' "$__opswright_steps/$__opswright_key.after"
    fi
    builtin printf '__opswright_restored=yes\\n'
  } >|"$__opswright_steps/$__opswright_key.state"
}

# After a step that left its shell alive.
__opswright_end() { # the positional parameters
  __opswright_is_accepted || builtin exit "$__opswright_status"
  __opswright_snapshot "$@" || builtin return 125
  if [[ $__opswright_traps == *"' EXIT"* && $__opswright_traps != "trap -- '__opswright_status="* ]]; then
    # The step has an EXIT trap of its own: it runs as the step ends, where its output still counts.
    __opswright_record saved "$__opswright_key" "$__opswright_status"
    builtin exec >"$1" 2>"$2"
    builtin exit "$__opswright_status"
  fi
  __opswright_record done "$__opswright_key" "$__opswright_status"
}

# After a step that ends its shell: the EXIT trap.
__opswright_leave() { # the positional parameters
  if [[ -n $__opswright_key ]] && __opswright_is_accepted; then
    __opswright_snapshot "$@" && __opswright_record saved "$__opswright_key" "$__opswright_status"
  fi
}

if [[ -n $__opswright_state ]]; then
  builtin unset -v PATH TERM OLDPWD SHLVL IFS OPTERR PS4
  # Read-only variables of bash itself are in each snapshot, and cannot be set.
  builtin . "$__opswright_state" >/dev/null 2>&1
  builtin trap - EXIT
  if [[ $__opswright_restored != yes ]]; then __opswright_record unrestored "$__opswright_generation"; fi
  for __opswright_option in braceexpand hashall interactive-comments; do
    if [[ :$__opswright_options: != *:$__opswright_option:* ]]; then builtin set +o "$__opswright_option"; fi
  done
  __opswright_options=$__opswright_options:
  while [[ -n $__opswright_options ]]; do
    builtin set -o "\${__opswright_options%%:*}"
    __opswright_options=\${__opswright_options#*:}
  done
else
${lastSettings}
fi
__opswright_record ready "$__opswright_generation" "$$"
if [[ $__opswright_aliases == on ]]; then builtin shopt -s expand_aliases; fi
`;
}
