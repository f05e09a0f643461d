import { fillProbe, namesInProbe } from "../compile/fill-probe.ts";
import type { PlannedCommand } from "../model/plan.ts";
import { listValues } from "./capture-values.ts";
import { describeDuration } from "./describe-duration.ts";
import { acceptsExitCode, type Judgement } from "./judge-script.ts";
import { findServer } from "./list-servers.ts";
import type { BackgroundScript, ScriptResult } from "./ports.ts";
import type { RunContext } from "./run-context.ts";

/** How long a server may take to be ready where the runbook does not say. */
const usualLimitMs = 30_000;
const pauseMs = 50;
/** So much of its output is searched for what says that it is ready. */
const searchedBytes = 1024 * 1024;

/**
 * Waits until a script in the background is ready, and judges it; one that is not ready in time, or is
 * cancelled, is ended. What it has printed since `result` is shown. Throws `SessionError`.
 */
export async function awaitServer(
  context: RunContext,
  step: PlannedCommand,
  key: string,
  result: ScriptResult,
): Promise<Judgement> {
  const { clock, options } = context;
  const script = findServer(context, { step, key });
  const stopped = AbortSignal.any([options.cancelStep(), options.interrupted]);
  const limitMs = step.timeoutMs ?? usualLimitMs;
  const startedMs = clock.elapsedMs();
  const unset = findUnset(context, step);
  try {
    for (;;) {
      if (unset !== undefined) {
        await script.end(options.graceMs);
        const reason = `When it is ready cannot be told, so it was ended: ${unset} has no value.`;
        return { outcome: "failed", reason };
      }
      const { isRunning, exitCode } = await script.look();
      if (!isRunning && !(exitCode !== undefined && acceptsExitCode(step, exitCode))) {
        const how = exitCode === undefined ? "" : ` with exit code ${exitCode}`;
        return { outcome: "failed", reason: `It ended${how} instead of going on.` };
      }
      const why = await findUnready(context, step, script);
      if (why === undefined) return { outcome: "passed" };
      if (!isRunning) return { outcome: "failed", reason: `It ended before it was ready: ${why}.` };
      if (stopped.aborted) {
        await script.end(options.graceMs);
        return { outcome: "cancelled", reason: "It was cancelled and ended." };
      }
      if (clock.elapsedMs() - startedMs >= limitMs) {
        await script.end(options.graceMs);
        const reason = `It was not ready within ${describeDuration(limitMs)} and was ended: ${why}.`;
        return { outcome: "timed-out", reason };
      }
      await clock.wait(pauseMs, stopped);
    }
  } finally {
    await showOutput(context, step, script, result);
  }
}

/** The first name that the probe asks for and the run knows no value of. */
function findUnset({ recorder }: RunContext, { attributes }: PlannedCommand): string | undefined {
  const { ready, env = {} } = attributes;
  if (ready === undefined) return undefined;
  const values = listValues(recorder.events);
  return namesInProbe(ready).find((name) => !values.has(name) && !Object.hasOwn(env, name));
}

/** Why it is not ready, in a phrase; undefined where it is. */
async function findUnready(
  { server, recorder, options }: RunContext,
  step: PlannedCommand,
  script: BackgroundScript,
): Promise<string | undefined> {
  const { ready, dir = ".", env = {} } = step.attributes;
  if (ready === undefined) return undefined;
  if (ready.kind === "output") {
    const { findPattern } = await import("../match/find-pattern.ts");
    const texts = await readTexts(script);
    const isFound = texts.some((text) => findPattern(ready.pattern, text) !== undefined);
    return isFound ? undefined : `its output does not match /${ready.pattern}/`;
  }
  const values = new Map([...listValues(recorder.events), ...Object.entries(env)]);
  const probe = fillProbe(ready, values);
  // There, `localhost` is another machine, and so is a folder.
  if (script.checkReady !== undefined) return script.checkReady(probe, dir);
  return server.check(probe, `${options.directory}/${dir}`);
}

async function readTexts(script: BackgroundScript): Promise<readonly string[]> {
  const streams = ["stdout", "stderr"] as const;
  const bytes = await Promise.all(
    streams.map((stream) => script.readOutput(stream, searchedBytes)),
  );
  return bytes.map((one) => new TextDecoder().decode(one));
}

async function showOutput(
  { recorder }: RunContext,
  step: PlannedCommand,
  script: BackgroundScript,
  { stdoutBytes, stderrBytes }: ScriptResult,
): Promise<void> {
  for (const [stream, shownBytes] of [
    ["stdout", stdoutBytes],
    ["stderr", stderrBytes],
  ] as const) {
    const bytes = await script.readOutput(stream, searchedBytes);
    const text = new TextDecoder().decode(bytes.subarray(shownBytes));
    if (text !== "") recorder.show(step.id, stream, text);
  }
}
