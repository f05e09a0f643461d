import { flattenCommands, type CommandSpec, type ValueSource } from "./completion-spec.ts";

/** Writes the completion script for fish. No I/O. */
export function renderFishCompletion(program: CommandSpec): string {
  const lines = flattenCommands(program).flatMap((command) => [
    ...command.commands.map(
      (inner) =>
        `complete -c opswright -n ${condition(command)} -f -a ${inner.path.at(-1)} -d ${quote(inner.summary)}`,
    ),
    ...command.options.map(({ names, summary, value }) => {
      const long = (names.at(-1) ?? "").replace(/^--/u, "");
      return `complete -c opswright -n ${seen(command)} -l ${long} -d ${quote(summary)}${renderSource(value)}`;
    }),
    ...(command.commands.length === 0 && command.argument.kind !== "files"
      ? [
          `complete -c opswright -n ${seen(command)} -f${renderSource(command.argument).replace(" -x", "")}`,
        ]
      : []),
  ]);
  return `# Completion of opswright for fish: opswright completion fish | source\n${lines.join("\n")}\n`;
}

/** Where a command itself may come next: the words before are there and none after. */
function condition({ path, commands }: CommandSpec): string {
  const names = commands.map((inner) => inner.path.at(-1)).join(" ");
  const before = path.map((word) => `__fish_seen_subcommand_from ${word}; and `).join("");
  return quote(`${before}not __fish_seen_subcommand_from ${names}`);
}

function seen({ path }: CommandSpec): string {
  return path.length === 0
    ? quote("__fish_use_subcommand")
    : quote(path.map((word) => `__fish_seen_subcommand_from ${word}`).join("; and "));
}

function renderSource(value: ValueSource | undefined): string {
  switch (value?.kind) {
    case "words":
      return ` -x -a ${quote(value.words.join(" "))}`;
    case "files":
      return " -r";
    case "dynamic":
      return ` -x -a ${quote(`(opswright __complete ${value.of} 2>/dev/null)`)}`;
    case "none":
      return " -x";
    default:
      return "";
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", String.raw`\'`)}'`;
}
