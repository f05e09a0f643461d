import type { PlannedCommand } from "../model/plan.ts";
import type { RunPhase } from "../model/run-event.ts";
import { targetOf } from "../plan/target-of.ts";
import { listChangedSecrets, listSet } from "./capture-values.ts";
import type { ScriptRequest, ScriptResult } from "./ports.ts";
import type { RunContext } from "./run-context.ts";
import { SessionError } from "./session-error.ts";
import { watchServers } from "./watch-servers.ts";

/** A script of a step on its way, and who carries it out. */
export interface FollowedScript {
  readonly key: string;
  readonly timeoutMs: number | undefined;
  readonly carryOut: (request: ScriptRequest) => Promise<ScriptResult>;
}

/**
 * Has a step's script carried out, shows its output as it comes, and puts a session that fails
 * meanwhile on record: the step then is `unknown`, or has failed where nothing of it ran. Throws
 * `SessionError`.
 */
export async function followScript(
  context: RunContext,
  step: PlannedCommand,
  phase: RunPhase,
  { key, timeoutMs, carryOut }: FollowedScript,
): Promise<ScriptResult> {
  const { session, recorder, clock, terminal, options } = context;
  const isInteractive = step.attributes.interactive === true;
  const loan = isInteractive ? terminal?.lend((name) => session.signalScript(name)) : undefined;
  const startedMs = clock.elapsedMs();
  const generation = session.generation;
  const show = createOutputShower(context, step.id);
  // At a terminal that a program has, nothing may be printed in between.
  const stopWatching = isInteractive ? () => {} : watchServers(context, phase);
  try {
    const result = await carryOut({
      key,
      script: step.script,
      interpreter: step.interpreter,
      target: targetOf(step),
      directory: step.attributes.dir,
      environment: step.attributes.env,
      variables: listSet(recorder.events),
      secretNames: listChangedSecrets(recorder.events),
      timeoutMs,
      graceMs: options.graceMs,
      isBackground: step.attributes.background,
      terminal: isInteractive ? terminal?.device : undefined,
      mergesStreams: step.expectation?.stream === "both" ? true : undefined,
      keepsStateOn: step.attributes.exit,
      onOutput: show.chunk,
      signal: options.cancelStep(),
    });
    show.end();
    if (session.generation !== generation) {
      recorder.note({ type: "session-started", pid: session.pid, generation: session.generation });
    }
    return result;
  } catch (error) {
    show.end();
    if (error instanceof SessionError) {
      const look = error.isUnstarted ? "" : " Look at what the step did before you go on.";
      await recorder.record({
        type: "step-ended",
        stepId: step.id,
        phase,
        outcome: error.isUnstarted ? "failed" : "unknown",
        durationMs: Math.round(clock.elapsedMs() - startedMs),
        reason: `${error.message}${look}`,
      });
    }
    throw error;
  } finally {
    stopWatching();
    loan?.release();
  }
}

/** Shows bytes as text as they come, however a character was cut by the chunks. */
function createOutputShower(
  context: RunContext,
  stepId: string,
): {
  readonly chunk: (stream: "stdout" | "stderr", bytes: Uint8Array) => void;
  readonly end: () => void;
} {
  const decoders = new Map<"stdout" | "stderr", InstanceType<typeof TextDecoder>>();
  const decoderOf = (stream: "stdout" | "stderr"): InstanceType<typeof TextDecoder> => {
    const decoder = decoders.get(stream) ?? new TextDecoder();
    decoders.set(stream, decoder);
    return decoder;
  };
  const show = (stream: "stdout" | "stderr", text: string): void => {
    if (text !== "") context.recorder.show(stepId, stream, text);
  };
  return {
    chunk: (stream, bytes) => show(stream, decoderOf(stream).decode(bytes, { stream: true })),
    end: () => {
      for (const [stream, decoder] of decoders) show(stream, decoder.decode());
    },
  };
}
