import process from "node:process";
import { escapeControlCharacters } from "../report/sanitise-terminal-text.ts";

/** Errors that say what the environment lacks; their messages are written for the reader. */
const environmentErrors: ReadonlySet<string> = new Set([
  "ProjectError",
  "SessionError",
  "JournalError",
  "EnvironmentError",
]);

/** What the machine refuses by these codes of Node's, in words; the file is named after them. */
const refusals: Readonly<Record<string, string>> = {
  ENOSPC: "No space is left on the disk",
  EDQUOT: "The disk quota is used up",
  EROFS: "The disk is read-only",
  EACCES: "The file system does not allow it",
  EPERM: "The file system does not allow it",
  ENOTDIR: "A file stands where a folder is needed",
  EMFILE: "Too many files are open",
  ENFILE: "Too many files are open",
};

/**
 * Says what to print for an error that nothing else has caught, and with which exit code to end.
 *
 * An error of the environment ends with 6 and its message, as does what the machine refuses (a full
 * disk); everything else is a bug of Opswright: 1, with the stack. No side effects.
 */
export function reportUnexpectedError(
  error: unknown,
  program: { readonly args: readonly string[]; readonly version: string },
): { readonly exitCode: 1 | 6; readonly text: string } {
  if (error instanceof Error && environmentErrors.has(error.name)) {
    const hint = "hint" in error && typeof error.hint === "string" ? `${error.hint}\n` : "";
    return {
      exitCode: 6,
      text: `error: ${describeCauses(error)}\n${escapeControlCharacters(hint)}`,
    };
  }
  const refusal = describeRefusal(error);
  if (refusal !== undefined) return { exitCode: 6, text: refusal };
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    exitCode: 1,
    text: [
      "This is a bug in Opswright, not in your runbook. Please report it with these lines:",
      "",
      escapeControlCharacters(stack),
      "",
      `opswright ${program.version}, Node ${process.versions.node}, ${process.platform}`,
      `command: ${escapeControlCharacters(program.args[0] ?? "(none)")}`,
      "",
    ].join("\n"),
  };
}

/** Says what the machine refused, of an error or what caused it. */
function describeRefusal(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code = "", dest, path: file } = current as NodeJS.ErrnoException & { dest?: string };
    const words = Object.hasOwn(refusals, code) ? refusals[code] : undefined;
    if (words === undefined) continue;
    const place = dest ?? file;
    const where = place === undefined ? "" : `: ${place}`;
    return escapeControlCharacters(`error: ${words}${where}\n  because: ${current.message}`) + "\n";
  }
  return undefined;
}

/** The message and those of its causes, outermost first. */
function describeCauses(error: Error): string {
  const messages: string[] = [];
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if (!messages.includes(current.message)) messages.push(current.message);
  }
  return escapeControlCharacters(messages.join("\n  because: "));
}
