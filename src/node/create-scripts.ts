import { lstat, realpath } from "node:fs/promises";
import path from "node:path";
import type { NewScript } from "../edit/create-region.ts";
import { isInside } from "./is-inside.ts";
import { isOfGit } from "./is-of-git.ts";
import { ProjectError } from "./read-project.ts";
import { writeFileWhole } from "./write-file-whole.ts";

/**
 * Makes new scripts in a repository; those that begin with `#!` become executable.
 *
 * Throws `ProjectError` where something is there already, where the folder is a link that leads out
 * of the root, where git keeps its own there, or where the file cannot be written. Reads and writes the file system.
 */
export async function createScripts(root: string, scripts: readonly NewScript[]): Promise<void> {
  for (const script of scripts) {
    const file = path.resolve(root, script.path);
    const folder = await realFolder(path.dirname(file));
    if (!isInside(file, root) || !isInside(folder, root)) {
      throw new ProjectError(`${script.path} is not in the repository, so it is not written.`);
    }
    if (isOfGit(file, root) || isOfGit(folder, root)) {
      throw new ProjectError(`${script.path} belongs to git, so it is not written.`);
    }
    if ((await lstat(file).catch(() => undefined)) !== undefined) {
      throw new ProjectError(`${script.path} is there already and cannot be read as a script.`);
    }
    try {
      await writeFileWhole(file, script.text, { mode: script.isProgram ? 0o755 : 0o644 });
    } catch (error) {
      throw new ProjectError(`${script.path} cannot be written.`, { cause: error });
    }
  }
}

/** The nearest folder that is there, without links. */
async function realFolder(folder: string): Promise<string> {
  const real = await realpath(folder).catch(() => undefined);
  return real ?? (path.dirname(folder) === folder ? folder : realFolder(path.dirname(folder)));
}
