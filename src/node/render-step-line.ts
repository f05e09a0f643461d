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
      ? `</dev/null 1<>"$__ow_out" 2<>"$__ow_err"`
      : `<${quoteShellWord(terminal)} >${quoteShellWord(terminal)} 2>&1`;
  const file = `"$__ow_file.${step.ending}"`;
  const isProgram = step.interpreter !== "bash" && !step.isBackground;
  const script = step.isBackground
    ? `${renderBackground(step.interpreter, file)} ${redirections}`
    : isProgram
      ? `{ \\builtin command -- ${quoteShellWord(step.interpreter)} ${file}; } ${redirections} || __ow_status=$?`
      : `{ \\builtin . ${file}; } ${redirections}`;
  const run = `${renderBegin(step, redirections)} && ${script}`;
  if (step.before === undefined && !isProgram) return `${run}; \\builtin eval "$__ow_finish"\n`;
  const setStatus = isProgram ? "" : "__ow_status=$?; ";
  const back = step.before === undefined ? "" : `${setStatus}${takeBack}`;
  // The finish begins with what sets the status, which is set already.
  return `${run}; ${back}\\builtin eval "\${__ow_finish#*;}"\n`;
}

function renderBegin(step: StepCommand, redirections: string): string {
  const { key, channel, mergesStreams, ending, accepted, before } = step;
  const isUsual = before === undefined && !mergesStreams && ending === "sh" && accepted === "0";
  // The shell reads its line byte by byte, which takes a tenth of what a short step costs.
  if (isUsual) return `\\__ow_prepare ${key} ${channel}`;
  const prepare = `\\__ow_prepare ${key} ${channel} ${mergesStreams ? "stdout" : "stderr"}`;
  const set =
    before === undefined ? "" : ` && \\builtin . ${quoteShellWord(before)} ${redirections}`;
  return `${prepare}${set} && \\__ow_start ${channel} ${ending} ${accepted}`;
}

/** What a step has set for itself is taken back; of one that could not be begun, only that is told. */
const takeBack = `\\__ow_check; \\builtin . "$__ow_file.after" || \\builtin exit 125; __ow_undo=; `;

/**
 * The outer braces have the output's files open before the shell goes on, so that nobody takes them for
 * free; `disown`, so that a `wait` of a later step does not wait for it.
 */
function renderBackground(interpreter: string, file: string): string {
  const script =
    interpreter === "bash"
      ? `\\builtin . ${file}`
      : `\\builtin command -- ${quoteShellWord(interpreter)} ${file}`;
  const work = `\\builtin set +o errexit; ( \\builtin set -o errexit; ${script} ); \\__ow_record gone "$__ow_key" "$?"`;
  return `{ { ${work}; } & \\builtin disown; }`;
}

/** Sets a secret from what the shell was started with, since no file may have its value. No I/O. */
export function renderSecretExport(name: string): string {
  return `\\builtin export ${name}="\${__ow_secret_value_${name}-}"`;
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
      ([name, value]) => `\\__ow_setenv ${name} ${quoteShellWord(value)}`,
    ),
  ];
  if (directory !== undefined) lines.push(`\\__ow_chdir ${quoteShellWord(directory)}`);
  return lines.map((line) => `${line} || \\builtin return 125\n`).join("");
}

/**
 * The exit codes after which what a script did to the shell is kept, as the control code reads them. No
 * I/O.
 *
 * @example formatAccepted([0, 3]) → "0,3"
 */
export function formatAccepted(codes: ScriptRequest["keepsStateOn"]): string {
  return codes === "any" ? "any" : (codes ?? [0]).join(",") || "none";
}
