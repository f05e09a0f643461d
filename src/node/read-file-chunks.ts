import { open } from "node:fs/promises";
import { readFileStart, smallBytes } from "./read-file-start.ts";

/** A piece is read in one call and is no burden for the memory. */
const chunkBytes = 64 * 1024;

/**
 * The first bytes of a file, at most `limitBytes`, piece by piece; a limit of 0 does not open it. A piece is its
 * reader's only until the next one. Reads the file.
 */
export async function* readFileChunks(
  file: string,
  limitBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (limitBytes === 0) return;
  if (limitBytes <= smallBytes) {
    yield await readFileStart(file, limitBytes);
    return;
  }
  const handle = await open(file, "r");
  try {
    const buffer = new Uint8Array(Math.min(chunkBytes, limitBytes));
    let done = 0;
    while (done < limitBytes) {
      const wanted = Math.min(buffer.length, limitBytes - done);
      const { bytesRead } = await handle.read(buffer, 0, wanted, done);
      if (bytesRead === 0) return;
      done += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
