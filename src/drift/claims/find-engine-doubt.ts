import type { ShellCommand } from "../../model/shell-script.ts";

/**
 * Why a call of docker may mean containers that no file of the repository makes, as the end of a
 * sentence; undefined where it may not.
 *
 * `isForeign` is what its own options say. No I/O.
 */
export function findEngineDoubt(command: ShellCommand, isForeign: boolean): string | undefined {
  if (isForeign) return "it acts on another engine or project";
  if (command.place !== "here") return "another machine can hold more than the repository";
  if (command.isTolerated === true) return "the command expects that it may not be there";
  return undefined;
}
