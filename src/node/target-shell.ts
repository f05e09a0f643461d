import { setTimeout as sleep } from "node:timers/promises";
import { endThere, explainAnswer, targetHint } from "./ask-target.ts";
import { nameStepFiles } from "./session-files.ts";
import type { SessionFiles } from "./session-files.ts";
import type { SessionHistory } from "./session-history.ts";
import {
  addTargetStates,
  dropTargetStates,
  listTargetStates,
  readStateAfter,
  writeTargetLoss,
} from "./target-files.ts";
import type { TargetLink } from "./target-link.ts";
import { renderClosing, renderSignal, renderStepEnding } from "./target-process-code.ts";
import {
  renderCut,
  renderForgetting,
  renderPlacing,
  renderRestoring,
  renderStateQuestion,
} from "./target-shell-code.ts";

/** Between TERM and KILL for what is still running when a step is taken back, or a session closed. */
const closingGraceMs = 2000;
/** How long the keeper may take to put the end of a shell on record. */
const recordLimitMs = 5000;
/** How long a target may take to hand over the states of its shell, which may be many. */
const stateLimitMs = 60_000;

/** What the shell of a target shares with its session. */
export interface TargetShellOptions {
  readonly link: TargetLink;
  readonly history: SessionHistory;
  readonly token: string;
  /** On the target. */
  readonly files: SessionFiles;
  /** The target's name. */
  readonly name: string;
  /** The run's folder on this machine, absolute. */
  readonly runDirectory: string;
}

/** The shell of a session on a target: it is begun again, brought back to earlier states, and ended. */
export class TargetShell {
  readonly #options: TargetShellOptions;
  /** The snapshot from which the first shell starts; empty where it starts from its environment. */
  firstSnapshot = "";

  constructor(options: TargetShellOptions) {
    this.#options = options;
  }

  /** The file of the last complete snapshot there; empty before the first. */
  get snapshot(): string {
    const { history, files } = this.#options;
    if (history.savedKey === undefined) return this.firstSnapshot;
    return nameStepFiles(files, history.savedKey, "bash").state;
  }

  /** The file of a state that another session has left. */
  get restoredFile(): string {
    return nameStepFiles(this.#options.files, ".restored", "bash").state;
  }

  /** Has a shell that has ended begun again, from the last snapshot. Throws `SessionError`. */
  async ensure(): Promise<void> {
    const { link, history, token } = this.#options;
    if (history.isShellAlive) return;
    if (history.pendingKey !== undefined) {
      throw link.describe(
        `lost what step ${history.pendingKey} did to its shell: something ended the shell after it`,
        targetHint,
      );
    }
    link.send(renderRestoring(token, this.snapshot));
    await this.waitUntilReady();
  }

  /** Waits for a shell that is being begun. Throws `SessionError`. */
  async waitUntilReady(): Promise<void> {
    const { link, history } = this.#options;
    const answer = history.isShellAlive
      ? "ready"
      : await link.ask("builtin true", (record) =>
          record.type === "ready" || record.type === "unrestored" || record.type === "ended"
            ? record.type
            : undefined,
        );
    if (answer === "ready") return;
    const what =
      answer === "unrestored"
        ? "could not restore its shell's state; its directory and the one above it may be gone"
        : `started no new shell: ${explainAnswer(answer)}`;
    throw link.describe(what, targetHint);
  }

  /** Sends a signal to all that a step has started; an interrupt does not go to the shell. */
  signal(name: string, key: string): void {
    const { link, history } = this.#options;
    link.send(renderSignal(name, key, history.shellPid));
  }

  /**
   * Has a step count as ended by its runner, whatever it answers, for this runner and for those after it;
   * false where the connection was lost.
   */
  async recordCut(key: string, how: "timed-out" | "cancelled"): Promise<boolean> {
    const { link, history, files, token } = this.#options;
    // A record is heard once.
    if (history.cutOf(key) !== undefined) return true;
    const answer = await link.ask(renderCut(files, token, key, how), (record) =>
      record.type === "cut" && record.key === key ? record : undefined,
    );
    return typeof answer !== "string";
  }

  /** Ends all that a step has started, and the shell; false where the connection was lost meanwhile. */
  async endStep(key: string, graceMs: number): Promise<boolean> {
    const { link, history } = this.#options;
    const { shellPid } = history;
    const channel = history.channelOf(key);
    const shellEnd = Promise.withResolvers<void>();
    const stop = link.listen((record) => {
      if (record.type === "ended" || record.type === "lost") shellEnd.resolve();
    });
    try {
      const isOver = await endThere(
        link,
        (id) => renderStepEnding(id, { key, shellPid, channel, graceMs }),
        graceMs,
      );
      if (isOver && history.isShellAlive) await this.#awaitRecord(shellEnd.promise);
      return isOver && !link.isLost;
    } finally {
      stop();
    }
  }

  /** Ends a step, and has what it did to the shell count no more; false where the connection was lost. */
  async cutOff(key: string, graceMs: number): Promise<boolean> {
    if (!(await this.endStep(key, graceMs))) return false;
    const { link, history, files, token } = this.#options;
    if (history.isForgotten(key)) return true;
    // One that answers TERM by `exit 0` has saved its shell's state as if it had passed.
    const answer = await link.ask(renderForgetting(files, token, key), (record) =>
      record.type === "forgotten" && record.key === key ? record : undefined,
    );
    return typeof answer !== "string";
  }

  /** Brings the state back to what it was before these steps, and ends what they left. Throws `SessionError`. */
  async takeBack(keys: readonly string[]): Promise<void> {
    for (const key of keys.toReversed()) await this.#takeBack(key);
    const { runDirectory, name } = this.#options;
    const dropped = new Set(keys);
    const kept = listTargetStates(runDirectory, name);
    if (dropped.has(kept.at(-1) ?? "")) {
      // What this session began with is of one of those steps.
      const left = kept.findLast((key) => !dropped.has(key));
      await this.#beginFrom(
        left === undefined ? undefined : readStateAfter(runDirectory, name, left),
      );
    }
    // Last: whoever goes on after a runner that dies here must come to the same.
    dropTargetStates(runDirectory, name, dropped);
  }

