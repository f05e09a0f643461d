import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import path from "node:path";

const count = 100;

/** What the file system of a folder takes for what a step needs of it. */
export interface DiskCost {
  readonly newFileUs: number;
  readonly flushUs: number;
}

/**
 * Measures what a new file and a flushed line take in a folder, in microseconds on average.
 *
 * Where many files were deleted within the last minutes, ext4 looks at each of them before it makes a new
 * one: such a disk is to be told from a program that is slow. Leaves its files to whoever removes the folder.
 */
export async function measureDisk(folder: string): Promise<DiskCost> {
  const own = await mkdtemp(path.join(folder, "disk-"));
  const newFileUs = measure(() => {
    for (let index = 0; index < count; index++) {
      closeSync(openSync(path.join(own, String(index)), "wx"));
    }
  });
  const log = openSync(path.join(own, "log"), "a");
  const line = "x".repeat(450);
  const flushUs = measure(() => {
    for (let index = 0; index < count; index++) {
      writeSync(log, line);
      fdatasyncSync(log);
    }
  });
  closeSync(log);
  return { newFileUs, flushUs };
}

function measure(work: () => void): number {
  const startedMs = performance.now();
  work();
  return ((performance.now() - startedMs) / count) * 1000;
}
