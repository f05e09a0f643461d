import { open } from "node:fs/promises";

/** The first bytes of a file, at most `limitBytes`; a limit of 0 does not open it. Reads the file. */
export async function readFileStart(file: string, limitBytes: number): Promise<Uint8Array> {
  if (limitBytes === 0) return new Uint8Array();
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
