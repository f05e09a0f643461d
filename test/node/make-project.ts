import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** What is to be there: text, bytes, or a link to somewhere (relative to the link's folder). */
export type Entry = string | Uint8Array | { readonly linkTo: string };

/** A temporary folder with files; `remove` takes it away. */
export interface TemporaryProject {
  readonly root: string;
  file(...parts: readonly string[]): string;
  remove(): Promise<void>;
}

/** Writes files by their path into a new temporary folder; a path that ends in `/` is a folder. */
export async function makeProject(
  entries: Readonly<Record<string, Entry>>,
): Promise<TemporaryProject> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), "opswright-project-")));
  for (const [name, entry] of Object.entries(entries)) {
    const file = path.join(root, name);
    await writeEntry(file, name, entry);
  }
  return {
    root,
    file: (...parts) => path.join(root, ...parts),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

async function writeEntry(file: string, name: string, entry: Entry): Promise<void> {
  if (name.endsWith("/")) {
    await mkdir(file, { recursive: true });
    return;
  }
  await mkdir(path.dirname(file), { recursive: true });
  if (typeof entry === "object" && "linkTo" in entry) await symlink(entry.linkTo, file);
  else await writeFile(file, entry);
}
