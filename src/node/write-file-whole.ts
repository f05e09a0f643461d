import { randomUUID } from "node:crypto";
import { chmod, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * Writes a file so that a reader sees the old text or the new one, never a part; folders are made.
 *
 * `mode` gives it those permissions. What is no file but a device, a pipe or a name of an open stream
 * (`/dev/stdout`, `/dev/null`) is written to and stays what it is. Nothing is left behind by a
 * failure. Throws what the file system throws.
 */
export async function writeFileWhole(
  file: string,
  text: string | Uint8Array,
  options: { readonly mode?: number | undefined } = {},
): Promise<void> {
  const target = path.resolve(file);
  if (await isStream(target)) {
    await writeFile(target, text);
    return;
  }
  const folder = path.dirname(target);
  await mkdir(folder, { recursive: true });
  const half = path.join(folder, `.${randomUUID()}.part`);
  try {
    // What somebody else put there, such as a link, is not written through.
    await writeFile(half, text, { flag: "wx" });
    if (options.mode !== undefined) await chmod(half, options.mode);
    await rename(half, target);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}

/** True for what a rename would replace by a file, and for what the system names only. */
async function isStream(target: string): Promise<boolean> {
  if (/^\/(?:dev\/(?:std|fd\/)|proc\/)/u.test(target)) return true;
  const info = await stat(target).catch(() => undefined);
  return info !== undefined && !info.isFile() && !info.isDirectory();
}
