import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import type { WorldCase, WorldDefinition } from "../model/world.ts";
import { quoteShellWord } from "./quote-shell-word.ts";

/** A world that could not be raised, or a program of it that cannot be started. */
export class WorldError extends Error {
  override readonly name = "WorldError";
  /** What the failing program printed. */
  readonly output: string;

  constructor(message: string, output: string, options?: ErrorOptions) {
    super(message, options);
    this.output = output;
  }
}

/** A disposable environment that stands until it is torn down. */
export interface RaisedWorld {
  /** By what another process can go on with it. */
  readonly card: WorldCard;
  /** Its folder, absolute. */
  readonly directory: string;
  /** Where sessions start, absolute. */
  readonly workingDirectory: string;
  /** The whole environment of its sessions. */
  readonly environment: Readonly<Record<string, string>>;
  /** Only what the world adds to the person's environment, by name. */
  readonly ownVariables: Readonly<Record<string, string>>;
  /** Runs a program of the world's folder; resolves whatever its exit code. */
  runProgram(program: string, directory?: string): Promise<ProgramResult>;
  /** Ends all that the world started and removes its folder, unless it is kept; idempotent. */
  tearDown(isKept: boolean): Promise<ProgramResult>;
}

/** What a program of a world printed, both streams in order, and its exit code. */
export interface ProgramResult {
  readonly exitCode: number;
  readonly output: string;
}

/** What a world is raised from. */
export interface WorldRequest {
  /** Absolute path of the world's folder. */
  readonly source: string;
  readonly definition: WorldDefinition;
  readonly worldCase: WorldCase;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called with each line that setup and prepare print. */
  readonly onLine: (line: string) => void;
  /** Ends the program that is running when aborted; teardown is run all the same. */
  readonly interrupted?: AbortSignal | undefined;
}

/** What another process must know to go on with a world that stands; no secret of a rehearsal is in it. */
export interface WorldCard {
  /** Its folder, absolute. */
  readonly directory: string;
  /** Absolute path of the world's own folder. */
  readonly source: string;
  /** The name of its case. */
  readonly caseName: string;
}

/**
 * Sets up a world: an empty folder, the world's `setup`, the case's `prepare`.
 *
 * Of the person's environment only what is harmless is passed on (`PATH`, `HOME`, `LANG`…). The
 * programs find `WORLD`, `WORLD_SOURCE`, `WORLD_ENV`, `WORLD_CASE` in their environment and the
 * world's `bin` first on PATH; what they append to `WORLD_ENV` as NAME=value lines is in the
 * environment of all that follows. Throws `WorldError` where a program fails, after tearing down.
 * Writes below the temporary directory and starts processes.
 */
export async function raiseWorld(request: WorldRequest): Promise<RaisedWorld> {
  const { definition, worldCase } = request;
  const directory = await realpath(await mkdtemp(path.join(tmpdir(), "opswright-world-")));
  // A database server of another user must be able to reach its own folder in here.
  await chmod(directory, 0o711);
  await writeFile(environmentFileOf(directory), "");
  const raised = await standIn(directory, request);
  for (const program of [definition.setup, worldCase.prepare]) {
    if (program === undefined) continue;
    const result = await raised.runProgram(program, directory);
    if (result.exitCode !== 0) {
      await raised.tearDown(false);
      const message = `The world's ${program} ended with exit code ${result.exitCode}.`;
      throw new WorldError(message, result.output);
    }
  }
  // With what its programs have set meanwhile.
  return standIn(directory, request);
}

/**
 * Goes on with a world that another process has raised; undefined where it stands no more. Reads its
 * folder.
 */
export async function reviveWorld(
  { directory }: WorldCard,
  request: WorldRequest,
): Promise<RaisedWorld | undefined> {
  return existsSync(environmentFileOf(directory)) ? standIn(directory, request) : undefined;
}

