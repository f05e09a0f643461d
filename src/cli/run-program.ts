import { CommanderError } from "commander";
import { commandTable } from "./command-table.ts";
import { createProgram } from "./create-program.ts";

/**
 * Runs one command line and gives back the exit code of the process.
 *
 * `args` is what follows the program's name. Usage errors are told on standard error and end with
 * 2; errors of the environment and bugs are thrown.
 */
export async function runProgram(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const named = commandTable.filter(({ name }) => args.includes(name));
  // All definitions are needed where the command cannot be told, and where all are listed.
  const isWhole = named.length === 0 || args.includes("completion");
  const program = await createProgram({
    loaded: isWhole ? commandTable : named,
    finish: (code) => {
      exitCode = code;
    },
  });
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return exitCode;
}
