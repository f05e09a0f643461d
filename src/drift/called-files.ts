import type { CommandStep } from "../model/runbook.ts";
import type { ShellCommand } from "../model/shell-script.ts";
import { joinPath } from "./file-tree.ts";

const interpreters =
  /^(?:ba|z|k|da)?sh$|^(?:python[\d.]*|node|ruby|perl|source|\.|ansible-playbook)$/;
const fileOptions = /^(?:-f|--file|--filename|--makefile|--values|--config|--config-file)$/;

/**
 * Files of the repository that govern what a command does: the scripts that it starts, and what it is
 * given with `--file` and the like; relative to the root.
 *
 * Only literal paths count that lead to a file in `subject`, the folder that the runbook speaks of.
 * What a command merely reads or prints is left out: such a file changes without changing the step.
 * So is the file of `script=`: the block holds its region as its own text. No I/O.
 *
 * @example `./deploy.sh && kubectl apply -f k8s/app.yaml`: ["deploy.sh", "k8s/app.yaml"]
 */
export function listCalledFiles(
  step: CommandStep,
  subject: string,
  hasFile: (path: string) => boolean,
): readonly string[] {
  const folder = joinPath(subject, step.attributes.dir ?? "");
  const called = (step.shell?.commands ?? [])
    .flatMap(namesIn)
    .map((name) => joinPath(folder, name));
  return [...new Set(called)].filter((path) => hasFile(path));
}

function namesIn(command: ShellCommand): readonly string[] {
  if (command.place !== "here") return [];
  const { words, isLiteral, name } = command;
  const isPath = (index: number): boolean =>
    isLiteral[index] === true && /^[^-/~]/.test(words[index] ?? "");
  const found: string[] = [];
  if (isPath(0) && words[0]?.includes("/") === true) found.push(words[0]);
  for (const [index, word] of words.entries()) {
    if (index === 0 || !isPath(index)) continue;
    const isValue = fileOptions.test(words[index - 1] ?? "");
    // An interpreter's first operand is its script; what follows is the script's own.
    const isScript =
      interpreters.test(name) && words.slice(1, index).every((one) => one.startsWith("-"));
    if (isValue || isScript) found.push(word);
  }
  return found;
}
