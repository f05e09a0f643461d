import { listLongLines, listWholeForms } from "../run/list-secret-forms.ts";
import type { Secret } from "../run/list-secrets.ts";
import { quoteShellWord } from "./quote-shell-word.ts";
import { sortLines } from "./shell-plain-code.ts";

/*
 * What is different in the shell of a session with secrets: their values are in none of its files.
 *
 * Each shell has the values from its environment, which the keeper hands on. In a snapshot a reference
 * stands in place of each; what has one in a form that cannot be taken apart (base64) is left out and
 * named. All variables here are left out too: their names begin alike.
 */

/** Carries the forms of secrets from the keeper to its shells, as words of shell source. */
export const secretFormsVariable = "OPSWRIGHT_SECRET_FORMS";

/** So much of a form's end is enough to see that it is there; beginnings are often alike. In characters. */
const longestEnd = 32;
/** One variable of an environment holds 128 KiB, and a value of more lines than this is a document. */
const mostEnds = 1000;

/** The words by which the shell knows the secrets again in what it saves. No I/O. */
export function renderSecretForms(secrets: readonly Secret[]): string {
  const ends = secrets
    .flatMap(({ value }) => [
      ...listWholeForms(value).map(({ text }) => text),
      ...listLongLines(value),
    ])
    .map((text) => Array.from(text).slice(-longestEnd).join(""))
    .toSorted((one, other) => one.length - other.length);
  const needed: string[] = [];
  for (const text of ends) {
    if (!needed.some((shorter) => text.includes(shorter))) needed.push(text);
  }
  return needed.slice(0, mostEnds).map(quoteShellWord).join(" ");
}

/**
 * The code that a shell sources before anything of a step can have run, for the given names of variables:
 * takes the secrets out of its environment's variables, and what saves and takes back goes around them.
 * No I/O.
 */
export function renderSecretCode(names: readonly string[]): string {
  const values = names.map((name) => `"\${${name}-}"`).join(" ");
  const references = names.map((name) => `__ow_secret_value_${name}=\${${name}-}`).join(" ");
  return `__ow_secret_names=(${names.join(" ")}) __ow_secret_values=(${values}) __ow_secret_lost=()
${references}
builtin eval "__ow_secret_forms=(\${${secretFormsVariable}-})"
builtin unset -v ${secretFormsVariable}
${functions}`;
}

/** What a shell that restores a snapshot does before: a variable that a step has unset must stay unset. */
export function renderSecretUnset(names: readonly string[]): string {
  return `builtin unset -v ${names.join(" ")}`;
}

/** Says which names the snapshot had to leave out, after it was restored. */
export const tellLost = `if ((\${#__ow_secret_lost[@]})); then
  __ow_secret_item=
  for __ow_item in "\${__ow_secret_lost[@]}"; do __ow_secret_item+=,$__ow_item; done
  __ow_record without "$__ow_generation" "\${__ow_secret_item#,}"
fi`;

/** Reads the traps into memory, where others go into the state's file. */
export const saveSecretTraps = `__ow_secret_traps=$(\\builtin trap -p)`;

/*
 * What stands in a substitution is read anew each time, through the aliases of steps: there, and only
 * there, `builtin` needs its backslash.
 */
