import process from "node:process";
import { escapeControlCharacters } from "../report/sanitise-terminal-text.ts";

/** Errors that say what the environment lacks; their messages are written for the reader. */
const environmentErrors: ReadonlySet<string> = new Set([
  "ProjectError",
  "SessionError",
  "JournalError",
  "EnvironmentError",
]);

/**
 * Says what to print for an error that nothing else has caught, and with which exit code to end.
 *
 * An error of the environment ends with 6 and its message; everything else is a bug of Opswright: 1,
 * with the stack. No side effects.
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

/** The message and those of its causes, outermost first. */
function describeCauses(error: Error): string {
  const messages: string[] = [];
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if (!messages.includes(current.message)) messages.push(current.message);
  }
  return escapeControlCharacters(messages.join("\n  because: "));
}