async function standIn(directory: string, request: WorldRequest): Promise<RaisedWorld> {
  const { source, definition, worldCase } = request;
  const base: Record<string, string> = {
    ...harmlessOnly(request.environment),
    ...asText(definition.environment),
    ...asText(worldCase.environment),
    WORLD: directory,
    WORLD_SOURCE: source,
    WORLD_ENV: environmentFileOf(directory),
    WORLD_CASE: worldCase.name,
    PATH: [path.join(source, "bin"), request.environment["PATH"] ?? ""].join(path.delimiter),
  };
  const readOwn = async (): Promise<Record<string, string>> =>
    parseEnvironmentFile(await readFile(environmentFileOf(directory), "utf8").catch(() => ""));
  let own = await readOwn();
  const run = async (program: string, from: string): Promise<ProgramResult> => {
    const result = await runWorldProgram(path.join(source, program), {
      directory: from,
      environment: { ...base, ...own },
      onLine: request.onLine,
      interrupted: program === definition.teardown ? undefined : request.interrupted,
    });
    own = await readOwn();
    return result;
  };
  let isDown = false;
  const workingDirectory = path.join(directory, definition.dir);
  return {
    card: { directory, source, caseName: worldCase.name },
    directory,
    workingDirectory,
    environment: { ...base, ...own },
    ownVariables: {
      WORLD: directory,
      WORLD_SOURCE: source,
      WORLD_ENV: environmentFileOf(directory),
      WORLD_CASE: worldCase.name,
      PATH: base["PATH"] ?? "",
      ...asText(definition.environment),
      ...asText(worldCase.environment),
      ...own,
    },
    runProgram: (program, from = workingDirectory) => run(program, from),
    tearDown: async (isKept) => {
      if (isDown) return { exitCode: 0, output: "" };
      isDown = true;
      if (isKept) {
        await writeKeys(directory, source, definition, { ...base, ...own });
        return { exitCode: 0, output: "" };
      }
      const result = await run(definition.teardown, source);
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
      return result;
    },
  };
}

function environmentFileOf(directory: string): string {
  return path.join(directory, "environment");
}

async function runWorldProgram(
  program: string,
  options: {
    readonly directory: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly onLine: (line: string) => void;
    readonly interrupted: AbortSignal | undefined;
  },
): Promise<ProgramResult> {
  try {
    const subprocess = execa(program, {
      cwd: options.directory,
      env: options.environment,
      extendEnv: false,
      stdin: "ignore",
      all: true,
      reject: false,
      ...(options.interrupted === undefined ? {} : { cancelSignal: options.interrupted }),
    });
    for await (const line of subprocess.iterable({ from: "all" })) options.onLine(line);
    const result = await subprocess;
    if (result.exitCode === undefined && !result.isTerminated && !result.isCanceled) {
      throw new Error(result.shortMessage, { cause: result.cause });
    }
    return { exitCode: result.exitCode ?? 130, output: result.all ?? "" };
  } catch (error) {
    if (options.interrupted?.aborted === true) return { exitCode: 130, output: "" };
    throw new WorldError(`The world's program ${program} cannot be run.`, "", { cause: error });
  }
}

/** Reads NAME=value lines: the value is all behind the first `=`, without quotes or escapes. */
function parseEnvironmentFile(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(line);
    if (match?.[1] !== undefined) values[match[1]] = match[2] ?? "";
  }
  return values;
}

function asText(
  values: Readonly<Record<string, string | number | boolean>> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => [name, String(value)]),
  );
}

/**
 * What of the person's environment a rehearsal may see: who and where they are, and nothing that
 * leads to a production (credentials, hosts, the repository of a git hook).
 */
const inherited =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TERM|COLORTERM|COLUMNS|LINES|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|CI|NO_COLOR|FORCE_COLOR)$/;

function harmlessOnly(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && inherited.test(name)) kept[name] = value;
  }
  return kept;
}

/** Leaves two programs in a kept world: `enter`, a shell inside it, and `down`, which ends it. */
async function writeKeys(
  directory: string,
  source: string,
  definition: WorldDefinition,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const exports = Object.entries(environment)
    .map(([name, value]) => `export ${name}=${quoteShellWord(value)}`)
    .join("\n");
  const head = `#!/usr/bin/env bash\n${exports}\n`;
  const enter = `${head}cd ${quoteShellWord(path.join(directory, definition.dir))} && exec bash "$@"\n`;
  const down = `${head}cd / && ${quoteShellWord(path.join(source, definition.teardown))} && rm -rf ${quoteShellWord(directory)}\n`;
  await writeFile(path.join(directory, "enter"), enter, { mode: 0o700 });
  await writeFile(path.join(directory, "down"), down, { mode: 0o700 });
}