const functions = `__ow_secret_is_in() { # TEXT
  builtin local __ow_secret_form
  for __ow_secret_form in "\${__ow_secret_forms[@]}"; do
    [[ $1 != *"$__ow_secret_form"* ]] || builtin return 0
  done
  builtin return 1
}

# A text as one word of shell source, with references in place of secrets.
__ow_secret_quote() { # TEXT
  builtin local __ow_secret_rest __ow_secret_at __ow_secret_index
  builtin local __ow_secret_head __ow_secret_first __ow_secret_part
  __ow_secret_rest=$1 __ow_secret_word=
  while :; do
    __ow_secret_at=
    for __ow_secret_index in "\${!__ow_secret_values[@]}"; do
      __ow_secret_part=\${__ow_secret_values[__ow_secret_index]}
      ((\${#__ow_secret_part} >= 4)) || builtin continue
      [[ $__ow_secret_rest == *"$__ow_secret_part"* ]] || builtin continue
      __ow_secret_head=\${__ow_secret_rest%%"$__ow_secret_part"*}
      if [[ -z $__ow_secret_at ]] || ((\${#__ow_secret_head} < \${#__ow_secret_first})); then
        __ow_secret_first=$__ow_secret_head __ow_secret_at=$__ow_secret_index
      fi
    done
    [[ -n $__ow_secret_at ]] || builtin break
    builtin printf -v __ow_secret_part %q "$__ow_secret_first"
    __ow_secret_word+=$__ow_secret_part'"\${__ow_secret_value_'\${__ow_secret_names[__ow_secret_at]}'-}"'
    __ow_secret_part=\${__ow_secret_values[__ow_secret_at]}
    __ow_secret_rest=\${__ow_secret_rest:\${#__ow_secret_first}+\${#__ow_secret_part}}
  done
  builtin printf -v __ow_secret_part %q "$__ow_secret_rest"
  __ow_secret_word+=$__ow_secret_part
}

# Prints what sets a variable again.
__ow_secret_save() { # NAME WHAT-DECLARE-PRINTS
  builtin local __ow_secret_index __ow_secret_list __ow_secret_attributes
  __ow_secret_attributes=\${2#declare } __ow_secret_list= __ow_secret_word=
  __ow_secret_attributes=\${__ow_secret_attributes%% *}
  for __ow_secret_index in "\${!__ow_secret_names[@]}"; do
    [[ $1 == "\${__ow_secret_names[__ow_secret_index]}" && $__ow_secret_attributes != *[naA]* ]] || builtin continue
    [[ \${!1-} == "\${__ow_secret_values[__ow_secret_index]}" ]] || builtin continue
    builtin printf 'declare %s %s="\${__ow_secret_value_%s-}"\\n' "$__ow_secret_attributes" "$1" "$1"
    builtin return
  done
  if ! __ow_secret_is_in "$2"; then
    builtin printf '%s\\n' "$2"
    builtin return
  fi
  case $__ow_secret_attributes in
    *[nA]*) ;;
    *a*)
      builtin local -n "__ow_secret_ref=$1"
      for __ow_secret_index in "\${!__ow_secret_ref[@]}"; do
        __ow_secret_quote "\${__ow_secret_ref[__ow_secret_index]}"
        __ow_secret_list+="[$__ow_secret_index]=$__ow_secret_word "
      done
      __ow_secret_word="($__ow_secret_list)"
      ;;
    *) __ow_secret_quote "\${!1-}" ;;
  esac
  if [[ -n $__ow_secret_word ]] && ! __ow_secret_is_in "$__ow_secret_word"; then
    builtin printf 'declare %s %s=%s\\n' "$__ow_secret_attributes" "$1" "$__ow_secret_word"
  elif [[ $1 != BASH_* && $1 != _ ]]; then
    __ow_secret_lost+=("$1")
  fi
}

__ow_secret_save_variables() {
  builtin local __ow_secret_dump __ow_secret_entry __ow_secret_name
  builtin local __ow_secret_entries __ow_secret_kept __ow_secret_own
  builtin local __ow_secret_form __ow_secret_hits
  # A substitution, because a file would have what this is to leave out.
  __ow_secret_dump=$(\\builtin declare -p) || builtin return
  builtin local -
  builtin set -o noglob
  builtin local IFS=$'\\x1e'
  __ow_secret_dump=\${__ow_secret_dump//$'\\n'declare -/$'\\x1e'declare -}
  __ow_secret_own=$'\\x1e'"\${__ow_secret_names[*]}"$'\\x1e'
  __ow_secret_entries=($__ow_secret_dump) __ow_secret_kept=() __ow_secret_hits=()
  for __ow_secret_entry in "\${__ow_secret_entries[@]}"; do
    __ow_secret_name=\${__ow_secret_entry#declare * }
    __ow_secret_name=\${__ow_secret_name%%=*}
    case $__ow_secret_name in
      __ow_secret_*) builtin continue ;;
    esac
    if [[ $__ow_secret_own == *$'\\x1e'"$__ow_secret_name"$'\\x1e'* ]]; then
      __ow_secret_save "$__ow_secret_name" "$__ow_secret_entry"
    else
      __ow_secret_kept+=("$__ow_secret_entry")
    fi
  done
  # One look at all of them is enough, nearly always; then, what was found is looked for in each.
  __ow_secret_dump=\${__ow_secret_kept[*]}
  for __ow_secret_form in "\${__ow_secret_forms[@]}"; do
    [[ $__ow_secret_dump != *"$__ow_secret_form"* ]] || __ow_secret_hits+=("$__ow_secret_form")
  done
  for __ow_secret_entry in "\${__ow_secret_kept[@]}"; do
    for __ow_secret_form in "\${__ow_secret_hits[@]}"; do
      [[ $__ow_secret_entry == *"$__ow_secret_form"* ]] || builtin continue
      __ow_secret_name=\${__ow_secret_entry#declare * }
      __ow_secret_save "\${__ow_secret_name%%=*}" "$__ow_secret_entry"
      builtin continue 2
    done
    builtin printf '%s\\n' "$__ow_secret_entry"
  done
}

__ow_secret_save_place() { # the positional parameters
  __ow_save_directory
  builtin printf 'builtin set --'
  while (($#)); do
    __ow_secret_quote "$1"
    if __ow_secret_is_in "$__ow_secret_word"; then
      __ow_secret_word="''"
      __ow_secret_lost+=('$@')
    fi
    builtin printf ' %s' "$__ow_secret_word"
    builtin shift
  done
  builtin printf '\\n'
}

__ow_secret_save_aliases() {
  builtin local __ow_secret_item
  if ! __ow_secret_is_in "\${BASH_ALIASES[*]-}"; then
    builtin alias -p
    builtin return
  fi
  for __ow_secret_item in "\${!BASH_ALIASES[@]}"; do
    if __ow_secret_is_in "\${BASH_ALIASES[$__ow_secret_item]}"; then
      __ow_secret_lost+=("alias:$__ow_secret_item")
    else
      builtin alias -- "$__ow_secret_item"
    fi
  done
}

__ow_secret_save_functions() {
  builtin local __ow_secret_item __ow_secret_text
  ((\${#__ow_names[@]})) || builtin return 0
  __ow_secret_text=$(\\builtin declare -f "\${__ow_names[@]}") || builtin return
  if ! __ow_secret_is_in "$__ow_secret_text"; then
    builtin printf '%s\\n' "$__ow_secret_text"
  else
    for __ow_secret_item in "\${__ow_names[@]}"; do
      __ow_secret_text=$(\\builtin declare -f "$__ow_secret_item") || builtin return
      if __ow_secret_is_in "$__ow_secret_text"; then
        __ow_secret_lost+=("$__ow_secret_item()")
      else
        builtin printf '%s\\n' "$__ow_secret_text"
      fi
    done
  fi
  builtin printf '%s' "$__ow_attributes"
}

__ow_look() {
  builtin declare -F >>"$__ow_file.state"
  builtin mapfile -t -s 1 __ow_lines <"$__ow_file.state"
  ${sortLines}
  builtin unset -v __ow_lines
  __ow_traps=$__ow_secret_traps$'\\n'
}

__ow_save_state() { # the positional parameters
  __ow_secret_lost=()
  __ow_secret_save_variables || builtin return
  builtin umask -p
  __ow_secret_save_place "$@"
  # Among the variables stand the aliases of when somebody last looked at them.
  builtin printf 'builtin unalias -a\\n'
  __ow_secret_save_aliases
  if [[ :$__ow_settings: == *:extglob:* ]]; then builtin printf 'builtin shopt -s extglob\\n'; fi
  __ow_secret_save_functions || builtin return
  builtin printf '__ow_secret_lost=('
  if ((\${#__ow_secret_lost[@]})); then builtin printf '%q ' "\${__ow_secret_lost[@]}"; fi
  builtin printf ')\\n'
}

# Prints what sets a variable again in this shell: what cannot be printed is kept in a variable.
__ow_save_variable() { # NAME
  builtin local __ow_secret_entry __ow_secret_kept
  __ow_secret_kept=\${#__ow_secret_lost[@]}
  __ow_secret_entry=$(\\builtin declare -p "$1" 2>/dev/null) || builtin return 0
  __ow_secret_save "$1" "$__ow_secret_entry"
  ((\${#__ow_secret_lost[@]} > __ow_secret_kept)) || builtin return 0
  builtin printf -v "__ow_secret_kept_$1" %s "\${!1-}"
  __ow_secret_entry=\${__ow_secret_entry#declare }
  builtin printf 'declare %s %s="\${__ow_secret_kept_%s-}"\\n' "\${__ow_secret_entry%% *}" "$1" "$1"
}

__ow_save_directory() {
  __ow_secret_quote "\${DIRSTACK[0]}"
  builtin printf '__ow_enter %s || builtin return 125\\n' "$__ow_secret_word"
  __ow_secret_quote "\${OLDPWD-}"
  builtin printf 'OLDPWD=%s\\n' "$__ow_secret_word"
}`;
