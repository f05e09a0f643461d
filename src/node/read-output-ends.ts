import { open, stat } from "node:fs/promises";
import { listOutputFiles, type PlacedStep } from "./list-output-files.ts";

/** The end of what a step printed on one stream. */
export interface OutputEnd {
  readonly stream: "stdout" | "stderr";
  /** Of all that was printed there. */
  readonly bytes: number;
  readonly text: string;
  /** True where more was printed before `text`. */
  readonly isCut: boolean;
}

/**
 * Reads at most the last `limitBytes` of each stream of a step from the run's folder; of several attempts
 * one stands behind the other. A stream without output is left out. Bytes that are not UTF-8 become
 * U+FFFD. Reads the file system.
 */
export async function readOutputEnds(
  runDirectory: string,
  step: PlacedStep,
  limitBytes: number,
): Promise<OutputEnd[]> {
  const files = await listOutputFiles(runDirectory, step);
  const ends: OutputEnd[] = [];
  for (const stream of ["stdout", "stderr"] as const) {
    const parts: Buffer[] = [];
    let bytes = 0;
    let leftBytes = limitBytes;
    for (const { file } of files.filter((one) => one.stream === stream).toReversed()) {
      const { size } = await stat(file);
      const part = await readEnd(file, size, Math.min(size, leftBytes));
      parts.unshift(part);
      bytes += size;
      leftBytes -= part.length;
    }
    if (bytes === 0) continue;
    const kept = Buffer.concat(parts);
    const isCut = kept.length < bytes;
    ends.push({ stream, bytes, text: (isCut ? dropHalf(kept) : kept).toString("utf8"), isCut });
  }
  return ends;
}

async function readEnd(file: string, size: number, length: number): Promise<Buffer> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Without the rest of a character whose first bytes were cut off. */
function dropHalf(bytes: Buffer): Buffer {
  let start = 0;
  while (start < 3 && ((bytes[start] ?? 0) & 0b1100_0000) === 0b1000_0000) start += 1;
  return bytes.subarray(start);
}
