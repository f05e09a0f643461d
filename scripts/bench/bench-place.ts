import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

/** What one process took. */
export interface Sample {
  readonly wallMs: number;
  /** The moment of its start, in milliseconds since 1970, with fractions. */
  readonly startedAt: number;
  /** The most memory that it held at once, where that was asked for and the system tells (Linux). */
  readonly peakBytes: number | undefined;
  readonly stdout: string;
}

/** How a process is run and judged. */
export interface RunSettings {
  /** The exit codes of a process that did its work; 0 alone if absent. */
  readonly accepted?: readonly number[];
  readonly environment?: Readonly<Record<string, string>>;
  /** To look at its memory forty times a second takes a share of its time. */
  readonly watchesMemory?: boolean;
}

/** A temporary folder with a project of runbooks, and the command line that is measured in it. */
export class BenchPlace implements AsyncDisposable {
  readonly folder: string;
  readonly #main: string;

  private constructor(folder: string, main: string) {
    this.folder = folder;
    this.#main = main;
  }

  /**
   * Makes the folder.
   *
   * @param main the command line's file: `dist/cli/bin.js` or `src/cli/main.ts`, absolute
   */
  static async open(main: string): Promise<BenchPlace> {
    const folder = await mkdtemp(path.join(tmpdir(), "opswright-bench-"));
    return new BenchPlace(folder, main);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /**
   * Writes a runbook of these steps, each under a heading with a sentence and a list.
   *
   * @param name `"one"`, in `runbooks/`, or `"large/runbooks/one"`, in the project `large`
   */
  async writeRunbook(name: string, steps: readonly string[]): Promise<void> {
    const sections = steps.map(
      (step, index) =>
        `## Step ${index}\n\nThis does **one thing**; see [the manual](https://example.org/${index}).\n\n` +
        `- Look at the dashboard first.\n- Then tell \`#operations\`.\n\n\`\`\`bash\n${step}\n\`\`\`\n`,
    );
    const place = name.includes("/") ? name : `runbooks/${name}`;
    const file = path.join(this.folder, `${place}.mdx`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `---\ntitle: ${path.basename(name)}\n---\n\n${sections.join("\n")}`);
  }

  /** Runs `opswright ARGS` in the folder; throws unless it ends with one of the accepted codes. */
  opswright(args: readonly string[], settings?: RunSettings): Promise<Sample> {
    const [program = "", ...rest] = this.commandOf(args);
    return this.run(program, rest, settings);
  }

  /** The words of `opswright ARGS`, for a program that runs it. */
  commandOf(args: readonly string[]): readonly string[] {
    return [process.execPath, this.#main, ...args];
  }

  /**
   * Runs a program in the folder, as from a shell; throws, with its output, unless its exit code is accepted.
   */
  async run(
    program: string,
    args: readonly string[],
    { accepted = [0], environment = {}, watchesMemory = false }: RunSettings = {},
  ): Promise<Sample> {
    const startedAt = performance.timeOrigin + performance.now();
    const child = spawn(program, args, {
      cwd: this.folder,
      env: {
        ...shellEnvironment,
        XDG_CACHE_HOME: path.join(this.folder, ".cache"),
        NO_COLOR: "1",
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    let peakBytes: number | undefined;
    child.stdout
      .setEncoding("utf8")
      .on("data", (chunk: string) => (stdout = (stdout + chunk).slice(-100_000)));
    child.stderr
      .setEncoding("utf8")
      .on("data", (chunk: string) => (stderr = (stderr + chunk).slice(-10_000)));
    const look = (): void => {
      void readPeakBytes(child.pid).then((bytes) => (peakBytes = bytes ?? peakBytes));
    };
    const watch = watchesMemory ? setInterval(look, 25) : undefined;
    try {
      const code = await new Promise<number | null>((resolve, reject) => {
        child.once("error", reject).once("close", resolve);
      });
      const wallMs = performance.timeOrigin + performance.now() - startedAt;
      if (code === null || !accepted.includes(code)) {
        const said = `${stdout.slice(-2000)}${stderr}`.trim();
        throw new Error(`${[program, ...args].join(" ")} ended with ${code}:\n${said}`);
      }
      return { wallMs, startedAt, peakBytes, stdout };
    } finally {
      clearInterval(watch);
    }
  }
}

/** What npm sets for its scripts, some thirty variables, a shell that nobody started by npm does not have. */
const shellEnvironment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")),
);

async function readPeakBytes(pid: number | undefined): Promise<number | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    // It has ended, or this system has no /proc.
    return undefined;
  }
}
