import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { program } from "../program.ts";
import type { FixtureProject } from "./run-opswright.ts";

/** A call of the program that goes on. */
export interface StartedCall {
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Its exit code and signal, once it has ended. */
  readonly ended: Promise<readonly unknown[]>;
}

/** Starts a call of the program, and waits until a step of its run has printed something. */
export async function startUntilPrinted(
  project: FixtureProject,
  args: readonly string[],
  stepId: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<StartedCall> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: project.directory,
    env: { ...project.environment, ...environment },
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  const runs = path.join(project.directory, ".opswright/runs");
  const hasPrinted = async (): Promise<boolean> => {
    const files = await readdir(runs, { recursive: true }).catch(() => []);
    return files.some((file) => file.endsWith(`-${stepId}.out`));
  };
  for (let attempt = 0; !(await hasPrinted()); attempt += 1) {
    if (attempt > 6000) throw new Error(`${stepId} printed nothing`);
    await sleep(10);
  }
  return {
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
    ended,
  };
}
