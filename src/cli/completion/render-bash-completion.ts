import { flattenCommands, type CommandSpec, type ValueSource } from "./completion-spec.ts";

/**
 * Writes the completion script for bash 4.4 or newer; it needs no other package.
 *
 * A target may hold a colon, which bash takes for the end of a word: what stands before the last
 * one is taken off each candidate. No I/O.
 */
export function renderBashCompletion(program: CommandSpec): string {
  const commands = flattenCommands(program);
  const valueOptions = collectValueOptions(commands);
  return `# Completion of opswright for bash: source <(opswright completion bash)
_opswright() {
  local current previous word path="" i
  current=\${COMP_LINE:0:COMP_POINT}
  current=\${current##*[[:space:]]}
  local -a words=()
  read -ra words <<<"\${COMP_LINE:0:COMP_POINT}"
  [[ -z $current ]] && words+=("")
  previous=""
  ((\${#words[@]} > 1)) && previous=\${words[-2]}
  COMPREPLY=()

  # Which command is it? Options and their values are passed over.
  for ((i = 1; i < \${#words[@]} - 1; i++)); do
    word=\${words[i]}
    case $word in
${indent(valueOptions.map((name) => `${name}) ((i++)); continue ;;`))}
      -*) continue ;;
    esac
    case "$path $word" in
${indent(commands.slice(1).map((command) => `${pattern(command)}) path="$path $word" ;;`))}
      *) [[ -z $path ]] && return ;;
    esac
  done

  case "$path $previous" in
${indent(
  commands.flatMap((command) => renderOptionValues(command)),
  "    ",
)}
  esac

  if [[ $current == -* ]]; then
    case "$path" in
${indent(commands.map((command) => `${pattern(command)}) _opswright_words "${optionNames(command).join(" ")}" ;;`))}
    esac
    return
  fi

  case "$path" in
${indent(
  commands.map((command) => `${pattern(command)}) ${renderPositional(command)} ;;`),
  "    ",
)}
  esac
}

# Candidates from words; what bash has cut off at a colon is taken off each.
_opswright_words() {
  local prefix=""
  [[ $current == *:* && $COMP_WORDBREAKS == *:* ]] && prefix=\${current%:*}:
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current")
  COMPREPLY=("\${COMPREPLY[@]#"$prefix"}")
}

_opswright_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$current")
}

_opswright_dynamic() {
  _opswright_words "$(\${words[0]} __complete "$1" 2>/dev/null)"
}

complete -F _opswright opswright
`;
}

function collectValueOptions(commands: readonly CommandSpec[]): readonly string[] {
  const names = commands.flatMap(({ options }) =>
    options.flatMap((option) => (option.value === undefined ? [] : option.names)),
  );
  return [...new Set(names)].toSorted();
}

function renderOptionValues(command: CommandSpec): readonly string[] {
  return command.options.flatMap(({ names, value }) =>
    value === undefined
      ? []
      : names.map((name) => `"${pathOf(command)} ${name}") ${renderSource(value)}; return ;;`),
  );
}

function renderPositional(command: CommandSpec): string {
  return command.commands.length > 0
    ? `_opswright_words "${command.commands.map(({ path }) => path.at(-1)).join(" ")}"`
    : renderSource(command.argument);
}

function renderSource(value: ValueSource): string {
  switch (value.kind) {
    case "words":
      return `_opswright_words "${value.words.join(" ")}"`;
    case "files":
      return "_opswright_files";
    case "dynamic":
      return `_opswright_dynamic ${value.of}`;
    case "none":
      return ":";
    default:
      return value satisfies never;
  }
}

function optionNames({ options }: CommandSpec): readonly string[] {
  return [
    ...new Set(options.flatMap(({ names }) => names.filter((name) => name.startsWith("--")))),
  ];
}

function pathOf({ path }: CommandSpec): string {
  return path.map((word) => ` ${word}`).join("");
}

function pattern(command: CommandSpec): string {
  return `"${pathOf(command)}"`;
}

function indent(lines: readonly string[], blanks = "      "): string {
  return lines.map((line) => `${blanks}${line}`).join("\n");
}
