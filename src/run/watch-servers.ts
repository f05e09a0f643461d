import type { RunPhase } from "../model/run-event.ts";
import { acceptsExitCode } from "./judge-script.ts";
import { listServers } from "./list-servers.ts";
import type { RunContext } from "./run-context.ts";

/** Often enough for a person who reads along; a look reads the table of processes. */
const lookIntervalMs = 1000;

/**
 * Tells of servers that end while a script runs, as soon as that is seen; that the run stops before its
 * next step is for `findFallenServer`. Gives back what ends the watching. Does nothing where there are no
 * servers.
 */
export function watchServers(
  { session, recorder, clock }: Pick<RunContext, "session" | "recorder" | "clock">,
  phase: RunPhase,
): () => void {
  const [start] = recorder.events;
  const servers =
    start?.type === "run-started"
      ? listServers(start.plan, recorder.events).filter((server) => server.phase === phase)
      : [];
  if (servers.length === 0) return () => {};
  const left = new Set(servers);
  return clock.every(lookIntervalMs, () => {
    for (const server of left) {
      const { step, key } = server;
      const { isRunning, exitCode } = session
        .findBackground({ key, interpreter: step.interpreter })
        .look();
      if (isRunning) continue;
      left.delete(server);
      if (exitCode !== undefined && acceptsExitCode(step, exitCode)) continue;
      const how = exitCode === undefined ? "" : ` with exit code ${exitCode}`;
      const text = `The server of step ${step.id} has ended${how}: the run stops before its next step.`;
      recorder.note({ type: "notice", text });
    }
  });
}
