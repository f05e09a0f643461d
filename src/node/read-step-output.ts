import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";
import { listOutputFiles, type PlacedStep } from "./list-output-files.ts";

/** A piece of what a step printed, at most 64 KiB of it. */
export interface StepOutputPiece {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

/** How far each file has been read, for whoever reads again what has grown; empty at first. */
export type ReadPositions = Map<string, { bytes: number; readonly decoder: StringDecoder }>;

/**
 * Reads what a step of a run printed from the run's folder: standard output first, then standard
 * error.
 *
 * A step that has printed nothing, or has not been run, gives nothing; of a step with several attempts,
 * one after the other comes. Bytes that are not UTF-8 become U+FFFD. With `positions` only what came since is read, and half a character at the
 * end waits for its rest. Reads the file system.
 */
export async function* readStepOutput(
  runDirectory: string,
  step: PlacedStep,
  positions?: ReadPositions,
): AsyncGenerator<StepOutputPiece> {
  for (const { file, stream } of await listOutputFiles(runDirectory, step)) {
    const known = positions?.get(file);
    const position = known ?? { bytes: 0, decoder: new StringDecoder("utf8") };
    positions?.set(file, position);
    if (known !== undefined && (await stat(file)).size === known.bytes) continue;
    const chunks: AsyncIterable<Buffer> = createReadStream(file, { start: position.bytes });
    for await (const chunk of chunks) {
      position.bytes += chunk.length;
      const text = position.decoder.write(chunk);
      if (text !== "") yield { stream, text };
    }
    const rest = positions === undefined ? position.decoder.end() : "";
    if (rest !== "") yield { stream, text: rest };
  }
}
