import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statfsSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { sweepTestFolders } from "./sweep-test-folders.ts";

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
  remove(keeps: boolean): void;
}

/** Where the documents of one call have their folders. */
export interface TestFolders {
  /** Makes the folders of a document; `label` is what its own is called, and need not be unique. */
  open(label: string): TestFolder;
  /** Takes away all that is not to be kept. */
  close(): void;
}

/** What folders are called that go with their test; behind it stands to whose process they belong. */
const prefix = "opswright-test-";
/** What those are called that stay where they are. */
const keptPrefix = "opswright-kept-";

const memory = "/dev/shm";

/** So much must be free where files are kept in memory: what steps print goes there too. */
const leastFreeBytes = 1024 * 1024 * 1024;

/**
 * Opens a place below the system's temporary folder, and one for sessions in memory (`/dev/shm`) where
 * that has a gigabyte of room, else beside it; with `keeps` the first one is to stay. What tests have left
 * that were killed is taken away before.
 *
 * Writes to the file system, all at once: a test is over sooner than a queue of small writes.
 */
export async function openTestFolders(keeps: boolean): Promise<TestFolders> {
  await sweepTestFolders([tmpdir(), memory], prefix);
  const own = `${keeps ? keptPrefix : prefix}${process.pid}-`;
  const place = realpathSync(mkdtempSync(path.join(tmpdir(), own)));
  const sessions = openInMemory();
  let count = 0;
  let isPlaceKept = false;
  return {
    open(label) {
      count += 1;
      const name = label.replaceAll(/[^A-Za-z0-9._-]+/gu, "-").slice(-60);
      const base = path.join(place, `${count}-${name}`);
      const work = path.join(base, "work");
      const home = path.join(base, "home");
      const temporary = path.join(base, "tmp");
      const session = path.join(sessions ?? place, `${count}-session`);
      for (const folder of [base, work, home, temporary]) mkdirSync(folder);
      return {
        base,
        work,
        home,
        temporary,
        session,
        remove: (isKept) => {
          isPlaceKept ||= isKept;
          removeAll(session);
          if (!isKept) removeAll(base);
        },
      };
    },
    close() {
      if (sessions !== undefined) removeAll(sessions);
      if (!isPlaceKept) removeAll(place);
    },
  };
}

function openInMemory(): string | undefined {
  try {
    accessSync(memory, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize < leastFreeBytes) return undefined;
    return mkdtempSync(path.join(memory, `${prefix}${process.pid}-`));
  } catch {
    // There is none here, or it is not ours to use.
    return undefined;
  }
}

function removeAll(folder: string): void {
  const options = { recursive: true, force: true, maxRetries: 5 } as const;
  try {
    rmSync(folder, options);
  } catch {
    openUp(folder);
    rmSync(folder, options);
  }
}

/** A test may have left folders in which nobody may change anything. */
function openUp(folder: string): void {
  try {
    chmodSync(folder, 0o700);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) openUp(path.join(folder, entry.name));
    }
  } catch {
    // It is somebody else's, which the removal tells.
  }
}
