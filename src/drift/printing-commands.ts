import type { ShellCommand } from "../model/shell-script.ts";
import { readToolCall, type ToolCall } from "./claims/tool-call.ts";

/**
 * True for a command that prints what it finds and exits with 0 whatever that is: `git status`,
 * `docker ps`, `kubectl get pods`, `curl` without `--fail`.
 *
 * False for all that can say no: what names one thing (`kubectl get pod db-0` fails where there is
 * none), and every program that is not known. From the programs' manual pages. No I/O.
 */
export function isPrinting(command: ShellCommand): boolean {
  if (command.place !== "here" || command.wrappers.some((name) => !/^(?:sudo|env)$/.test(name))) {
    return false;
  }
  const judge = rows.get(command.name);
  return judge !== undefined && judge(readToolCall(command));
}

/** True for a command that hands on what it is given: `head`, `wc -l`, `sort`. No I/O. */
export function isPassingOn(command: ShellCommand): boolean {
  return isPrinting(command) && filters.has(command.name);
}

type Judge = (call: ToolCall) => boolean;

const always: Judge = () => true;
const withoutOperands: Judge = ({ operands }) => operands.length === 0;
const filters = new Set(
  "sort uniq wc cut tr column nl head tail cat echo printf true : sleep".split(" "),
);

function hasOption({ options }: ToolCall, pattern: RegExp): boolean {
  return options.some((option) => pattern.test(option));
}

function judgeGit(call: ToolCall): boolean {
  const [sub, ...rest] = call.operands.map(({ text }) => text);
  if (sub === "stash" || sub === "remote") return rest.every((one) => one === "list");
  if (sub === "diff") return !hasOption(call, /^--(?:exit-code|quiet|check)$/);
  return rest.length === 0 && /^(?:status|log|branch|tag|show)$/.test(sub ?? "");
}

function judgeContainers({ operands }: ToolCall): boolean {
  const words = operands.map(({ text }) => text);
  const [sub, ...rest] = words[0] === "compose" ? words.slice(1) : words;
  return rest.length === 0 && /^(?:ps|images|stats|ls|top)$/.test(sub ?? "");
}

function judgeKubernetes({ operands }: ToolCall): boolean {
  const [sub, kind, ...names] = operands.map(({ text }) => text);
  if (sub !== "get" && sub !== "top") return false;
  return kind !== undefined && /^[\w.,-]+$/.test(kind) && names.length === 0;
}

const rows: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ...[
    ..."echo printf true : sleep date uptime whoami hostname uname pwd free w who last dmesg".split(
      " ",
    ),
    ..."lsblk ss netstat sort uniq wc cut tr column nl".split(" "),
  ].map((name) => [name, always] as const),
  ...["id", "env", "printenv", "df", "mount", "cat", "head", "tail"].map(
    (name) => [name, withoutOperands] as const,
  ),
  ["ls", ({ operands }) => operands.every(({ text }) => text === "." || text === "./")],
  ["ps", (call) => !hasOption(call, /^(?:-[pCq]|--pid|--quick-pid)/)],
  ["git", judgeGit],
  ...["docker", "podman", "nerdctl", "docker-compose", "podman-compose"].map(
    (name) => [name, judgeContainers] as const,
  ),
  ["kubectl", judgeKubernetes],
  ["oc", judgeKubernetes],
  ["helm", ({ operands }) => /^(?:list|ls)$/.test(operands[0]?.text ?? "")],
  ["journalctl", (call) => !hasOption(call, /^(?:-g|--grep)/)],
  ["systemctl", ({ operands }) => operands[0]?.text.startsWith("list-") === true],
  ["curl", (call) => !hasOption(call, /^(?:-[a-zA-Z]*f|--fail)/)],
]);
