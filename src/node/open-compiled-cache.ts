import { createHash, randomUUID } from "node:crypto";
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { deserialize, serialize } from "node:v8";
import type { Checked } from "../model/diagnostic.ts";
import type { Runbook } from "../model/runbook.ts";
import type { CompiledCache } from "./read-runbooks.ts";

/** A cache of compiled runbooks in a folder, one file each. */
export interface CompiledCacheFolder extends CompiledCache {
  /**
   * Deletes what was not asked for since it was opened, but for so many of the latest; nothing where
   * nothing was added. Never rejects.
   */
  tidy(mostOthers: number): Promise<void>;
}

/**
 * Opens the cache of compiled runbooks in a folder, which must be another one for each build of our
 * code. It is made when there is something to keep, for its owner alone.
 *
 * A file that is not there, cannot be read or is not as it was written is no entry; in a folder that
 * somebody else owns or may write to, nothing is. What cannot be kept is not. Reads and writes files.
 */
export function openCompiledCache(folder: string): CompiledCacheFolder {
  const asked = new Set<string>();
  let isTrusted = isOwn(folder);
  let hasAdded = false;
  return {
    get(name, text) {
      const key = keyOf(name, text);
      const found = isTrusted === true ? readEntry(path.join(folder, key)) : undefined;
      if (found !== undefined) asked.add(key);
      return found;
    },
    set(name, text, compiled) {
      const key = keyOf(name, text);
      try {
        if (isTrusted === undefined) {
          mkdirSync(folder, { recursive: true, mode: 0o700 });
          isTrusted = isOwn(folder);
        }
        if (isTrusted !== true) return;
        writeEntry(folder, key, compiled);
      } catch {
        // A disk that is full, a home that cannot be written: it is compiled again the next time.
        isTrusted = false;
        return;
      }
      asked.add(key);
      hasAdded = true;
    },
    tidy: async (mostOthers) => {
      if (hasAdded) await deleteOthers(folder, asked, mostOthers).catch(() => {});
    },
  };
}

/** Whether this user alone can put something into a folder; undefined where it is not there. */
function isOwn(folder: string): boolean | undefined {
  let info;
  try {
    info = lstatSync(folder, { throwIfNoEntry: false });
  } catch {
    // A file on its way, a folder that may not be looked into: no cache ever keeps anybody from a runbook.
    return false;
  }
  if (info === undefined) return undefined;
  // Windows has no such modes; there the folder lies in the user's profile.
  if (process.getuid === undefined) return info.isDirectory();
  return info.isDirectory() && info.uid === process.getuid() && (info.mode & 0o022) === 0;
}

function readEntry(file: string): Checked<Runbook> | undefined {
  try {
    const bytes = readFileSync(file);
    const digest = bytes.subarray(0, digestLength);
    const payload = bytes.subarray(digestLength);
    if (!digestOf(payload).equals(digest)) return undefined;
    // Written by us alone, into a folder of ours.
    return deserialize(payload) as Checked<Runbook>;
  } catch {
    return undefined;
  }
}

function writeEntry(folder: string, key: string, compiled: Checked<Runbook>): void {
  const payload = serialize(compiled);
  const half = path.join(folder, `.${randomUUID()}.part`);
  try {
    writeFileSync(half, Buffer.concat([digestOf(payload), payload]), { mode: 0o600, flag: "wx" });
    renameSync(half, path.join(folder, key));
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
}

async function deleteOthers(
  folder: string,
  asked: ReadonlySet<string>,
  most: number,
): Promise<void> {
  const others = (await readdir(folder)).filter((name) => !asked.has(name));
  if (others.length <= most) return;
  const dated = await Promise.all(
    others.map(async (name) => {
      const file = path.join(folder, name);
      return { file, writtenMs: (await stat(file)).mtimeMs };
    }),
  );
  const oldest = dated.toSorted((one, other) => other.writtenMs - one.writtenMs).slice(most);
  await Promise.all(oldest.map(({ file }) => rm(file, { force: true })));
}

const digestLength = 32;

function digestOf(payload: Uint8Array): Buffer {
  return createHash("sha256").update(payload).digest();
}

function keyOf(name: string, text: string): string {
  return createHash("sha256").update(`${name}\0${text}`).digest("hex");
}
