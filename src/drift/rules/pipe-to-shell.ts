import type { ShellCommand } from "../../model/shell-script.ts";
import { placeScripts } from "../placed-script.ts";
import { defineDocumentRule } from "../rule.ts";

/** What a download prints is run by a shell, unread. */
export const pipeToShell = defineDocumentRule<{ fetcher: string; shell: string }>({
  code: "shell/pipe-to-shell",
  severity: "warning",
  title: "A download that is run unread",
  what: 'The output of `curl` or `wget` is given to a shell: by a pipe, as `bash <(curl …)`, as `sh -c "$(curl …)"` or by `eval`.',
  why: "Whoever controls the address, or the way to it, decides what runs here. A connection that breaks off runs half of the script.",
  remedy:
    "Download to a file, compare its checksum with one that is written down, look into it, then run the file. Or install the tool from a package.",
  example: {
    language: "bash",
    wrong: "curl -fsSL https://get.example.org | sudo bash",
    right:
      "curl -fsSL --output install.sh https://get.example.org\nsha256sum --check install.sh.sha256\nsudo bash install.sh",
  },
  check(document, report) {
    for (const script of placeScripts(document)) {
      const { commands } = script.shell;
      for (const [index, command] of commands.entries()) {
        if (!fetchers.has(command.name)) continue;
        const shell =
          findInPipe(commands, index, script.text) ?? findAround(commands, index, script.text);
        if (shell === undefined) continue;
        const start = Math.min(command.range.start, shell.range.start);
        const end = Math.max(command.range.end, shell.range.end);
        const args = { fetcher: command.name, shell: shell.name };
        report(args, script.locate({ start, end }));
      }
    }
  },
  message: ({ fetcher, shell }) => `What \`${fetcher}\` downloads is run by \`${shell}\`, unread.`,
  hint: () => "Download to a file, compare its checksum, then run the file.",
});

const fetchers = new Set(["curl", "wget"]);
const shells = new Set(["bash", "sh", "zsh", "dash", "ksh", "ash", "fish"]);

/** The shell behind the download in its pipe, other programs between them passed over. */
function findInPipe(
  commands: readonly ShellCommand[],
  index: number,
  text: string,
): ShellCommand | undefined {
  let end = commands[index]?.range.end ?? 0;
  const last = Math.min(commands.length, index + mostBetween);
  for (let at = index + 1; at < last; at += 1) {
    const next = commands[at];
    if (next === undefined) return undefined;
    // What stands within the one before is no further stage of the pipe.
    if (next.range.start < end) continue;
    if (!/^\s*\|&?\s*$/u.test(text.slice(end, next.range.start))) return undefined;
    const { range } = next;
    const stage = commands
      .slice(at, at + 6)
      .filter((one) => one.range.start >= range.start && one.range.end <= range.end);
    const shell = stage.find(readsStandardInput);
    if (shell !== undefined) return shell;
    end = range.end;
  }
  return undefined;
}

/** Commands between a download and its shell, those within others counted. */
const mostBetween = 30;

/** `bash`, `bash -`, `bash -s -- x`: not `bash file`, not `bash -c x`, and `bash -n` runs nothing. */
function readsStandardInput({ name, words, redirections }: ShellCommand): boolean {
  if (!shells.has(name)) return false;
  if (redirections.some(({ operator }) => operator.startsWith("<"))) return false;
  for (const word of words.slice(1)) {
    if (/^-[a-z]*n[a-z]*$/u.test(word)) return false;
    if (word === "-" || /^-[a-z]*s$/u.test(word)) return true;
    if (!word.startsWith("-") || /^-[a-z]*c$/u.test(word)) return false;
  }
  return true;
}

/** `bash <(curl …)`, `bash -c "$(curl …)"`, `eval "$(curl …)"`, `source <(curl …)`. */
function findAround(
  commands: readonly ShellCommand[],
  index: number,
  text: string,
): ShellCommand | undefined {
  const fetcher = commands[index];
  if (fetcher === undefined) return undefined;
  const around = commands
    .slice(Math.max(0, index - 6), index)
    .filter(({ range }) => range.start < fetcher.range.start && range.end >= fetcher.range.end);
  return around.find(({ name, words, ranges }) => {
    const place = ranges.findIndex(
      ({ start, end }) => start <= fetcher.range.start && end >= fetcher.range.end,
    );
    const range = ranges[place];
    if (range === undefined) return false;
    const opener = text.slice(range.start, fetcher.range.start);
    if (name === "source" || name === ".") return /^<\(\s*$/u.test(opener);
    if (name === "eval") return /^"?(?:\$\(|`)\s*$/u.test(opener);
    if (!shells.has(name)) return false;
    if (/^<\(\s*$/u.test(opener)) return words.slice(1, place).every(isOption);
    return /^"?(?:\$\(|`)\s*$/u.test(opener) && /^-[a-z]*c$/u.test(words[place - 1] ?? "");
  });
}

function isOption(word: string): boolean {
  return word.startsWith("-");
}
