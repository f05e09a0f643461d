/** How the shell of a session without secrets writes its state down. */
export const plainStateCode = `# Reads which traps and functions there are. The state's file begins with what is never run: an
# \`if\`, the traps, the names of functions.
__opswright_look_closely() {
  __opswright_seen=yes
  builtin declare -F >>"$__opswright_file.state"
  builtin mapfile -t -s 1 __opswright_lines <"$__opswright_file.state"
  __opswright_traps=\${__opswright_lines[0]-}$'\\n' __opswright_names=() __opswright_attributes=
  # As nearly always: our own trap and our own functions, and nothing else.
  if ((\${#__opswright_lines[@]} == __opswright_own_lines)) && __opswright_has_own_trap; then
    builtin unset -v __opswright_lines
    builtin return
  fi
  __opswright_traps=
  __opswright_sort_lines
}

# With our own trap, which comes first, how the step ended is known: the rest is read after that is on record.
__opswright_look() {
  builtin mapfile -t -s 1 -n 1 __opswright_lines <"$__opswright_file.state"
  __opswright_traps=\${__opswright_lines[0]-}
  __opswright_has_own_trap || __opswright_look_closely
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
  if ((\${#__opswright_names[@]})); then
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
