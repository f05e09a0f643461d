import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

/**
 * Writes a file so that a reader sees the old text or the new one, never a part; folders are made.
 *
 * `mode` gives it those permissions. Nothing is left behind by a failure. Throws what the file
 * system throws.
 */
export async function writeFileWhole(
  file: string,
  text: string,
  options: { readonly mode?: number | undefined } = {},
): Promise<void> {
  const target = path.resolve(file);
  await mkdir(path.dirname(target), { recursive: true });
  const half = `${target}.${process.pid}.part`;
  try {
    await writeFile(half, text);
    if (options.mode !== undefined) await chmod(half, options.mode);
    await rename(half, target);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}
