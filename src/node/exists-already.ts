import { lstat } from "node:fs/promises";

/** True where a file, a folder or a link is there, also one that leads nowhere. Reads the file system. */
export async function existsAlready(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => undefined)) !== undefined;
}
