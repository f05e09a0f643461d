import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, readlinkSync } from "node:fs";

/** One process of this machine; what takes long to ask for is asked when it is looked at. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** Its process group. */
  readonly group: number;
  /** The process that leads its session; absent where the system does not tell. */
  readonly session?: number | undefined;
  /** Seconds from the machine's start to its own, to 10 ms; absent where the system does not tell. */
  readonly startedAfterBootS?: number | undefined;
  /** Where its standard output and standard error go; empty where the system does not tell. */
  readonly outputs: readonly string[];
  /** `NAME=value` of the environment with which it was started; empty where it may not be read. */
  readonly environment: string;
}

/**
 * Every living process of this machine; zombies are left out.
 *
 * Reads /proc on Linux. Elsewhere it runs `ps`, which tells neither session nor exact start, so that
 * descent and environment have to do.
 */
export function readProcessTable(): readonly ProcessEntry[] {
  return process.platform === "linux" ? readProc() : readPs();
}

/** Seconds from the machine's start to a process's, to 10 ms; undefined where there is none, or no /proc. */
export function readProcessStart(pid: number): number | undefined {
  return process.platform === "linux" ? readProcEntry(pid)?.startedAfterBootS : undefined;
}

/** True for a process that lives: a zombie does not. Reads /proc on Linux; elsewhere zombies count. */
export function isAlive(pid: number): boolean {
  if (process.platform === "linux") return readProcEntry(pid) !== undefined;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function readProc(): readonly ProcessEntry[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcEntry(Number(name)))
    .filter((entry) => entry !== undefined);
}

function readProcEntry(pid: number): ProcessEntry | undefined {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  // The name stands in parentheses and may hold anything, further parentheses included.
  const [state, parent, group, session, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (state === undefined || state === "" || state === "Z" || state === "X") return undefined;
  const ticks = Number(rest[15]);
  let outputs: readonly string[] | undefined;
  let environment: string | undefined;
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    // USER_HZ is 100 on every architecture that Node runs on.
    startedAfterBootS: ticks / 100,
    get outputs() {
      outputs ??= [1, 2].map((descriptor) => readLinkOrEmpty(`/proc/${pid}/fd/${descriptor}`));
      return outputs;
    },
    get environment() {
      environment ??= readOrEmpty(`/proc/${pid}/environ`);
      return environment;
    },
  };
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    // It ended meanwhile, or belongs to another user.
    return "";
  }
}

function readLinkOrEmpty(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return "";
  }
}

function readPs(): readonly ProcessEntry[] {
  const options = process.platform === "darwin" ? ["-A", "-E", "-ww"] : ["-A", "-ww"];
  const text = execFileSync("ps", [...options, "-o", "pid=,ppid=,pgid=,stat=,command="], {
    encoding: "latin1",
    maxBuffer: 64 * 1024 * 1024,
  });
  return parsePs(text);
}

/**
 * The processes in what `ps -A -E -ww -o pid=,ppid=,pgid=,stat=,command=` prints, where the environment
 * follows the command. No I/O.
 */
export function parsePs(text: string): readonly ProcessEntry[] {
  return text.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s*(.*)$/.exec(line);
    if (match === null || match[4]?.startsWith("Z") === true) return [];
    const [, pid, parent, group, , environment = ""] = match;
    return [
      { pid: Number(pid), parent: Number(parent), group: Number(group), outputs: [], environment },
    ];
  });
}

/** The value of a variable in a process's environment as `ProcessEntry` has it. No I/O. */
export function findVariable(environment: string, name: string): string | undefined {
  // \0 ends entries in /proc, a space in ps; the values that we look for hold neither.
  const match = new RegExp(`(?:^|[\\0 ])${name}=([^\\0 ]*)`).exec(environment);
  return match?.[1];
}
