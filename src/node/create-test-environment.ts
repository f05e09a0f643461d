import { userInfo } from "node:os";
import process from "node:process";
import { findPrograms } from "./find-program.ts";

/** What a test's environment is made of beside what is fixed. */
export interface TestEnvironmentSettings {
  /** This process's own environment. */
  readonly caller: Readonly<Record<string, string>>;
  /** True has `cleanPath` for its PATH, false the caller's. */
  readonly isPathClean: boolean;
  /** Variables that were set by name, or let through. */
  readonly given: ReadonlyMap<string, string>;
}

/** The PATH that is the same on every machine: where a system keeps its own programs. */
const cleanPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * The part of a test's environment that all documents have: the same on every machine and by every
 * caller, but for PATH and USER. Looks for bash on that PATH; no other I/O.
 *
 * @example { PATH: "…", LANG: "C.UTF-8", LC_ALL: "C.UTF-8", TZ: "UTC", COLUMNS: "80", TERM: "dumb", … }
 */
export function createTestEnvironment({
  caller,
  isPathClean,
  given,
}: TestEnvironmentSettings): Record<string, string> {
  const searched = (isPathClean ? undefined : caller["PATH"]) ?? cleanPath;
  const [shell = "/bin/sh"] = findPrograms("bash", { path: searched, directory: "/" });
  const user = userInfo().username;
  // macOS has no C.UTF-8 before its version 15, and this one everywhere.
  const locale = process.platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8";
  const outer = caller["OPSWRIGHT_SESSION"];
  return {
    PATH: searched,
    SHELL: shell,
    USER: user,
    LOGNAME: user,
    LANG: locale,
    LC_ALL: locale,
    TZ: "UTC",
    COLUMNS: "80",
    TERM: "dumb",
    NO_COLOR: "1",
    ...Object.fromEntries(given),
    // So that ending a step in which tests run ends them too.
    ...(outer === undefined ? {} : { OPSWRIGHT_SESSION: outer }),
  };
}
