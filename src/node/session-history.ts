import type { ControlRecord } from "./control-log.ts";

/** How a step ended, as its shell or the keeper put it on record. */
export interface RecordedEnd {
  readonly status: number;
  /** True where its directory or environment could not be set, and nothing of it ran. */
  readonly isUnstarted: boolean;
}

/**
 * What a session's records say of it: its processes, its steps, and the last complete snapshot.
 *
 * A runner that opens a session hears each record as it comes; one that takes a session over hears all
 * of them at once and knows the same. No I/O.
 */
export class SessionHistory {
  /** The keeper's process; undefined before it has made its FIFOs. */
  keeperPid: number | undefined;
  shellPid = 0;
  /** How many shells there have been. */
  generation = 0;
  isShellAlive = false;
  /** The step that has passed and whose snapshot is still being taken. */
  pendingKey: string | undefined;
  /** The last step that began. */
  begunKey: string | undefined;
  /** Steps whose snapshots were completed, in order. */
  readonly #savedKeys: string[] = [];
  readonly #forgottenKeys = new Set<string>();
  /** What the last shell was restored without, because of a secret. */
  missingNames: readonly string[] = [];
  readonly #ends = new Map<string, RecordedEnd>();
  /** Steps that a runner has ended, or has begun to. */
  readonly #cuts = new Map<string, "timed-out" | "cancelled">();
  readonly #backgroundEnds = new Map<string, number>();
  /** By channel, the last step that was given it. */
  readonly #channelUsers = new Map<string, string>();
  /** Statuses with which snapshots were completed that only count if the shell ends with the same. */
  readonly #savedStatuses = new Map<string, number>();

  /** The steps whose snapshots were completed and count, in order. */
  get savedKeys(): readonly string[] {
    return this.#savedKeys;
  }

  /** True where what the step did to its shell no longer counts. */
  isForgotten(key: string): boolean {
    return this.#forgottenKeys.has(key);
  }

  /** The step whose snapshot was completed last, and counts. */
  get savedKey(): string | undefined {
    return this.#savedKeys.at(-1);
  }

  /** The step whose snapshot was completed last before that of this one. */
  savedKeyBefore(key: string | undefined): string | undefined {
    return this.#savedKeys.findLast((saved) => saved !== key);
  }

  hear(record: ControlRecord): void {
    switch (record.type) {
      case "keeper":
        this.keeperPid = record.pid;
        break;
      case "ready":
        this.shellPid = record.pid;
        this.generation = record.generation;
        this.isShellAlive = true;
        break;
      case "without":
        this.missingNames = record.names;
        break;
      case "begin":
        this.begunKey = record.key;
        this.#channelUsers.set(record.channel, record.key);
        break;
      case "unstarted":
        this.#ends.set(record.key, { status: 125, isUnstarted: true });
        break;
      case "done":
        if (!this.#cuts.has(record.key)) this.pendingKey = record.key;
        this.#ends.set(record.key, { status: record.status, isUnstarted: false });
        break;
      case "saved":
        if (this.#cuts.has(record.key)) break;
        if (record.key === this.pendingKey) this.#keep(record.key);
        else this.#savedStatuses.set(record.key, record.status);
        break;
      case "cut":
        this.#cuts.set(record.key, record.how);
        break;
      case "forgotten":
        this.#forget(record.key);
        break;
      case "gone":
        this.#backgroundEnds.set(record.key, record.status);
        break;
      case "ended":
        this.#endShell(record.status);
        break;
      default:
    }
  }

  /** How a step ended; undefined where that is not on record. */
  endOf(key: string): RecordedEnd | undefined {
    return this.#ends.get(key);
  }

  /** How a runner has ended a step, or has begun to; undefined where none did. */
  cutOf(key: string): "timed-out" | "cancelled" | undefined {
    return this.#cuts.get(key);
  }

  /** How what a step had running in the background ended; undefined where that is not on record. */
  backgroundEndOf(key: string): number | undefined {
    return this.#backgroundEnds.get(key);
  }

  /** The step to which what comes through a channel belongs; undefined where it was never used. */
  userOf(channel: string): string | undefined {
    return this.#channelUsers.get(channel);
  }

  /** The channel that a step was given, where no later one was given it. */
  channelOf(key: string): string | undefined {
    return [...this.#channelUsers].find(([, user]) => user === key)?.[0];
  }

  #endShell(status: number): void {
    this.isShellAlive = false;
    const key = this.begunKey;
    if (key === undefined || this.#ends.has(key)) return;
    this.#ends.set(key, { status, isUnstarted: false });
    if (this.#savedStatuses.get(key) === status) this.#keep(key);
  }

  #forget(key: string): void {
    this.#forgottenKeys.add(key);
    if (this.savedKey === key) this.#savedKeys.pop();
    if (this.pendingKey === key) this.pendingKey = undefined;
  }

  #keep(key: string): void {
    this.#savedKeys.push(key);
    this.pendingKey = undefined;
  }
}
