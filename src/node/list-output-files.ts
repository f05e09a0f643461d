import { readdir } from "node:fs/promises";
import path from "node:path";
import type { RunPhase } from "../model/run-event.ts";

/** A step by its place; `number` counts in its phase, from 1. */
export interface PlacedStep {
  readonly phase: RunPhase;
  readonly number: number;
}

/** What one attempt of a step printed on one stream. */
export interface OutputFile {
  /** Absolute where the run's folder is. */
  readonly file: string;
  readonly stream: "stdout" | "stderr";
}

/**
 * Lists the files that hold what a step printed: standard output first, then standard error, each from
 * its first attempt to its last. Reads the run's folder.
 */
export async function listOutputFiles(
  runDirectory: string,
  step: PlacedStep,
): Promise<OutputFile[]> {
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
  return (
    [
      [".out", "stdout"],
      [".err", "stderr"],
    ] as const
  ).flatMap(([ending, stream]) =>
    names
      .filter((name) => name.endsWith(ending))
      .map((name) => ({ file: path.join(folder, name), stream })),
  );
}
