import { flattenCommands, type CommandSpec, type ValueSource } from "./completion-spec.ts";

/** Writes the completion script for zsh. No I/O. */
export function renderZshCompletion(program: CommandSpec): string {
  const commands = flattenCommands(program);
  return `#compdef opswright
# Completion of opswright for zsh: source <(opswright completion zsh)
_opswright_dynamic() {
  local -a found
  found=("\${(@f)$(opswright __complete $1 2>/dev/null)}")
  compadd -a found
}

${commands.map(renderFunction).join("\n\n")}

if [[ $funcstack[1] == _opswright ]]; then
  _opswright "$@"
else
  compdef _opswright opswright
fi
`;
}

function renderFunction(command: CommandSpec): string {
  const options = command.options.map(({ names, summary, value }) => {
    const label = `[${escape(summary)}]`;
    const source = value === undefined ? "" : `:value:${renderSource(value)}`;
    const long = names.at(-1) ?? "";
    return `    '*${long}${label}${source}'`;
  });
  const positional =
    command.commands.length > 0
      ? ["    '1:command:->command'", "    '*::argument:->argument'"]
      : [`    '*:argument:${renderSource(command.argument)}'`];
  const lines = [
    `${functionName(command)}() {`,
    "  local context state state_descr line",
    "  typeset -A opt_args",
    "  _arguments -C \\",
    [...options, ...positional].join(" \\\n"),
  ];
  if (command.commands.length > 0) {
    lines.push(
      "  case $state in",
      "    command)",
      "      local -a commands",
      `      commands=(${command.commands.map((inner) => `'${inner.path.at(-1)}:${escape(inner.summary)}'`).join(" ")})`,
      "      _describe command commands ;;",
      "    argument)",
      "      case $line[1] in",
      ...command.commands.map((inner) => `        ${inner.path.at(-1)}) ${functionName(inner)} ;;`),
      "      esac ;;",
      "  esac",
    );
  }
  return [...lines, "}"].join("\n");
}

function functionName({ path }: CommandSpec): string {
  return ["_opswright", ...path].join("_");
}

function renderSource(value: ValueSource): string {
  switch (value.kind) {
    case "words":
      return `(${value.words.join(" ")})`;
    case "files":
      return "_files";
    case "dynamic":
      return `{_opswright_dynamic ${value.of}}`;
    case "none":
      return " ";
    default:
      return value satisfies never;
  }
}

function escape(text: string): string {
  return text.replaceAll("'", `'\\''`).replaceAll(/[[\]:]/gu, String.raw`\$&`);
}
