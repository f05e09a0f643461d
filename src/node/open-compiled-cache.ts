import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import type { Checked } from "../model/diagnostic.ts";
import type { Runbook } from "../model/runbook.ts";
import type { CompiledCache } from "./read-runbooks.ts";
import { writeFileWhole } from "./write-file-whole.ts";

/** A cache of compiled runbooks in a file. */
export interface CompiledCacheFile extends CompiledCache {
  /** Writes what was asked for since it was opened, where that is not what the file holds. */
  save(): Promise<void>;
}

/**
 * Opens the cache of compiled runbooks in a folder, which whoever gives it empties when our code
 * changes.
 *
 * A file that is not there or cannot be read is an empty cache. Reads a file.
 */
export async function openCompiledCache(folder: string): Promise<CompiledCacheFile> {
  const file = path.join(folder, "compiled-runbooks");
  const before = await readCache(file);
  const after = new Map<string, Checked<Runbook>>();
  let hasChanged = false;
  return {
    get(name, text) {
      const key = keyOf(name, text);
      const found = before.get(key);
      if (found !== undefined) after.set(key, found);
      return found;
    },
    set(name, text, compiled) {
      after.set(keyOf(name, text), compiled);
      hasChanged = true;
    },
    async save() {
      if (hasChanged || after.size < before.size) await writeFileWhole(file, serialize(after));
    },
  };
}

async function readCache(file: string): Promise<ReadonlyMap<string, Checked<Runbook>>> {
  try {
    // Written by us alone, into a folder of ours.
    return deserialize(await readFile(file)) as Map<string, Checked<Runbook>>;
  } catch {
    return new Map();
  }
}

function keyOf(name: string, text: string): string {
  return createHash("sha256").update(`${name}\0${text}`).digest("base64");
}
