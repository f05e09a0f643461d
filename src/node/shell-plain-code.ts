/** Stands in the code for how many lines of traps and functions are the session's own. */
export const ownLinesMark = "@OWN-LINES@";

/** How the line of `trap -p` begins that tells of the session's own trap. */
export const ownTrap = `"trap -- '__opswright_status="`;

/**
 * Adds to a step's state which traps and functions there are. At the top level, where all traps are listed;
 * what it prints is never run, since the state's file begins with an `if`.
 */
export const savePlainTraps = `{ \\builtin trap -p; \\builtin declare -F; } >>"$__opswright_file.state"`;

/** Puts the names of a step's functions, and what they are declared as, apart from its traps. */
export const sortLines = `__opswright_names=() __opswright_attributes=
  for __opswright_item in "\${__opswright_lines[@]}"; do
    case $__opswright_item in
      'declare -f __opswright_'*) ;;
      'declare -f'*)
        __opswright_names+=("\${__opswright_item##* }")
        __opswright_attributes+=$__opswright_item$'\\n'
        ;;
      *) __opswright_traps+=$__opswright_item$'\\n' ;;
    esac
  done
  builtin unset -v __opswright_item`;

/** How the shell of a session without secrets writes its state down. */
export const plainStateCode = `__opswright_look() { # Reads which traps and functions there are.
  builtin mapfile -t -s 1 __opswright_lines <"$__opswright_file.state"
  __opswright_traps=
  # Hardly ever more than our own trap and our own functions.
  if ((\${#__opswright_lines[@]} > ${ownLinesMark})) || [[ \${__opswright_lines[0]-} != ${ownTrap}* ]]; then
    ${sortLines.replaceAll("\n", "\n  ")}
  else __opswright_attributes=
  fi
  builtin unset -v __opswright_lines
}

__opswright_save_state() { # the positional parameters
  builtin declare -p
  builtin umask -p
  __opswright_save_directory
  builtin printf 'builtin set --'
  if (($#)); then builtin printf ' %q' "$@"; fi
  builtin printf '\\n'
  # Among the variables stand the aliases of when somebody last looked at them.
  builtin printf 'builtin unalias -a\\n'
  builtin alias -p
  if [[ :$__opswright_settings: == *:extglob:* ]]; then builtin printf 'builtin shopt -s extglob\\n'; fi
  if [[ -n $__opswright_attributes ]]; then
    builtin declare -f "\${__opswright_names[@]}"
    builtin printf '%s' "$__opswright_attributes"
  fi
}

__opswright_save_directory() {
  builtin printf '__opswright_enter %q || builtin return 125\\nOLDPWD=%q\\n' "\${DIRSTACK[0]}" "\${OLDPWD-}"
}

__opswright_save_variable() { # NAME
  builtin declare -p "$1" 2>/dev/null
}`;
