/** Stands in the code for how many lines of traps and functions are the session's own. */
export const ownLinesMark = "@OWN-LINES@";

/** How the line of `trap -p` begins that tells of the session's own trap. */
export const ownTrap = `"trap -- '__ow_status="`;

/**
 * Adds to a step's state which traps and functions there are. At the top level, where all traps are listed;
 * what it prints is never run, since the state's file begins with an `if`.
 */
export const savePlainTraps = `{ \\builtin trap -p; \\builtin declare -F; } >>"$__ow_file.state"`;

/** Puts the names of a step's functions, and what they are declared as, apart from its traps. */
export const sortLines = `__ow_names=() __ow_attributes=
  for __ow_item in "\${__ow_lines[@]}"; do
    case $__ow_item in
      'declare -f __ow_'*) ;;
      'declare -f'*)
        __ow_names+=("\${__ow_item##* }")
        __ow_attributes+=$__ow_item$'\\n'
        ;;
      *) __ow_traps+=$__ow_item$'\\n' ;;
    esac
  done
  builtin unset -v __ow_item`;

/** How the shell of a session without secrets writes its state down. */
export const plainStateCode = `__ow_look() { # Reads which traps and functions there are.
  builtin mapfile -t -s 1 __ow_lines <"$__ow_file.state"
  __ow_traps=
  # Hardly ever more than our own trap and our own functions.
  if ((\${#__ow_lines[@]} > ${ownLinesMark})) || [[ \${__ow_lines[0]-} != ${ownTrap}* ]]; then
    ${sortLines.replaceAll("\n", "\n  ")}
  else __ow_attributes=
  fi
  builtin unset -v __ow_lines
}

__ow_save_state() { # the positional parameters
  builtin declare -p
  builtin umask -p
  __ow_save_directory
  builtin printf 'builtin set --'
  if (($#)); then builtin printf ' %q' "$@"; fi
  builtin printf '\\n'
  # Among the variables stand the aliases of when somebody last looked at them.
  builtin printf 'builtin unalias -a\\n'
  builtin alias -p
  if [[ :$__ow_settings: == *:extglob:* ]]; then builtin printf 'builtin shopt -s extglob\\n'; fi
  if [[ -n $__ow_attributes ]]; then
    builtin declare -f "\${__ow_names[@]}"
    builtin printf '%s' "$__ow_attributes"
  fi
}

__ow_save_directory() {
  builtin printf '__ow_enter %q || builtin return 125\\nOLDPWD=%q\\n' "\${DIRSTACK[0]}" "\${OLDPWD-}"
}

__ow_save_variable() { # NAME
  builtin declare -p "$1" 2>/dev/null
}`;
