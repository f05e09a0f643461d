import type { ScriptRequest } from "../run/ports.ts";
import { quoteShellWord } from "./quote-shell-word.ts";

/** What one line of commands to the shell is made of. */
export interface StepCommand {
  readonly key: string;
  /** The ending of the script's file name. */
  readonly ending: string;
  /** The name of the pair of FIFOs for its output. */
  readonly channel: string;
  readonly interpreter: string;
  /** Whether the step goes on beside those that follow it. */
  readonly isBackground: boolean;
  /** Whether both of its streams go into the FIFO of standard output. */
  readonly mergesStreams: boolean;
  /** The device of the terminal to which it is connected. */
  readonly terminal?: string | undefined;
  /** Exit codes after which the step's changes to the shell are kept: `0,3`, or `any`. */
  readonly accepted: string;
  /** The file that sets the step's own directory and environment. */
  readonly before?: string | undefined;
}

/**
 * The line that makes the shell run a step, with its line end.
 *
 * The script is the last command of its list, because `errexit` counts only there. It stands in
 * braces and not in `eval`, because otherwise the output of an EXIT trap that goes off in it would
 * not go where the script's goes. No I/O.
 */
export function renderStepLine(step: StepCommand): string {
  const { terminal } = step;
  const redirections =
    terminal === undefined
      ? `</dev/null 1<>"$__opswright_stdout" 2<>"$__opswright_stderr"`
      : `<${quoteShellWord(terminal)} >${quoteShellWord(terminal)} 2>&1`;
  const isSourced = step.interpreter === "bash";
  const script = step.isBackground
    ? renderBackground(step.interpreter, redirections)
    : isSourced
      ? `{ \\builtin . "$__opswright_script"; } ${redirections}; __opswright_status=$?`
      : `{ \\builtin command -- ${quoteShellWord(step.interpreter)} "$__opswright_script"; } ${redirections} || __opswright_status=$?`;
  const commands = [
    `\\__opswright_prepare ${step.key} ${step.ending} ${step.channel} ${step.mergesStreams ? "stdout" : "stderr"}`,
    ...(step.before === undefined
      ? []
      : [`\\builtin . ${quoteShellWord(step.before)} ${redirections}`]),
    `\\__opswright_start ${step.accepted}`,
    script,
  ];
  const takeBack = step.before === undefined ? "" : '\\builtin eval "$__opswright_take_back"; ';
  return `${commands.join(" && ")}; ${takeBack}\\builtin eval "$__opswright_finish"\n`;
}

/**
 * The outer braces have the output's files open before the shell goes on, so that nobody takes them for
 * free; `disown`, so that a `wait` of a later step does not wait for it.
 */
function renderBackground(interpreter: string, redirections: string): string {
  const script =
    interpreter === "bash"
      ? `\\builtin . "$__opswright_script"`
      : `\\builtin command -- ${quoteShellWord(interpreter)} "$__opswright_script"`;
  const work = `\\builtin set +o errexit; ( \\builtin set -o errexit; ${script} ); \\__opswright_record gone "$__opswright_key" "$?"`;
  return `{ { ${work}; } & \\builtin disown; } ${redirections}; __opswright_status=$?`;
}

/** Sets a secret from what the shell was started with, since no file may have its value. No I/O. */
export function renderSecretExport(name: string): string {
  return `\\builtin export ${name}="\${__opswright_secret_value_${name}-}"`;
}

/**
 * What a step's `before` file holds: it sets variables for the step and all that follow, then the
 * step's own environment and directory, and fails at the first thing that cannot be set. No I/O.
 */
export function renderBefore({
  directory,
  environment = {},
  variables = {},
  secretNames = [],
}: Pick<ScriptRequest, "directory" | "environment" | "variables" | "secretNames">): string {
  const lines = [
    ...secretNames.map(renderSecretExport),
    ...Object.entries(variables).map(
      ([name, value]) => `\\builtin export ${name}=${quoteShellWord(value)}`,
    ),
    ...Object.entries(environment).map(
      ([name, value]) => `\\__opswright_setenv ${name} ${quoteShellWord(value)}`,
    ),
  ];
  if (directory !== undefined) lines.push(`\\__opswright_chdir ${quoteShellWord(directory)}`);
  return lines.map((line) => `${line} || \\builtin return 125\n`).join("");
}

/**
 * The exit codes after which what a script did to the shell is kept, as the control code reads them. No
 * I/O.
 *
 * @example formatAccepted([0, 3]) → "0,3"
 */
export function formatAccepted(codes: ScriptRequest["keepsStateOn"]): string {
  return codes === "any" ? "any" : (codes ?? [0]).join(",");
}
