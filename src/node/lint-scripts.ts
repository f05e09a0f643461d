import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import * as z from "zod";
import type { LintedScript, ScriptComments } from "../drift/ports.ts";
import { findPrograms } from "./find-program.ts";
import { isInside } from "./is-inside.ts";

const commentSchema = z.object({
  file: z.string(),
  line: z.number(),
  endLine: z.number(),
  column: z.number(),
  endColumn: z.number(),
  level: z.enum(["error", "warning", "info", "style"]),
  code: z.number(),
  message: z.string(),
});
const answerSchema = z.object({ comments: z.array(commentSchema) });

/** So many files are given to one process: their names must fit on its command line. */
const mostFiles = 200;
/** So many processes at a time; more would be in each other's way on the two cores of most CIs. */
const processCount = 2;
/** For one process with all its files: a script that takes longer is not judged, nor its neighbours. */
const timeoutMs = 60_000;

/**
 * Lets shellcheck read some scripts; undefined where it is not installed outside of `root`, and for
 * each script that it could not read.
 *
 * It follows no `source` and reads no `.shellcheckrc`. Starts processes, and writes the scripts into a
 * temporary folder, which is removed.
 */
export async function lintScripts(
  scripts: readonly LintedScript[],
  options: { readonly root: string; readonly environment: Readonly<Record<string, string>> },
): Promise<readonly (ScriptComments | undefined)[] | undefined> {
  const { root, environment } = options;
  const program = findPrograms("shellcheck", {
    path: environment["PATH"],
    directory: "/",
  }).find((file) => !isInside(file, root));
  if (program === undefined) return undefined;
  const folder = await mkdtemp(path.join(tmpdir(), "opswright-lint-"));
  try {
    const names = scripts.map(({ shell }, index) => `${index}.${shell}`);
    await Promise.all(
      scripts.map(({ text, shell }, index) =>
        writeFile(path.join(folder, names[index] ?? ""), `# shellcheck shell=${shell}\n${text}\n`),
      ),
    );
    const size = Math.min(mostFiles, Math.max(1, Math.ceil(names.length / processCount)));
    const batches = Array.from({ length: Math.ceil(names.length / size) }, (_, index) =>
      names.slice(index * size, (index + 1) * size),
    );
    const found: (ScriptComments[number][] | undefined)[] = names.map(() => undefined);
    const workers = Array.from({ length: processCount }, async () => {
      for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
        const comments = await lintFiles(program, batch, folder, environment);
        if (comments === undefined) continue;
        for (const name of batch) found[Number.parseInt(name, 10)] = [];
        for (const { file, ...comment } of comments) {
          found[Number.parseInt(file, 10)]?.push(comment);
        }
      }
    });
    await Promise.all(workers);
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function lintFiles(
  program: string,
  names: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<readonly (ScriptComments[number] & { readonly file: string })[] | undefined> {
  const { stdout, exitCode } = await execa(
    program,
    ["--norc", "--format=json1", "--severity=warning", "--", ...names],
    {
      cwd: folder,
      env: { ...environment },
      extendEnv: false,
      stdin: "ignore",
      reject: false,
      timeout: timeoutMs,
    },
  );
  // 1 means that there are comments.
  if (exitCode !== 0 && exitCode !== 1) return undefined;
  const answer = answerSchema.safeParse(readJson(stdout));
  if (!answer.success) return undefined;
  return answer.data.comments.map(({ code, line, endLine, ...rest }) => ({
    ...rest,
    code: `SC${code}`,
    // The directive in front of the script is a line of our own.
    line: line - 1,
    endLine: endLine - 1,
  }));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
