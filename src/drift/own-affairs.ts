import type { CommandStep } from "../model/runbook.ts";
import type { RiskReason, ShellCommand } from "../model/shell-script.ts";

/** Rows about the operator's own folder, repository and tools, and what cannot be read. */
const ownRules = new Set(
  `git-commit git-change git-branch git-tag git-remote git-rebase git-stash-drop git-clean
  git-worktree-remove package-change packages unread-language`.split(/\s+/),
);
/** Rows about files: what lies elsewhere than beside the operator can be somebody's. */
const fileRules = new Set([
  "write-file",
  "tee",
  "files",
  "file-mode",
  "unarchive",
  "rm",
  "sed-in-place",
]);
const absolutePath = /(?:^|[\s=>"'])\/(?!tmp\/|var\/tmp\/|dev\/)/;
const absoluteLastPath = /[\s"']\/(?!tmp\/|var\/tmp\/|dev\/)\S*$/;

/** Sub-commands that set up the operator's machine, fetch something or open a shell to look around. */
const ownCalls: Readonly<Record<string, RegExp>> = {
  "docker-change":
    /^(?:(?:image )?(?:build|pull|tag|load|import)|buildx build|login|logout|context use)\b|^run\b(?=.*\s--rm\b)(?!.*\s(?:-[a-z]*d[a-z]*|--detach)\b)/,
  "compose-change": /^(?:compose )?(?:build|pull)\b/,
  "kubectl-change":
    /^(?:config|debug|project|process|extract)\b|^run\b.*\s--rm\b|^(?:label|annotate)\b.*\s--list\b/,
  "helm-change": /^(?:repo|plugin|registry)\b/,
  "terraform-change": /^(?:init|workspace select)\b/,
  "aws-change": /^eks update-kubeconfig\b/,
};

/** Commands that copy from their first place to their last: a machine, a pod, a bucket, or a file here. */
const copies: Readonly<Record<string, RegExp>> = {
  "docker-change": /^(?:container )?cp\b/,
  "kubectl-change": /^(?:cp|rsync)\b/,
  "aws-change": /^s3 (?:cp|sync|mv)\b/,
  "gsutil-change": /^(?:cp|rsync)\b/,
  rsync: /^/,
};

/**
 * True where a reason of a step's risk is its operator's own affair: it changes files beside them,
 * the local repository, installed tools, or what their own machine is set up for, and nothing that
 * others use.
 *
 * No I/O.
 */
export function isOwnAffair({ rule, range }: RiskReason, { shell, script }: CommandStep): boolean {
  if (ownRules.has(rule)) return true;
  const around = shell?.commands.findLast(
    (one) => one.range.start <= range.start && one.range.end >= range.end,
  );
  if (fileRules.has(rule)) {
    // A redirection says where to by itself, and of what is copied the last path is the target.
    const { start, end } = rule === "write-file" ? range : (around?.range ?? range);
    const pattern = rule === "files" ? absoluteLastPath : absolutePath;
    return !pattern.test(script.slice(start, end));
  }
  if (around === undefined || around.place !== "here") return false;
  const call = wordsOfCall(around);
  if (copies[rule]?.test(call) === true) return isCopiedHere(around);
  return ownCalls[rule]?.test(call) === true;
}

/** The words from the sub-command on: options in front of it (`-n web`, `--context=x`) are passed over. */
function wordsOfCall({ words }: ShellCommand): string {
  const rest = words.slice(passOptions(words, 1));
  if (rest[0] !== "compose") return rest.join(" ");
  return ["compose", ...rest.slice(passOptions(rest, 1))].join(" ");
}

function passOptions(words: readonly string[], from: number): number {
  let at = from;
  while (words[at]?.startsWith("-") === true) {
    const hasValue = !/=|^-[a-z]*[itq]$|^--(?:debug|tls)$/u.test(words[at] ?? "");
    at += hasValue ? 2 : 1;
  }
  return at;
}

function isCopiedHere({ words }: ShellCommand): boolean {
  const operands = words.slice(1).filter((word) => !word.startsWith("-"));
  const target = operands.at(-1) ?? "";
  return operands.length > 1 && !/:|^\/(?!tmp\/|var\/tmp\/)|^["']?\$/u.test(target);
}
