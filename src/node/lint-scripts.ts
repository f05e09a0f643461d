import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { z } from "zod";
import type { LintedScript, ScriptComments } from "../drift/ports.ts";
import { findPrograms } from "./find-program.ts";

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
const batchSize = 200;

/**
 * Lets shellcheck read some scripts; undefined where it is not installed or fails.
 *
 * It follows no `source` and reads no `.shellcheckrc`. Starts processes, and writes the scripts into a
 * temporary folder, which is removed.
 */
export async function lintScripts(
  scripts: readonly LintedScript[],
  environment: Readonly<Record<string, string>>,
): Promise<readonly ScriptComments[] | undefined> {
  const [program] = findPrograms("shellcheck", { path: environment["PATH"], directory: "/" });
  if (program === undefined) return undefined;
  const folder = await mkdtemp(path.join(tmpdir(), "opswright-lint-"));
  try {
    const names = scripts.map(({ shell }, index) => `${index}.${shell}`);
    for (const [index, { text, shell }] of scripts.entries()) {
      await writeFile(
        path.join(folder, names[index] ?? ""),
        `# shellcheck shell=${shell}\n${text}\n`,
      );
    }
    const found = names.map((): ScriptComments[number][] => []);
    for (let start = 0; start < names.length; start += batchSize) {
      const batch = names.slice(start, start + batchSize);
      const { stdout, exitCode } = await execa(
        program,
        ["--norc", "--format=json1", "--severity=warning", "--", ...batch],
        { cwd: folder, env: { ...environment }, extendEnv: false, stdin: "ignore", reject: false },
      );
      // 1 means that there are comments.
      if (exitCode !== 0 && exitCode !== 1) return undefined;
      for (const comment of answerSchema.parse(JSON.parse(stdout)).comments) {
        const { file, code, line, endLine, ...rest } = comment;
        found[Number.parseInt(file, 10)]?.push({
          ...rest,
          code: `SC${code}`,
          // The directive in front of the script is a line of our own.
          line: line - 1,
          endLine: endLine - 1,
        });
      }
    }
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
