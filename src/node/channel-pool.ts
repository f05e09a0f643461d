import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { openOutputChannel } from "./output-channel.ts";
import type { OutputChannel } from "./output-channel.ts";

/** Enough for a run whose steps leave a few processes behind that still hold their channels. */
const batchSize = 4;

/** The output channels of a session, given out one at a time. */
export interface ChannelPool {
  take(): Promise<OutputChannel>;
  /** Gives a channel back that no process holds any more. */
  giveBack(channel: OutputChannel): void;
  close(): void;
}

/**
 * The FIFOs of a session's first channels, which must exist before the pool is opened. No I/O.
 *
 * @example nameFirstFifos("/s") → ["/s/1.stdout", "/s/1.stderr", "/s/2.stdout", …]
 */
export function nameFirstFifos(folder: string): readonly string[] {
  return nameFifos(folder, 1).flat();
}

/** Opens the first channels of a folder; more are made when they run out. Runs `mkfifo` for those. */
export function openChannelPool(folder: string): ChannelPool {
  const all: OutputChannel[] = [];
  const free: OutputChannel[] = [];
  const add = (): void => {
    for (const [stdout, stderr] of nameFifos(folder, all.length + 1)) {
      const channel = openOutputChannel(stdout, stderr);
      all.push(channel);
      free.push(channel);
    }
  };
  add();
  return {
    take: async () => {
      if (free.length === 0) {
        await createFifos(nameFifos(folder, all.length + 1).flat());
        add();
      }
      const channel = free.pop();
      if (channel === undefined) throw new Error("no output channel could be made");
      return channel;
    },
    giveBack: (channel) => free.push(channel),
    close: () => {
      for (const channel of all) channel.close();
    },
  };
}

function nameFifos(folder: string, first: number): (readonly [string, string])[] {
  return Array.from({ length: batchSize }, (_, index) => [
    path.join(folder, `${first + index}.stdout`),
    path.join(folder, `${first + index}.stderr`),
  ]);
}

async function createFifos(paths: readonly string[]): Promise<void> {
  await promisify(execFile)("mkfifo", ["-m", "600", ...paths]);
}
