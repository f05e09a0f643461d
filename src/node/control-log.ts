import { closeSync, openSync, readSync, watch } from "node:fs";

/** What the shell, its keeper and its runners put on record. */
export type ControlRecord =
  /** The keeper gives up: bash is too old (`detail` is its version), or FIFOs cannot be made. */
  | { readonly type: "too-old" | "no-fifos"; readonly detail: string }
  /** The keeper has made its FIFOs and is about to start its first shell. */
  | { readonly type: "keeper"; readonly pid: number }
  | { readonly type: "ready"; readonly generation: number; readonly pid: number }
  /** The snapshot could not be restored. */
  | { readonly type: "unrestored"; readonly generation: number }
  /** What the snapshot had to leave out because of a secret; the shell is ready all the same. */
  | { readonly type: "without"; readonly names: readonly string[] }
  /** The step's directory or environment could not be set; nothing of it ran. */
  | { readonly type: "unstarted"; readonly key: string }
  /** The step has begun; `channel` names the pair of FIFOs that has its output. */
  | { readonly type: "begin"; readonly key: string; readonly channel: string }
  /** The step ended and the shell goes on; its snapshot is being taken. */
  | { readonly type: "done"; readonly key: string; readonly status: number }
  /** The snapshot is complete. Without a `done` before it, the shell is about to end. */
  | { readonly type: "saved"; readonly key: string; readonly status: number }
  /** The runner's own: it ends the step from here on, however the step answers to that. */
  | { readonly type: "cut"; readonly key: string; readonly how: "timed-out" | "cancelled" }
  /** The runner's own: what the step did to its shell does not count. */
  | { readonly type: "forgotten"; readonly key: string }
  /** What a step left running in the background has ended. */
  | { readonly type: "gone"; readonly key: string; readonly status: number }
  /** A shell ended. */
  | { readonly type: "ended"; readonly generation: number; readonly status: number };

/**
 * One line of the control log as a record; undefined for a line without the run's nonce or of
 * another form, which is not to be believed. No I/O.
 *
 * @example parseControlRecord("4f1c done push 0 ", "4f1c") → { type: "done", key: "push", status: 0 }
 */
export function parseControlRecord(line: string, nonce: string): ControlRecord | undefined {
  const [mark, type, first = "", second = ""] = line.split(" ");
  if (mark !== nonce) return undefined;
  const number = toNumber(second);
  switch (type) {
    case "too-old":
    case "no-fifos":
      return { type, detail: first };
    case "unrestored":
      return { type, generation: toNumber(first) ?? 0 };
    case "without":
      return { type, names: second.split(",") };
    case "unstarted":
    case "forgotten":
      return { type, key: first };
    case "begin":
      return { type, key: first, channel: second };
    case "cut":
      return second === "timed-out" || second === "cancelled"
        ? { type, key: first, how: second }
        : undefined;
    case "keeper":
      return number === undefined ? undefined : { type, pid: number };
    case "ready":
      return number === undefined ? undefined : { type, generation: Number(first), pid: number };
    case "ended":
      return number === undefined ? undefined : { type, generation: Number(first), status: number };
    case "done":
    case "gone":
    case "saved":
      return number === undefined ? undefined : { type, key: first, status: number };
    default:
      return undefined;
  }
}

function toNumber(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Follows a control log. */
export interface ControlLog {
  /** Reads what has come meanwhile and hands it over before it returns. */
  read(): void;
  close(): void;
}

/**
 * Hands each record of a growing control log to `onRecord`, in order, as soon as the file system
 * tells of it; `read` asks at once, for file systems that tell late or never.
 *
 * Reads and watches the file, which must exist.
 */
export function followControlLog(
  file: string,
  nonce: string,
  onRecord: (record: ControlRecord) => void,
): ControlLog {
  const descriptor = openSync(file, "r");
  const buffer = Buffer.alloc(4096);
  let offset = 0;
  let rest = "";

  const read = (): void => {
    for (;;) {
      const count = readSync(descriptor, buffer, 0, buffer.length, offset);
      if (count === 0) return;
      offset += count;
      // latin1 keeps bytes apart that a read has cut; records themselves are ASCII.
      const lines = (rest + buffer.toString("latin1", 0, count)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const record = parseControlRecord(line, nonce);
        if (record !== undefined) onRecord(record);
      }
      // Of what is written behind it, the file system will tell.
      if (count < buffer.length) return;
    }
  };

  const watcher = watch(file, read);
  // Without a watcher (too many on this machine) the caller's own polling has to do.
  watcher.on("error", () => watcher.close());
  return {
    read,
    close: () => {
      watcher.close();
      closeSync(descriptor);
    },
  };
}
