import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { openOutputChannel } from "./output-channel.ts";
import type { OutputChannel } from "./output-channel.ts";
import type { OutputFilter } from "./output-sink.ts";

/** Enough for a run whose steps leave a few processes behind that still hold their channels. */
const batchSize = 4;

/** The output channels of a session, given out one at a time. */
export interface ChannelPool {
  takeAny(): Promise<OutputChannel>;
  /** The channel of a name that the pool has, to be given back like any other. */
  take(name: string): OutputChannel;
  /** Every channel that is free now; each is given back, or stays with the process that holds it. */
  takeAll(): readonly OutputChannel[];
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

/**
 * Opens the channels that a folder has; more are made when they run out. Runs `mkfifo` for those.
 *
 * A channel whose FIFOs another runner has taken away stays unused. What comes through one passes a
 * filter before it is kept or shown.
 */
export function openChannelPool(folder: string, openFilter?: () => OutputFilter): ChannelPool {
  const all: OutputChannel[] = [];
  const free: OutputChannel[] = [];
  let count = 0;
  const add = (): void => {
    for (const [stdout, stderr] of nameFifos(folder, count + 1)) {
      count += 1;
      if (!existsSync(stdout) || !existsSync(stderr)) continue;
      const channel = openOutputChannel(stdout, stderr, openFilter);
      all.push(channel);
      free.push(channel);
    }
  };
  do add();
  while (existsSync(nameFifos(folder, count + 1)[0]?.[0] ?? ""));
  return {
    take: (name) => {
      const at = free.findIndex((channel) => channel.name === name);
      const [channel] = at === -1 ? [] : free.splice(at, 1);
      if (channel === undefined) throw new Error(`no output channel ${name} is free`);
      return channel;
    },
    takeAll: () => free.splice(0),
    takeAny: async () => {
      if (free.length === 0) {
        await createFifos(nameFifos(folder, count + 1).flat());
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
