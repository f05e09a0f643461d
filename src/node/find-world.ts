import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { readWorld } from "../drill/read-world.ts";
import type { Checked } from "../model/diagnostic.ts";
import type { WorldDefinition } from "../model/world.ts";
import type { Project } from "./read-project.ts";

/** A world of a project: its name is its folder's, `source` its absolute path. */
export interface ProjectWorld {
  readonly name: string;
  readonly source: string;
  /** Path of its `world.yaml` relative to the root. */
  readonly path: string;
  readonly definition: Checked<WorldDefinition>;
}

/** Lists a project's worlds in order of name; none where the folder is not there. Reads the file system. */
export async function listWorlds(project: Project): Promise<readonly ProjectWorld[]> {
  const folder = path.resolve(project.root, project.configuration.worlds);
  const names = await readdir(folder).catch(() => []);
  const worlds = await Promise.all(
    names
      .toSorted((one, other) => (one < other ? -1 : 1))
      .map(async (name) => {
        const source = path.join(folder, name);
        const file = path.join(source, "world.yaml");
        const text = await readFile(file, "utf8").catch(() => undefined);
        if (text === undefined) return undefined;
        const relative = path.relative(project.root, file);
        return { name, source, path: relative, definition: readWorld(relative, text) };
      }),
  );
  return worlds.filter((world) => world !== undefined);
}
