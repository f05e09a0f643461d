import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import type { RunPhase } from "../model/run-event.ts";

/** A piece of what a step printed, at most 64 KiB of it. */
export interface StepOutputPiece {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

/**
 * Reads what a step of a run printed from the run's folder: standard output first, then standard
 * error.
 *
 * `number` is the step's place in its phase, from 1. A step that has printed nothing, or has not
 * been run, gives nothing; of a step with several attempts, one after the other comes. Bytes that are not UTF-8 become U+FFFD. Reads the file system.
 */
export async function* readStepOutput(
  runDirectory: string,
  step: { readonly phase: RunPhase; readonly number: number },
): AsyncGenerator<StepOutputPiece> {
  const folder = path.join(runDirectory, "steps");
  const prefix = step.phase === "main" ? "" : `${step.phase}-`;
  const start = `${prefix}${String(step.number).padStart(3, "0")}`;
  const attemptOf = (name: string): number => {
    const [, attempt] = /^(?:\.(\d+))?-/.exec(name.slice(start.length)) ?? [];
    return Number(attempt ?? 1);
  };
  const names = (await readdir(folder).catch((): string[] => []))
    .filter((name) => name.startsWith(start) && /^(?:\.\d+)?-/.test(name.slice(start.length)))
    .toSorted((one, other) => attemptOf(one) - attemptOf(other));
  for (const [ending, stream] of [
    [".out", "stdout"],
    [".err", "stderr"],
  ] as const) {
    for (const name of names) {
      if (!name.endsWith(ending)) continue;
      const chunks: AsyncIterable<unknown> = createReadStream(path.join(folder, name), "utf8");
      for await (const chunk of chunks) yield { stream, text: String(chunk) };
    }
  }
}
