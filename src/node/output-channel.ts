import { closeSync, constants, openSync, readSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import path from "node:path";
import { OutputSink } from "./output-sink.ts";
import type { OutputFilter } from "./output-sink.ts";

type OutputStream = "stdout" | "stderr";

/** Where a step's output goes: to one file a stream, and to whoever listens. */
export interface OutputTarget {
  readonly stdoutPath: string;
  readonly stderrPath: string;
  readonly onOutput: (stream: OutputStream, chunk: Uint8Array) => void;
  /** The output can no longer be kept (a full disk); called once. */
  readonly onFailure: (cause: unknown) => void;
}

/** How much of each stream was kept. */
export interface OutputCounts {
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
}

/**
 * A pair of FIFOs through which steps write their output, one step after the other.
 *
 * FIFOs and not files: `echo x > /dev/stderr` and `tee /dev/stderr` open the step's descriptor anew
 * and would empty a file. They are opened for reading and writing by the shell, so a step that
 * outlives the runner waits and is not killed by SIGPIPE.
 */
export interface OutputChannel {
  /** The FIFOs' names without their endings. */
  readonly name: string;
  /**
   * From now on, what comes belongs to this step. Its files are made when there is something to keep;
   * with `isContinued` they may be there already, and what comes is added.
   */
  attach(target: OutputTarget, isContinued?: boolean): void;
  /**
   * Takes what the step has written, and no more is handed to its `onOutput`.
   *
   * `isHeld` says that a process of the step still holds the channel: its output goes on to the
   * step's files, and the channel must not be given to another step.
   */
  settle(): OutputCounts & { readonly isHeld: boolean };
  /** Takes what was written since into the files of the step that holds the channel. */
  drain(): void;
  close(): void;
}

/** Opens a pair of FIFOs that exist; each stream of each step passes a filter of its own. */
export function openOutputChannel(
  stdoutFifo: string,
  stderrFifo: string,
  openFilter?: () => OutputFilter,
): OutputChannel {
  const stdout = openPipe(stdoutFifo, openFilter);
  const stderr = openPipe(stderrFifo, openFilter);
  return {
    name: path.basename(stdoutFifo, ".stdout"),
    attach: ({ stdoutPath, stderrPath, onOutput, onFailure }, isContinued = false) => {
      stdout.attach(stdoutPath, isContinued, (chunk) => onOutput("stdout", chunk), onFailure);
      stderr.attach(stderrPath, isContinued, (chunk) => onOutput("stderr", chunk), onFailure);
    },
    settle: () => {
      const out = stdout.settle();
      const err = stderr.settle();
      const isHeld = out.isHeld || err.isHeld;
      if (!isHeld) {
        stdout.rearm();
        stderr.rearm();
      }
      return { stdoutBytes: out.bytes, stderrBytes: err.bytes, isHeld };
    },
    drain: () => {
      stdout.drain();
      stderr.drain();
    },
    close: () => {
      stdout.close();
      stderr.close();
    },
  };
}

interface Pipe {
  attach(
    file: string,
    isContinued: boolean,
    deliver: (chunk: Uint8Array) => void,
    onFailure: (cause: unknown) => void,
  ): void;
  settle(): { readonly bytes: number; readonly isHeld: boolean };
  rearm(): void;
  drain(): void;
  close(): void;
}

function openPipe(fifo: string, openFilter: (() => OutputFilter) | undefined): Pipe {
  const buffer = Buffer.alloc(64 * 1024);
  const reader = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
  // As long as the runner itself holds a writing end, the reading end sees no end of file.
  let writer: number | undefined = openWriter(fifo);
  let sink: OutputSink | undefined;
  let isOpen = true;

  const accept = (chunk: Buffer): void => sink?.push(chunk);

  const socket = new Socket({
    fd: reader,
    readable: true,
    writable: false,
    onread: {
      buffer,
      callback: (count) => {
        accept(buffer.subarray(0, count));
        return true;
      },
    },
  });
  // An end or error of a held channel's last writer: nothing more will come.
  socket.on("error", () => close());
  socket.on("end", () => close());

  /** Reads until there is nothing; true where some process could still write. */
  const drain = (): boolean => {
    for (;;) {
      try {
        const count = readSync(reader, drainBuffer);
        if (count === 0) return false;
        accept(drainBuffer.subarray(0, count));
      } catch (error) {
        if (isWouldBlock(error)) return true;
        throw error;
      }
    }
  };

  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    socket.destroy();
    sink?.flush();
    if (writer !== undefined) closeSync(writer);
    sink?.close();
    sink = undefined;
    // A step may have deleted it, with all of the run.
    rmSync(fifo, { force: true });
  };

  return {
    attach: (file, isContinued, deliver, onFailure) => {
      sink?.close();
      // Of a step that is taken over, what it has printed meanwhile is the beginning of the rest.
      const filter = sink?.file === file ? sink.filter : openFilter?.();
      sink = new OutputSink({ file, isContinued, filter, deliver, onFailure });
    },
    settle: () => {
      // Before it is read to its end: a pipe that has no writer says so by that end, and not by an error.
      if (writer !== undefined) closeSync(writer);
      writer = undefined;
      const isHeld = drain();
      sink?.flush();
      sink?.mute();
      return { bytes: sink?.bytes ?? 0, isHeld };
    },
    drain: () => {
      if (isOpen) drain();
    },
    rearm: () => {
      writer = openWriter(fifo);
    },
    close,
  };
}

/** For all pipes: what is read into it is taken out before anything else can happen. */
const drainBuffer = Buffer.alloc(64 * 1024);

function openWriter(fifo: string): number {
  return openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK);
}

function isWouldBlock(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EAGAIN";
}
