import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

/**
 * Writes a file so that a reader sees the old text or the new one, never a part; folders are made.
 *
 * Throws what the file system throws.
 */
export async function writeFileWhole(file: string, text: string): Promise<void> {
  const target = path.resolve(file);
  await mkdir(path.dirname(target), { recursive: true });
  const half = `${target}.${process.pid}.part`;
  await writeFile(half, text);
  await rename(half, target);
}
