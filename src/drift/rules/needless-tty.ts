import type { ShellCommand, TextRange } from "../../model/shell-script.ts";
import type { TextEdit } from "../../model/text-edit.ts";
import { placeScripts, type PlacedScript } from "../placed-script.ts";
import { defineDocumentRule } from "../rule.ts";
import { isBatchCommand } from "./is-batch-command.ts";

/** A command in a container that asks for a terminal and needs none. */
export const needlessTty = defineDocumentRule<{ option: string; inner: string }>({
  code: "shell/needless-tty",
  severity: "warning",
  title: "A terminal by habit",
  what: "`docker exec` or `kubectl exec` gets `-t`, and the command that it runs asks nothing of a person: `docker exec -it db pg_dump`.",
  why: "Where there is no terminal (in CI, by cron, in an unattended run) it fails with `the input device is not a TTY`; and with one, line ends of its output become `\\r\\n`, which spoils a dump.",
  remedy:
    "Leave `-it` away; keep `-i` where the command reads its standard input. `opswright check --fix` does it.",
  example: {
    language: "bash",
    wrong: "docker exec -it ip2a-db pg_dump -U ip2a_user ip2a_db",
    right: "docker exec ip2a-db pg_dump -U ip2a_user ip2a_db",
  },
  check(document, report) {
    for (const script of placeScripts(document)) {
      if (script.step.attributes.interactive === true) continue;
      for (const [index, outer] of script.shell.commands.entries()) {
        const inner = findInner(script.shell.commands, index);
        if (inner === undefined || !isBatchCommand(inner)) continue;
        const options = findTerminalOptions(outer, inner.range.start);
        const asks = options.find(({ text }) => text.includes("t") && text !== "--interactive");
        if (asks === undefined) continue;
        report({ option: asks.text, inner: inner.name }, script.locate(asks.range), {
          severity: document.isStrict ? "warning" : "info",
          fix: {
            title: "Run it without a terminal",
            edits: removeOptions(script, outer, options),
          },
        });
      }
    }
  },
  message: ({ option, inner }) => `\`${inner}\` needs no terminal, so \`${option}\` is in its way.`,
  hint: () => "Leave it away; keep `-i` where the command reads its standard input.",
});

const engines = new Set(["docker", "podman", "nerdctl", "kubectl", "oc"]);

/** The command that `exec` runs, if `commands[index]` is such a call. */
function findInner(commands: readonly ShellCommand[], index: number): ShellCommand | undefined {
  const outer = commands[index];
  if (outer === undefined || !engines.has(outer.name) || !outer.words.includes("exec")) {
    return undefined;
  }
  const inner = commands
    .slice(index + 1, index + 8)
    .find(
      ({ range, wrappers }) =>
        range.start > outer.range.start &&
        range.end <= outer.range.end &&
        wrappers.length === outer.wrappers.length + 1,
    );
  const label = inner?.wrappers.at(-1) ?? "";
  return /^(?:docker|podman|nerdctl|kubectl|oc)(?: container)? exec$/u.test(label)
    ? inner
    : undefined;
}

interface PlacedOption {
  readonly text: string;
  readonly range: TextRange;
}

/** `-it`, `-i`, `-t`, `--tty`, `--stdin`, `--interactive` between `exec` and the inner command. */
function findTerminalOptions(
  { words, ranges }: ShellCommand,
  innerStart: number,
): readonly PlacedOption[] {
  const exec = words.indexOf("exec");
  return words.flatMap((text, place) => {
    const range = ranges[place];
    if (range === undefined || place <= exec || range.start >= innerStart) return [];
    const isOne = /^(?:-[it]{1,2}|--tty|--stdin|--interactive)(?:=true)?$/u.test(text);
    return isOne ? [{ text, range }] : [];
  });
}

/** Standard input stays open where something is fed to it. */
function removeOptions(
  script: PlacedScript,
  outer: ShellCommand,
  options: readonly PlacedOption[],
): readonly TextEdit[] {
  const { text } = script;
  const before = text.slice(0, outer.range.start).trimEnd();
  const isPiped = before.endsWith("|") && !before.endsWith("||");
  const reads =
    isPiped ||
    outer.stdinText !== undefined ||
    outer.redirections.some(({ operator }) => operator.startsWith("<"));
  return options.flatMap(({ text: option, range }) => {
    const isInputAlone = /^(?:-i|--stdin|--interactive)/u.test(option) && !option.startsWith("-it");
    if (reads && isInputAlone) return [];
    const both = /^-(?:it|ti)$/u.test(option);
    if (reads && both) return [script.edit(range, "-i")];
    const blank = text[range.end] === " " ? 1 : 0;
    return [script.edit({ start: range.start, end: range.end + blank }, "")];
  });
}
