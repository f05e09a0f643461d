import type { Plan, PlannedCommand } from "../model/plan.ts";
import { targetOf } from "../plan/target-of.ts";
import { acceptsExitCode } from "./judge-script.ts";
import { findPosition } from "./find-position.ts";
import { findServer, listLostServers, listServers } from "./list-servers.ts";
import { listRollback } from "./list-rollback.ts";
import type { Server } from "./list-servers.ts";
import type { RunPhase } from "../model/run-event.ts";
import type { RunContext } from "./run-context.ts";
import { runStep, type StepEnd } from "./run-step.ts";

/** A server that is not there, and what that means for the run. */
export interface FallenServer {
  readonly step: PlannedCommand;
  readonly end: Exclude<StepEnd, { readonly kind: "go-on" }>;
}

/** Between TERM and KILL for a server at the end of its run, and for its own way of being stopped. */
const stopLimitMs = 10_000;

/**
 * Begins the servers of a phase again that are not running, for a run that goes on after its end or its
 * runner's death: they went with its session, have failed, or were being begun again when the runner died.
 * Gives back the first that could not be.
 */
export async function reviveServers(
  plan: Plan,
  context: RunContext,
  phase: RunPhase,
): Promise<FallenServer | undefined> {
  const { events } = context.recorder;
  const steps = phase === "main" ? plan.steps : (listRollback(plan, events)?.steps ?? []);
  const behind = steps.slice(0, findPosition(plan, events).doneCount);
  const lost = listLostServers(behind, phase, events);
  for (const server of [...lost, ...listServers(plan, events)]) {
    const { step } = server;
    const script = findServer(context, server);
    const isLost = lost.includes(server);
    // Whether it ever was ready, nobody knows.
    if (isLost) await script.end(stopLimitMs);
    if (((await script.look()).isRunning && !isLost) || server.phase !== phase) continue;
    const why = isLost ? "is not there any more" : "went with its session";
    const text = `The server of step ${step.id} ${why}: it is begun again.`;
    context.recorder.note({ type: "notice", text });
    const end = await runStep(context, step, phase);
    if (end.kind !== "go-on") return { step, end };
  }
  return undefined;
}

/**
 * Looks after the servers of a phase: one that has ended with an exit code that its step may not have is
 * put on record as failed, and the run does not go on without it. `undefined` where all is well.
 */
export async function findFallenServer(
  plan: Plan,
  context: RunContext,
  phase: RunPhase,
): Promise<FallenServer | undefined> {
  const { recorder } = context;
  for (const server of listServers(plan, recorder.events)) {
    if (server.phase !== phase) continue;
    const { step } = server;
    const { isRunning, exitCode } = await findServer(context, server).look();
    if (isRunning || (exitCode !== undefined && acceptsExitCode(step, exitCode))) continue;
    const how = exitCode === undefined ? "" : ` with exit code ${exitCode}`;
    const reason = `It was ready, and then ended${how} while the run needed it.`;
    await recorder.record({
      type: "step-ended",
      stepId: step.id,
      phase,
      outcome: "failed",
      exitCode,
      durationMs: 0,
      reason,
    });
    return { step, end: { kind: "failed", reason: `Step ${step.id} failed: ${reason}` } };
  }
  return undefined;
}

/**
 * Stops the servers of a run, the one that was begun last first; gives back those on targets whose
 * connection is lost, which are left as they are. Throws `SessionError`.
 */
export async function stopServers(plan: Plan, context: RunContext): Promise<readonly Server[]> {
  const left: Server[] = [];
  for (const server of listServers(plan, context.recorder.events).toReversed()) {
    // It is not connected again: a step may be going on there, and would be ended with the session.
    if (findServer(context, server).isReachable?.() === false) left.push(server);
    else await stopServer(server, context);
  }
  return left;
}

async function stopServer(server: Server, context: RunContext): Promise<void> {
  const { session, recorder, options } = context;
  const { step, key } = server;
  const script = findServer(context, server);
  if (!(await script.look()).isRunning) return;
  const { stop } = step.attributes;
  if (stop !== undefined) {
    const { ended, exitCode } = await session.runScript({
      key: `${key}.stop`,
      script: stop,
      interpreter: "bash",
      target: targetOf(step),
      directory: step.attributes.dir,
      environment: step.attributes.env,
      timeoutMs: stopLimitMs,
      graceMs: options.graceMs,
      onOutput: (stream, chunk) => recorder.show(step.id, stream, new TextDecoder().decode(chunk)),
    });
    if (ended !== "exited" || exitCode !== 0) {
      const how = ended === "exited" ? `exit code ${exitCode}` : ended;
      const text = `The command that stops the server of step ${step.id} failed: ${how}.`;
      recorder.note({ type: "notice", text });
    }
  }
  await script.end(stopLimitMs);
  recorder.note({ type: "notice", text: `The server of step ${step.id} was stopped.` });
}
