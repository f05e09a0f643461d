import { hostname, userInfo } from "node:os";
import process from "node:process";

/**
 * Tells who runs Opswright and on which machine, for the run's journal.
 *
 * A user without an entry in the system's table (in containers) is named by number. Reads the
 * operating system.
 */
export function readOperator(): { readonly user: string; readonly host: string } {
  return { user: readUser(), host: hostname() };
}

function readUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? "unknown"}`;
  }
}
