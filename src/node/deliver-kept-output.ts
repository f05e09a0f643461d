import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { ScriptRequest } from "../run/ports.ts";
import type { StepFiles } from "./session-files.ts";

/** About what a terminal keeps. */
const mostBytes = 64 * 1024;

/**
 * Hands what a step has printed so far to whoever watches it now: the last 64 KiB of each stream, which
 * are in its files. Reads the file system.
 */
export function deliverKeptOutput(
  { stdout, stderr }: Pick<StepFiles, "stdout" | "stderr">,
  onOutput: ScriptRequest["onOutput"],
): void {
  for (const [stream, file] of [
    ["stdout", stdout],
    ["stderr", stderr],
  ] as const) {
    const kept = readTail(file);
    if (kept.length > 0) onOutput(stream, kept);
  }
}

function readTail(file: string): Uint8Array {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch {
    // It has printed nothing there yet.
    return new Uint8Array();
  }
  try {
    const { size } = fstatSync(descriptor);
    const buffer = new Uint8Array(Math.min(size, mostBytes));
    const count = readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    return buffer.subarray(0, count);
  } finally {
    closeSync(descriptor);
  }
}
