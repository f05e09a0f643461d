import process from "node:process";
import { createTextStyle, type TextStyle } from "../report/text-style.ts";

/** Where a command writes, and what can be said there. */
export interface Terminal {
  /** How text on standard output is set. */
  readonly style: TextStyle;
  /** How text on standard error is set. */
  readonly errorStyle: TextStyle;
  /** True where a person sits at it: questions can be asked and lines be taken back. */
  readonly isInteractive: boolean;
  /** True where standard output is shown on a terminal, and not read by a program or kept in a file. */
  readonly isOutputTerminal: boolean;
  /** True where a line on standard error can be taken back. */
  readonly canTakeErrorsBack: boolean;
  write(text: string): void;
  writeError(text: string): void;
}

/**
 * Looks at the process's streams and environment once, and decides.
 *
 * Interactive means that standard input and output are terminals, that `TERM` is not `dumb` and that
 * `CI` is not set. Reads the environment.
 */
export function createTerminal(options: { readonly hasColorOption: boolean }): Terminal {
  const { stdin, stdout, stderr, env } = process;
  const columns = readColumns(stdout.columns ?? stderr.columns, env["COLUMNS"]);
  const styleFor = (isTerminal: boolean) =>
    createTextStyle({
      columns,
      hasColors: decideColors({
        hasColorOption: options.hasColorOption,
        environment: env,
        isTerminal,
      }),
    });
  const isInContinuousIntegration = isSet(env["CI"]) && env["CI"] !== "false";
  return {
    style: styleFor(stdout.isTTY),
    errorStyle: styleFor(stderr.isTTY),
    isInteractive:
      stdin.isTTY && stdout.isTTY && env["TERM"] !== "dumb" && !isInContinuousIntegration,
    isOutputTerminal: stdout.isTTY,
    canTakeErrorsBack: stderr.isTTY && env["TERM"] !== "dumb" && !isInContinuousIntegration,
    write: (text) => void stdout.write(text),
    writeError: (text) => void stderr.write(text),
  };
}

/**
 * Decides whether to use colours: `--no-color` and `NO_COLOR` turn them off, then `FORCE_COLOR`
 * turns them on, else a terminal that is not dumb has them. No I/O.
 */
export function decideColors(given: {
  readonly hasColorOption: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}): boolean {
  const { hasColorOption, environment, isTerminal } = given;
  if (!hasColorOption || isSet(environment["NO_COLOR"])) return false;
  const force = environment["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  return isTerminal && environment["TERM"] !== "dumb";
}

function readColumns(ofTerminal: number | undefined, ofEnvironment: string | undefined): number {
  const given = ofTerminal ?? Number(ofEnvironment);
  return Number.isInteger(given) && given > 0 ? given : 80;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
