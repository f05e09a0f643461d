import type { RunPhase } from "../model/run-event.ts";
import { targetOf } from "../plan/target-of.ts";
import { acceptsExitCode } from "./judge-script.ts";
import { findServer, listServers } from "./list-servers.ts";
import type { Server } from "./list-servers.ts";
import type { RunContext } from "./run-context.ts";
import { SessionError } from "./session-error.ts";

/** Often enough for a person who reads along; a look reads the table of processes. */
const lookIntervalMs = 1000;

/**
 * Tells of servers that end while a script runs, as soon as that is seen; that the run stops before its
 * next step is for `findFallenServer`. Gives back what ends the watching. Does nothing where there are no
 * servers.
 */
export function watchServers(
  context: Pick<RunContext, "session" | "recorder" | "clock">,
  phase: RunPhase,
): () => void {
  const { recorder, clock } = context;
  const [start] = recorder.events;
  const servers =
    start?.type === "run-started"
      ? listServers(start.plan, recorder.events).filter((server) => server.phase === phase)
      : [];
  if (servers.length === 0) return () => {};
  const left = new Set(servers);
  let isLooking = false;
  let isOver = false;
  const tell = (text: string): void => recorder.note({ type: "notice", text });
  const stop = clock.every(lookIntervalMs, () => {
    // One that is far away may take longer to answer.
    if (isLooking) return;
    isLooking = true;
    void lookAtEach(context, left, tell, () => isOver).finally(() => {
      isLooking = false;
    });
  });
  return () => {
    isOver = true;
    stop();
  };
}

async function lookAtEach(
  context: Pick<RunContext, "session">,
  servers: Set<Server>,
  tell: (text: string) => void,
  isOver: () => boolean,
): Promise<void> {
  for (const server of servers) {
    const { step } = server;
    const script = findServer(context, server);
    // It is connected again by whoever needs it: a step may be going on there.
    if (script.isReachable?.() === false) {
      const text = `The connection to the target ${targetOf(step)} was lost: whether the server of step ${step.id} goes on there is not known.`;
      servers.delete(server);
      tell(text);
      continue;
    }
    const state = await script.look(false).catch((error: unknown) => {
      if (error instanceof SessionError) return undefined;
      throw error;
    });
    if (isOver()) return;
    if (state === undefined || state.isRunning) continue;
    const { exitCode } = state;
    servers.delete(server);
    if (exitCode !== undefined && acceptsExitCode(step, exitCode)) continue;
    const how = exitCode === undefined ? "" : ` with exit code ${exitCode}`;
    tell(`The server of step ${step.id} has ended${how}: the run stops before its next step.`);
  }
}
