import type { Command } from "commander";
import { createTerminal, type Terminal } from "./terminal.ts";

/** Options that every command takes. */
export interface CommonOptions {
  readonly root?: string | undefined;
  /** A file, `false` for `--no-config`, or absent. */
  readonly config?: string | false | undefined;
  readonly json?: true | undefined;
  readonly color: boolean;
  readonly quiet?: true | undefined;
  readonly verbose?: true | undefined;
}

/** What a command is given to work with. */
export interface CommandContext<Options extends CommonOptions = CommonOptions> {
  readonly options: Options;
  readonly terminal: Terminal;
  /** Ends with a usage error: exit code 2 and the command's name for help. */
  readonly fail: (message: string) => never;
}

/** Adds arguments, options and the action to a command that has its name and summary. */
export type DefineCommand = (command: Command, finish: FinishCommand) => void;

/** Takes the exit code that a command ended with. */
export type FinishCommand = (exitCode: number) => void;

/**
 * Makes a commander action of a handler that is given the command's operands and returns its exit
 * code.
 *
 * @example command.action(commandAction(command, finish, async (context, [target = ""]) => 0))
 */
export function commandAction<Options extends CommonOptions>(
  command: Command,
  finish: FinishCommand,
  handle: (context: CommandContext<Options>, operands: readonly string[]) => Promise<number>,
): () => Promise<void> {
  return async () => {
    const options = command.optsWithGlobals<Options>();
    const context: CommandContext<Options> = {
      options,
      terminal: createTerminal({ hasColorOption: options.color }),
      fail: (message) => command.error(`error: ${message}`, { code: "opswright.usage" }),
    };
    finish(await handle(context, command.args));
  };
}
