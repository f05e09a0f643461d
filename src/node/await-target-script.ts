import type { ScriptResult } from "../run/ports.ts";
import type { SessionHistory } from "./session-history.ts";
import { createSystemClock } from "./system-clock.ts";
import type { LinkRecord, TargetLink } from "./target-link.ts";

/** How often a target is asked whether its shell is idle: a step could have disabled it. */
export const idleQuestionMs = 3000;

/** How a script on a target ended, before its output is settled. */
export type ScriptEnding = Pick<ScriptResult, "ended" | "exitCode" | "reason">;

/**
 * Why no end of a script is on record: `wedged`, the shell is idle without having recorded it;
 * `no-shell` and `deaf`, the shell had ended or does not read, and never began.
 */
export type ScriptSilence = "wedged" | "no-shell" | "deaf";

/** A script that a target's shell is handed, or was before. */
export interface AwaitedScript {
  readonly key: string;
  readonly timeoutMs: number | undefined;
  /** Hands it over; absent where it was before. */
  readonly code: string | undefined;
  /** Cancels it. */
  readonly signal: AbortSignal;
  /** Answered once the shell has carried out all that it was handed. */
  readonly idleQuestion: string;
  /** Where its files are, for messages. */
  readonly place: string;
  /** How it ends where the connection is lost. */
  readonly lost: ScriptEnding;
  /** How it ends where its session is no more. */
  readonly gone: ScriptEnding;
}

/**
 * Waits for the end of a script on a target, as its records tell it; a time limit and a cancel are told
 * and not enforced. Throws `SessionError` where its files could not be written.
 */
export async function awaitTargetScript(
  link: TargetLink,
  history: SessionHistory,
  script: AwaitedScript,
): Promise<ScriptEnding | ScriptSilence> {
  const { timeoutMs, code, signal, idleQuestion, lost, gone } = script;
  const end = Promise.withResolvers<ScriptEnding | ScriptSilence>();
  const stop = link.listen((record) => {
    if (record.type === "lost") end.resolve(lost);
    else if (record.type === "failed") end.resolve(gone);
    else if (record.type === "unwritten" && record.key === script.key) {
      const hint = `Make sure that there is room for ${script.place}, and that nothing there removes it.`;
      end.reject(link.describe("could not write the step's files, so it was not run", hint));
    } else {
      const heard = judgeRecord(record, script.key, history);
      if (heard !== undefined) end.resolve(heard);
    }
  });
  const onAbort = (): void => end.resolve({ ended: "cancelled" });
  signal.addEventListener("abort", onAbort, { once: true });
  const over = new AbortController();
  if (timeoutMs !== undefined) {
    const limit = createSystemClock().wait(timeoutMs, over.signal);
    void limit.then(() => end.resolve({ ended: "timed-out" }));
  }
  const asking = setInterval(() => link.send(idleQuestion), idleQuestionMs);
  try {
    if (link.isLost) return lost;
    if (code !== undefined) link.send(code);
    return await end.promise;
  } finally {
    clearInterval(asking);
    over.abort();
    signal.removeEventListener("abort", onAbort);
    stop();
  }
}

function judgeRecord(
  record: LinkRecord,
  key: string,
  history: SessionHistory,
): ScriptEnding | ScriptSilence | undefined {
  if ("key" in record && record.key !== key) return undefined;
  switch (record.type) {
    case "done":
      return { ended: "exited", exitCode: record.status };
    case "ended": {
      const known = history.endOf(key);
      if (known?.isUnstarted === true) return { ended: "not-started" };
      return known === undefined ? "no-shell" : { ended: "exited", exitCode: record.status };
    }
    case "idle":
      return history.begunKey === key ? "wedged" : "deaf";
    default:
      return undefined;
  }
}
