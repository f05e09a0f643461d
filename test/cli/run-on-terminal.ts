import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { stripVTControlCharacters } from "node:util";
import { program } from "../program.ts";
import type { FixtureProject } from "./run-opswright.ts";

/**
 * What a person does: when these words have come up, type these keys; or whatever else happens then, to
 * the terminal.
 */
export type Reaction = readonly [
  words: string,
  keys: string | ((terminal: ChildProcess) => Promise<unknown> | void),
];

/** Runs the program on a terminal of its own, by the system's `script`; gives back what it showed. */
export async function runOnTerminal(
  project: FixtureProject,
  args: readonly string[],
  reactions: readonly Reaction[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ shown: string; exitCode: number | null }> {
  const words = [process.execPath, program, ...args].map((word) => `'${word}'`).join(" ");
  // A terminal without a size would be taken for one of no columns by the prompts.
  const command = `stty columns 80 rows 24; exec ${words}`;
  const scriptArgs =
    process.platform === "linux"
      ? ["--quiet", "--return", "--command", command, "/dev/null"]
      : ["-q", "/dev/null", "/bin/sh", "-c", command];
  const child = spawn("script", scriptArgs, {
    cwd: project.directory,
    env: { ...project.environment, TERM: "xterm", SHELL: "/bin/sh", ...environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting = [...reactions];
  let all = "";
  let seen = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    all += stripVTControlCharacters(text);
    const [next] = waiting;
    if (next === undefined || !all.slice(seen).includes(next[0])) return;
    waiting.shift();
    seen = all.length;
    const [, keys] = next;
    if (typeof keys === "string") child.stdin.write(keys);
    else void keys(child);
  });
  // A question that never comes up would be waited for until the end of time.
  const deadline = setTimeout(() => child.kill("SIGKILL"), 40_000);
  const [exitCode] = (await once(child, "close")) as [number | null];
  clearTimeout(deadline);
  return { shown: all.replaceAll("\r", ""), exitCode };
}
