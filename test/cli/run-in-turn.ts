import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import process from "node:process";
import { program } from "../program.ts";
import type { CallOptions, FixtureProject, Transcript } from "./run-opswright.ts";

/** One process in which the program is run again and again, each call after the one before. */
export interface ProgramLine extends AsyncDisposable {
  /** As `project.run` with `isRaw`, without a process for it. */
  run(
    project: Pick<FixtureProject, "directory" | "environment">,
    args: readonly string[],
    options?: CallOptions,
  ): Promise<Transcript>;
}

/** What the process is told to do. */
export interface ProgramCall {
  readonly args: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Starts a process that runs the real program many times over.
 *
 * Starting costs far more than a small check does. Only for calls that leave nothing behind in their
 * process, such as checks.
 */
export function startProgramLine(): ProgramLine {
  const child = fork(
    path.join(import.meta.dirname, "program-line.ts"),
    [program.replace(/\bbin\.js$/u, "main.js")],
    { execPath: process.execPath, stdio: ["ignore", "inherit", "inherit", "ipc"] },
  );
  const ended = once(child, "exit");
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(project, args, options = {}) {
      const call: ProgramCall = {
        args,
        directory: path.join(project.directory, options.directory ?? "."),
        environment: { ...project.environment, ...options.environment },
      };
      const answer = last.then(() => ask({ child, ended }, call));
      last = answer.catch(() => undefined);
      return answer;
    },
    async [Symbol.asyncDispose]() {
      await last;
      child.disconnect();
      await ended;
    },
  };
}

interface StartedLine {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
}

async function ask({ child, ended }: StartedLine, call: ProgramCall): Promise<Transcript> {
  const [reply] = await Promise.all([
    Promise.race([
      once(child, "message") as Promise<[Transcript]>,
      ended.then(() => {
        throw new Error(`The process ended at: ${call.args.join(" ")}`);
      }),
    ]),
    new Promise((resolve) => child.send(call, resolve)),
  ]);
  return reply[0];
}
