import { closeSync, fstatSync, openSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import process from "node:process";
import { ProjectError } from "./read-project.ts";

/** Where lines go that another program reads. */
export interface EventSink {
  write(line: string): void;
  /** Resolves once all is written, or its reader has had its time. */
  close(): Promise<void>;
}

/** A file that is added to, made for its owner alone; or an open descriptor. */
export type EventTarget = { readonly file: string } | { readonly descriptor: number };

/** What is held in memory for a reader that is slow. */
const longestBacklogBytes = 64 * 1024 * 1024;

/** How long a reader that is slow is waited for at the end. */
const readerPatienceMs = 5000;

/**
 * Opens a file or takes a descriptor to write lines to, and never lets whoever reads them wait for.
 *
 * Once writing fails, `onFailure` is called with the reason, once, and what comes after is dropped: a
 * reader that went away, or takes nothing while more than 64 MB are held for it, a full disk. Throws
 * `ProjectError` where the file cannot be opened.
 */
export function openEventSink(target: EventTarget, onFailure: (reason: string) => void): EventSink {
  if ("descriptor" in target && target.descriptor <= 2) return openStandardSink(target.descriptor);
  const descriptor = "file" in target ? openFile(target.file) : target.descriptor;
  const info = fstatSync(descriptor);
  return info.isFIFO() || info.isSocket()
    ? openPipeSink(descriptor, onFailure)
    : openFileSink(descriptor, onFailure);
}

function openFile(file: string): number {
  try {
    return openSync(file, "a", 0o600);
  } catch (cause) {
    throw new ProjectError(
      `The events cannot be written to ${file}. Its folder must be there, and be yours to write to.`,
      { cause },
    );
  }
}

/** The process's own streams belong to what prints there as well: they are not closed. */
function openStandardSink(descriptor: number): EventSink {
  const stream = descriptor === 1 ? process.stdout : process.stderr;
  return { write: (line) => void stream.write(line), close: () => Promise.resolve() };
}

function openFileSink(descriptor: number, onFailure: (reason: string) => void): EventSink {
  let hasFailed = false;
  return {
    write: (line) => {
      if (hasFailed) return;
      const bytes = Buffer.from(line);
      try {
        for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
      } catch (error) {
        hasFailed = true;
        onFailure(error instanceof Error ? error.message : String(error));
      }
    },
    close: async () => closeSync(descriptor),
  };
}

function openPipeSink(descriptor: number, onFailure: (reason: string) => void): EventSink {
  const socket = new Socket({ fd: descriptor, readable: false, writable: true });
  let hasFailed = false;
  const fail = (reason: string): void => {
    if (!hasFailed) onFailure(reason);
    hasFailed = true;
    socket.destroy();
  };
  socket.on("error", (error: NodeJS.ErrnoException) => {
    const isGone = error.code === "EPIPE" || error.code === "ECONNRESET";
    fail(isGone ? "its reader went away" : error.message);
  });
  return {
    write: (line) => {
      if (hasFailed) return;
      socket.write(line);
      if (socket.writableLength > longestBacklogBytes) fail("its reader takes nothing");
    },
    close: async () => {
      if (hasFailed) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(() => fail("its reader takes nothing"), readerPatienceMs);
      socket.once("close", resolve);
      socket.end(() => socket.destroy());
      await promise;
      clearTimeout(timer);
    },
  };
}