  /** Lets the shell finish the snapshot after the last step. */
  async waitForSnapshot(): Promise<void> {
    const { link, history } = this.#options;
    const deadline = performance.now() + closingGraceMs;
    while (history.pendingKey !== undefined && history.isShellAlive) {
      if (link.isLost || performance.now() > deadline) return;
      await sleep(1);
    }
  }

  /**
   * Ends all of the session, and keeps the states that the shell had after its steps; false where the
   * connection was lost. Throws `SessionError`.
   */
  async close(): Promise<boolean> {
    const { link, history, name, runDirectory } = this.#options;
    const states = await this.#readStates();
    const { shellPid, pendingKey, savedKey } = history;
    const isOver = await endThere(link, (id) => renderClosing(id, shellPid), closingGraceMs);
    if (!isOver) return false;
    const lostKey = pendingKey ?? (states.has(savedKey ?? "") ? undefined : savedKey);
    if (lostKey !== undefined) writeTargetLoss(runDirectory, name, lostKey);
    if (states.size > 0) addTargetStates(runDirectory, name, states);
    return true;
  }

  async #takeBack(key: string): Promise<void> {
    await this.waitForSnapshot();
    if (await this.cutOff(key, closingGraceMs)) return;
    const { link } = this.#options;
    throw link.describe("lost its connection while a step was taken back", targetHint);
  }

  /** Has the next shell start from this state, where nothing in this session counts any more. */
  async #beginFrom(state: Uint8Array | undefined): Promise<void> {
    this.firstSnapshot = state === undefined ? "" : this.restoredFile;
    if (state === undefined) return;
    const { link, token } = this.#options;
    const text = new TextDecoder().decode(state);
    const answer = await link.ask(renderPlacing(token, this.restoredFile, text), (record) =>
      record.type === "placed" ? record.type : undefined,
    );
    if (answer === "placed") return;
    const what = `could not be given the state that its shell had before: ${explainAnswer(answer)}`;
    throw link.describe(what, targetHint);
  }

  /** The states after the steps of this session, in their order, as far as they can be had. */
  async #readStates(): Promise<ReadonlyMap<string, Uint8Array>> {
    const { link, history, files, token } = this.#options;
    const { savedKeys } = history;
    if (savedKeys.length === 0) return new Map();
    // The last one is what a later session begins with: it comes first.
    const question = renderStateQuestion(files, token, savedKeys.toReversed());
    const states = await link.readStates(question, stateLimitMs);
    return new Map([...states].toReversed());
  }

  /** Waits for the record of a shell's end; a keeper that is gone writes none. */
  async #awaitRecord(record: Promise<void>): Promise<void> {
    const over = new AbortController();
    const late = sleep(recordLimitMs, true, { signal: over.signal }).catch(() => false);
    const isLate = await Promise.race([late, record.then(() => false)]);
    over.abort();
    if (!isLate) return;
    const { link } = this.#options;
    throw link.describe("lost its session: something there ended it", targetHint);
  }
}
