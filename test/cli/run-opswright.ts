import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { execa } from "execa";
import { program } from "../program.ts";

const compileCache = path.resolve(import.meta.dirname, "../../node_modules/.cache/opswright-test");

/**
 * Files of a fixture by their path below its folder; bytes are written as they are.
 *
 * What is in `bin/`, and outside of the project in `../tools/`, is on PATH. There, `shellcheck` is a
 * stand-in without comments, unless a fixture has its own: results are the same on every machine.
 */
export type FixtureFiles = Readonly<Record<string, string | Uint8Array>>;

/** What a call of the program left: its streams with volatile parts replaced, and its exit code. */
export interface Transcript {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a call differs from the usual one: no input, no terminal, no colours, 80 columns. */
export interface CallOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** True leaves times, ids and folders as they are. */
  readonly isRaw?: boolean;
  /** Below the fixture's folder. */
  readonly directory?: string;
}

/** A project in a temporary folder; `await using` removes it. */
export interface FixtureProject extends AsyncDisposable {
  /** Absolute, without symlinks. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Runs the real program as a process of its own in the project's folder. */
  run(args: readonly string[], options?: CallOptions): Promise<Transcript>;
}

/** Writes a fixture into a new temporary folder. */
export async function createProject(files: FixtureFiles): Promise<FixtureProject> {
  const base = await realpath(await mkdtemp(path.join(tmpdir(), "opswright-test-")));
  const directory = path.join(base, "project");
  const home = path.join(base, "home");
  await mkdir(directory);
  await mkdir(home);
  const silentShellcheck = `#!/bin/sh\necho '{"comments":[]}'\n`;
  const all = { "../tools/shellcheck": silentShellcheck, ...files };
  for (const [name, content] of Object.entries(all)) {
    const file = path.join(directory, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    if (/^(?:bin|\.\.\/tools)$/u.test(path.dirname(name))) await chmod(file, 0o755);
  }
  const environment = {
    PATH: [
      path.join(directory, "bin"),
      path.join(base, "tools"),
      path.dirname(process.execPath),
      process.env["PATH"],
    ].join(":"),
    HOME: home,
    LANG: "C.UTF-8",
    COLUMNS: "80",
    NO_COLOR: "1",
    // Compiled once for all calls: the sources are the same.
    NODE_COMPILE_CACHE: compileCache,
  };
  return {
    directory,
    environment,
    run: async (args, options = {}) => {
      const result = await execa(process.execPath, [program, ...args], {
        cwd: path.join(directory, options.directory ?? "."),
        env: { ...environment, ...options.environment },
        extendEnv: false,
        input: options.input ?? "",
        reject: false,
        stripFinalNewline: false,
      });
      const clean = (text: string) =>
        options.isRaw === true ? text : replaceVolatile(text, directory);
      return {
        exitCode: result.exitCode,
        stdout: clean(result.stdout),
        stderr: clean(result.stderr),
      };
    },
    [Symbol.asyncDispose]: () => rm(base, { recursive: true, force: true }),
  };
}

/**
 * Replaces what differs from call to call: folders, run ids, digests, times and durations, with the
 * blanks that align these at a line's end.
 */
function replaceVolatile(text: string, directory: string): string {
  return text
    .replaceAll(directory, "[DIR]")
    .replaceAll(/\b[0-9a-f]{64}\b/gu, "[DIGEST]")
    .replaceAll(/\bplan [0-9a-f]{12}\b/gu, "plan [DIGEST]")
    .replaceAll(/\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/gu, "[TIME]")
    .replaceAll(/\b\d{8}-\d{6}-[0-9a-z-]+\b/gu, "[RUN]")
    .replaceAll(/(?<= ) +(?=[\d.]+m?s$)/gmu, " ")
    .replaceAll(/(?<=[\s(])(?:\d+ms|\d+\.\ds|\d+m(?: \d+s)?)(?=[\s.,)]|$)/gmu, "[DURATION]");
}
