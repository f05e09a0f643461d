import { closeSync, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";

/** So much is read at once, in less time than it takes to ask for it and be called back. */
export const smallBytes = 64 * 1024;

/** The first bytes of a file, at most `limitBytes`; a limit of 0 does not open it. Reads the file. */
export async function readFileStart(file: string, limitBytes: number): Promise<Uint8Array> {
  if (limitBytes === 0) return new Uint8Array();
  if (limitBytes <= smallBytes) return readSmall(file, limitBytes);
  const handle = await open(file, "r");
  try {
    const buffer = new Uint8Array(limitBytes);
    let done = 0;
    while (done < limitBytes) {
      const { bytesRead } = await handle.read(buffer, done, limitBytes - done, done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return buffer.subarray(0, done);
  } finally {
    await handle.close();
  }
}

function readSmall(file: string, limitBytes: number): Uint8Array {
  const descriptor = openSync(file, "r");
  try {
    const buffer = new Uint8Array(limitBytes);
    let done = 0;
    while (done < limitBytes) {
      const count = readSync(descriptor, buffer, done, limitBytes - done, done);
      if (count === 0) break;
      done += count;
    }
    return buffer.subarray(0, done);
  } finally {
    closeSync(descriptor);
  }
}
