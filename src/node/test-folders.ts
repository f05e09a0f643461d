import { constants } from "node:fs";
import { access, chmod, mkdir, mkdtemp, readdir, realpath, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

/** The temporary folders of one document's test, all absolute and empty at first. */
export interface TestFolder {
  /** Holds the others but `session`. */
  readonly base: string;
  /** Where its steps begin. */
  readonly work: string;
  readonly home: string;
  readonly temporary: string;
  /** For the session's own files, which its steps do not see. */
  readonly session: string;
  /** Takes all of it away, but for `base` where that is to be kept. */
  remove(keeps: boolean): Promise<void>;
}

/** Where the documents of one call have their folders. */
export interface TestFolders {
  /** Makes the folders of a document; `label` is what its own is called, and need not be unique. */
  open(label: string): Promise<TestFolder>;
  /** Takes away all that is not to be kept. */
  close(): Promise<void>;
}

/** Says to whom a folder belongs that is left behind. */
const prefix = `opswright-test-${process.pid}-`;

/** So much must be free where files are kept in memory: what steps print goes there too. */
const leastFreeBytes = 1024 * 1024 * 1024;

/**
 * Opens a place below the system's temporary folder, and one for sessions in memory (`/dev/shm`) where
 * that has a gigabyte of room, else beside it. Writes to the file system.
 */
export async function openTestFolders(): Promise<TestFolders> {
  const place = await realpath(await mkdtemp(path.join(tmpdir(), prefix)));
  const sessions = await openInMemory();
  let count = 0;
  let isPlaceKept = false;
  return {
    async open(label) {
      count += 1;
      const name = label.replaceAll(/[^A-Za-z0-9._-]+/gu, "-").slice(-60);
      const base = path.join(place, `${count}-${name}`);
      const [work, home, temporary] = ["work", "home", "tmp"].map((one) =>
        path.join(base, one),
      ) as [string, string, string];
      const session = path.join(sessions ?? place, `${count}-session`);
      await mkdir(base);
      await Promise.all([work, home, temporary].map((folder) => mkdir(folder)));
      return {
        base,
        work,
        home,
        temporary,
        session,
        remove: async (keeps) => {
          isPlaceKept ||= keeps;
          await removeAll(session);
          if (!keeps) await removeAll(base);
        },
      };
    },
    async close() {
      if (sessions !== undefined) await removeAll(sessions);
      if (!isPlaceKept) await removeAll(place);
    },
  };
}

async function openInMemory(): Promise<string | undefined> {
  const memory = "/dev/shm";
  try {
    await access(memory, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(memory);
    if (bavail * bsize < leastFreeBytes) return undefined;
    return await mkdtemp(path.join(memory, prefix));
  } catch {
    // There is none here, or it is not ours to use.
    return undefined;
  }
}

async function removeAll(folder: string): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 5 } as const;
  try {
    await rm(folder, options);
  } catch {
    await openUp(folder);
    await rm(folder, options);
  }
}

/** A test may have left folders that nobody may change. */
async function openUp(folder: string): Promise<void> {
  await chmod(folder, 0o700).catch(() => undefined);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.isDirectory()) await openUp(path.join(folder, entry.name));
  }
}
