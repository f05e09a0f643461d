import { rm } from "node:fs/promises";

/** Deletes the folder of a run with all that it holds. Writes the file system. */
export async function deleteRun(directory: string): Promise<void> {
  await rm(directory, { recursive: true });
}
