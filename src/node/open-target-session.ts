import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { RecoveredSession } from "../run/ports.ts";
import { hasTargetLoss, readTargetCard, readTargetState } from "./target-files.ts";
import type { TargetCard } from "./target-files.ts";
import { TargetSession } from "./target-session.ts";
import type { TargetSessionOptions } from "./target-session.ts";

/** How long a shell may take to begin a step that was handed over. */
const deafLimitMs = 60_000;

/**
 * Opens a session on a target, from the state that the run has left there before, if any.
 *
 * Throws `SessionError` where the target cannot be reached, or has no bash that is new enough. Starts
 * processes here and there; `close` ends them, and takes away the folder there.
 */
export async function openTargetSession(options: TargetSessionOptions): Promise<TargetSession> {
  const session = new TargetSession(options, makeCard(options.servers.length));
  try {
    await session.open(readTargetState(options.runDirectory, options.name));
    return session;
  } catch (error) {
    await session.close().catch(() => {
      // What brought us here is the better thing to tell.
    });
    throw error;
  }
}

/**
 * Makes the session that a run has on a target usable again, after its runner or its connection has died:
 * joins it where it still lives, else opens a new one.
 *
 * `key` is the script that was going on there. Throws as `openTargetSession` does.
 */
export async function recoverTargetSession(
  options: TargetSessionOptions,
  key: string | undefined,
): Promise<RecoveredSession> {
  const { name, runDirectory } = options;
  const card = readTargetCard(runDirectory, name);
  const state = readTargetState(runDirectory, name);
  if (card === undefined) {
    // It was closed, with all that ran in it: a card is written before anything is handed over.
    const session = await openTargetSession(options);
    const losses = hasTargetLoss(runDirectory, name)
      ? [
          `What the last step did to the shell of the target ${name} is lost, since its state could not be kept there: directory, variables, functions.`,
        ]
      : [];
    return { session, isSame: false, fate: key === undefined ? "none" : "unknown", losses };
  }
  const session = new TargetSession(options, card);
  if (await session.reattach(state !== undefined)) return adopt(session, options, key);
  await session.close();
  return {
    session: await openTargetSession(options),
    isSame: false,
    fate: key === undefined ? "none" : "unknown",
    losses: [
      `The session on the target ${name} is gone, since that was started anew or its /tmp was emptied. Lost is what the shell there had since the run began or was last resumed: directory, variables, functions.`,
    ],
  };
}

async function adopt(
  session: TargetSession,
  { name }: TargetSessionOptions,
  key: string | undefined,
): Promise<RecoveredSession> {
  const hasBegun = key !== undefined && (await waitForBegin(session, key));
  const { pendingKey, isShellAlive } = session.history;
  const isLost = pendingKey !== undefined && !isShellAlive;
  if (isLost) session.history.pendingKey = undefined;
  return {
    session,
    isSame: true,
    fate: key === undefined ? "none" : hasBegun ? "begun" : "not-begun",
    finish: hasBegun ? (request) => session.adoptScript(request) : undefined,
    losses: isLost
      ? [
          `What ${pendingKey} did to the shell of the target ${name} is lost, since that was ended right after it: directory, variables, functions.`,
        ]
      : [],
  };
}

/** Whether a step has begun; what asks for it may still be on its way to the shell. */
async function waitForBegin({ history, isIdle }: TargetSession, key: string): Promise<boolean> {
  const isOnRecord = (): boolean => history.begunKey === key || history.endOf(key) !== undefined;
  const deadline = performance.now() + deafLimitMs;
  while (!isOnRecord() && history.isShellAlive) {
    if ((await isIdle(key)) || performance.now() > deadline) break;
    await sleep(100);
  }
  return isOnRecord();
}

function makeCard(serverCount: number): TargetCard {
  return {
    serverCount,
    token: randomBytes(16).toString("hex"),
    folder: `/tmp/opswright-${randomBytes(8).toString("hex")}`,
  };
}
