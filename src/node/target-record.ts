import { parseControlRecord } from "./control-log.ts";
import type { ControlRecord } from "./control-log.ts";
import { decodeLog } from "./target-channels.ts";

/** What comes from the other end of a target's connection: records of the session, and answers. */
export type TargetRecord =
  | ControlRecord
  /** The version of its bash, or `none`, and its options: `himBHs`. */
  | { readonly type: "hello"; readonly version: string; readonly options: string }
  /** All that has happened before was told; `id` is the connection's. */
  | { readonly type: "attached"; readonly id: string }
  /** `folder`, `files`: the session's could not be made; `keeper`: it did not start; `gone`, `dead`: there is none. */
  | { readonly type: "failed"; readonly what: string }
  /** The shell has carried out all that it was handed for a step. */
  | { readonly type: "idle"; readonly key: string }
  /** The step's files could not be written, and nothing of it ran. */
  | { readonly type: "unwritten"; readonly key: string }
  /** What was to be ended has ended, but for these processes: `"12 13"`. */
  | { readonly type: "over"; readonly id: string; readonly left: string }
  /** Programs that are not found there. */
  | { readonly type: "lacking"; readonly names: readonly string[] }
  /**
   * What it calls its operating system (`Linux`, `Darwin`, `MINGW64_NT-10.0`), and whether it shows its
   * processes as Linux does.
   */
  | { readonly type: "system"; readonly name: string; readonly showsProcesses: boolean }
  /** So many processes of a server are there. */
  | { readonly type: "running"; readonly id: string; readonly count: number }
  /** What is to be told of a server that was looked at: `open`, `status 200`. */
  | { readonly type: "probe"; readonly id: string; readonly text: string }
  /** What a server has printed through its channel. */
  | {
      readonly type: "log";
      readonly channel: string;
      readonly stream: "stdout" | "stderr";
      readonly bytes: Uint8Array;
    }
  /** So many of the secrets are those that the session was started with. */
  | { readonly type: "secrets"; readonly count: number }
  /** The bytes until `stated` are those of the snapshot after that step. */
  | { readonly type: "state" | "stated"; readonly key: string }
  /** The device of a terminal there; empty where it is not there yet. */
  | { readonly type: "terminal"; readonly device: string }
  /** The person's terminal there tells of Ctrl-C, or of a new size. */
  | { readonly type: "pressed"; readonly what: string }
  /** A state is where a shell can be started from it. */
  | { readonly type: "placed" }
  /** All snapshots that were asked for were told. */
  | { readonly type: "states" };

/**
 * One frame of a connection as a record; undefined for one of another form. No I/O.
 *
 * @example parseTargetRecord("over 3 12 13", "4f1c") → { type: "over", id: "3", left: "12 13" }
 */
export function parseTargetRecord(text: string, token: string): TargetRecord | undefined {
  const [type, first = "", ...rest] = text.split(" ");
  switch (type) {
    case "hello":
      return { type, version: first, options: rest[0] ?? "" };
    case "attached":
      return { type, id: first };
    case "terminal":
      return { type, device: first };
    case "pressed":
      return { type, what: first };
    case "placed":
    case "states":
      return { type };
    case "state":
    case "stated":
      return { type, key: first };
    case "failed":
      return { type, what: first };
    case "idle":
    case "unwritten":
      return { type, key: first };
    case "over":
      return { type, id: first, left: rest.join(" ") };
    case "lacking":
      return { type, names: text.split(" ").slice(1) };
    case "system":
      return { type, name: first, showsProcesses: rest[0] === "shown" };
    case "running":
      return { type, id: first, count: Number(rest[0]) };
    case "probe":
      return { type, id: first, text: rest.join(" ") };
    case "log": {
      const [stream] = rest;
      // The sign at its end keeps the blanks before it.
      const bytes = decodeLog(rest.slice(1).join(" ").slice(0, -1));
      if (stream !== "stdout" && stream !== "stderr") return undefined;
      return { type, channel: first, stream, bytes };
    }
    case "secrets":
      return { type, count: Number(first) };
    default:
      return parseControlRecord(`${token} ${text}`, token);
  }
}
