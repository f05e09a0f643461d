import type { Plan } from "../model/plan.ts";
import { createRecorder } from "./create-recorder.ts";
import type { RunOptions, RunPorts } from "./run-context.ts";
import { concludeRun, refuseInteractive, runPhases, workInSession } from "./run-phases.ts";
import type { RunResult } from "./run-phases.ts";

export type { RunResult } from "./run-phases.ts";

/**
 * Runs a plan: its steps in order, and after a failure those of its `onFailure`, as far as
 * `options.rollback` and the person allow.
 *
 * Every event is flushed to the journal before it is acted on and then given to `ports.observe`. The
 * session is closed and `run-ended` is on record when this returns, whatever happened; a session
 * that fails is outcome `failed` with exit code 6. Rethrows what it did not expect, and
 * `JournalError` where the run can no longer be recorded.
 */
export async function runPlan(
  plan: Plan,
  ports: RunPorts,
  options: RunOptions,
): Promise<RunResult> {
  const { person, clock, server, terminal } = ports;
  const startedMs = clock.elapsedMs();
  const recorder = createRecorder({
    journal: ports.journal,
    observe: (event) => ports.observe(event),
    now: () => clock.now(),
  });
  const { run, host, user, pid, directory, version, machine } = options;
  await recorder.record({
    type: "run-started",
    run,
    plan,
    host,
    user,
    pid,
    directory,
    version,
    machine,
    ...(options.isRehearsal && { isRehearsal: true }),
  });
  for (const text of options.notices ?? []) recorder.note({ type: "notice", text });
  return concludeRun(
    recorder,
    () => clock.elapsedMs() - startedMs,
    async () =>
      refuseInteractive(plan, terminal) ??
      workInSession(
        recorder,
        { plan, options },
        async (cancelled) => ({ session: await ports.openSession(cancelled) }),
        ({ session }) =>
          runPhases(plan, {
            session,
            recorder,
            person,
            clock,
            server,
            terminal,
            learnSecrets: (secrets) => ports.learnSecrets(secrets),
            inspectResult: ports.inspectResult,
            options,
            attempts: new Map(),
          }),
      ),
  );
}
