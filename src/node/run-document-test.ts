import process from "node:process";
import type {
  DocumentName,
  DocumentOutcome,
  DocumentTestEvent,
  StepCounts,
  TestedDocument,
  TestedStep,
} from "../model/document-test.ts";
import type { OutputRating } from "../model/expectation.ts";
import type { Plan, PlannedStep } from "../model/plan.ts";
import type { RunEvent } from "../model/run-event.ts";
import { createMemoryJournal } from "../run/create-memory-journal.ts";
import { createRunSecrets, type RunSecrets } from "../run/create-run-secrets.ts";
import { listSecrets } from "../run/list-secrets.ts";
import { addStepOutput, type OutputTail } from "../run/output-tail.ts";
import type { Person } from "../run/ports.ts";
import { redactJournal } from "../run/redact-journal.ts";
import { runPlan } from "../run/run-plan.ts";
import { SessionError } from "../run/session-error.ts";
import { createOutputKeeper, type OutputKeeper } from "./create-output-keeper.ts";
import { createReadinessCheck } from "./check-readiness.ts";
import { openBashSession } from "./open-bash-session.ts";
import type { DocumentTest } from "./read-document-tests.ts";
import { documentVariables } from "./read-document-tests.ts";
import { createSystemClock } from "./system-clock.ts";
import type { TestFolder, TestFolders } from "./test-folders.ts";
import path from "node:path";

/** How a document is tested. */
export interface DocumentTestSettings {
  /** What `createTestEnvironment` gives. */
  readonly environment: Readonly<Record<string, string>>;
  readonly folders: TestFolders;
  /** True leaves the temporary folder of each document where it is. */
  readonly keeps: boolean;
  /** True gives the result what the steps printed, to update what is expected of them. */
  readonly keepsOutput?: boolean | undefined;
  /** True tells how much the document says of what its commands print, which takes time. */
  readonly rates?: boolean | undefined;
  /** Aborted to end it: the step that is going on is cancelled. */
  readonly interrupted: AbortSignal;
  readonly observe: (event: DocumentTestEvent) => void;
}

const graceMs = 2000;

/**
 * Tests one document: its steps in one bash of its own, in temporary folders of its own, which are taken
 * away afterwards with all that the steps have left running.
 *
 * What it refuses, or cannot plan, is told as its outcome, and nothing of it is run. Throws what nobody
 * expects. Starts processes, writes to the file system.
 */
export async function runDocumentTest(
  test: DocumentTest,
  settings: DocumentTestSettings,
): Promise<TestedDocument> {
  const { planned } = test;
  const plan = planned.plan;
  const startedMs = performance.now();
  const results = new Map<string, TestedStep>();
  const end = (
    outcome: DocumentOutcome,
    more: Partial<Pick<TestedDocument, "reason" | "folder" | "evidence" | "rating">> = {},
  ): TestedDocument => {
    const steps = (plan?.steps ?? []).map((step) => results.get(step.id) ?? pendingStep(step));
    const { name, path: shown, title, isNamed } = test;
    return {
      name,
      path: shown,
      title,
      outcome,
      durationMs: performance.now() - startedMs,
      steps,
      counts: countSteps(steps),
      refusals: outcome === "refused" ? planned.refusals : [],
      problems: outcome === "invalid" ? planned.problems : [],
      runbook: plan?.runbook,
      isHarmless: outcome === "empty" && !isNamed,
      ...more,
    };
  };
  if (settings.interrupted.aborted) return end("interrupted");
  if (planned.refusals.length > 0) return end("refused");
  if (plan === undefined || planned.problems.length > 0) return end("invalid");
  if (plan.steps.length === 0) return end("empty");

  const folder = settings.folders.open(test.name);
  const keeper = settings.keepsOutput === true ? createOutputKeeper() : undefined;
  let ended: { readonly exitCode: number; readonly reason?: string | undefined };
  try {
    settings.observe({
      type: "document-started",
      document: nameOf(test),
      stepCount: plan.steps.length,
    });
    ended = await runSteps(plan, test, folder, settings, {
      onStep: (step) => {
        results.set(step.stepId, step);
        settings.observe({ type: "step-ended", document: nameOf(test), step });
      },
      keeper,
    });
  } finally {
    folder.remove(settings.keeps);
  }
  const more = {
    ...(settings.keeps ? { folder: folder.base } : {}),
    ...(settings.rates === true ? { rating: await ratePlan(plan) } : {}),
    ...(keeper && {
      evidence: {
        steps: keeper.list(plan, results),
        directory: folder.work,
        folder: folder.base,
      },
    }),
  };
  const counts = countSteps([...results.values()]);
  if (ended.exitCode === 6) return end("broken", { reason: ended.reason, ...more });
  if (counts.failed > 0) return end("failed", more);
  if (ended.exitCode === 130) return end("interrupted", more);
  if (ended.exitCode !== 0) return end("failed", { reason: ended.reason, ...more });
  if (counts.passed > 0) return end("passed", more);
  return end("empty", { reason: "None of its steps is for this machine.", ...more });
}

async function ratePlan({ steps }: Plan): Promise<OutputRating> {
  const { rateSteps } = await import("../match/rate-steps.ts");
  const { re2Engine } = await import("../match/re2-engine.ts");
  return rateSteps(
    steps.filter((step) => step.kind === "command"),
    re2Engine,
  );
}

/** How many of some steps ended how; one that was cancelled was never done. */
function countSteps(steps: readonly TestedStep[]): StepCounts {
  const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 };
  for (const { outcome } of steps) {
    if (outcome === "passed" || outcome === "skipped" || outcome === "pending")
      counts[outcome] += 1;
    else if (outcome === "cancelled") counts.pending += 1;
    else counts.failed += 1;
  }
  return counts;
}

function nameOf({ name, path: shown, title }: DocumentTest): DocumentName {
  return { name, path: shown, title };
}

function pendingStep(step: PlannedStep): TestedStep {
  const { id: stepId, title, path: shown, line } = step;
  const script = step.kind === "command" ? step.script : step.text;
  return { stepId, title, path: shown, line, script, outcome: "pending" };
}

async function runSteps(
  plan: Plan,
  test: DocumentTest,
  folder: TestFolder,
  settings: DocumentTestSettings,
  {
    onStep,
    keeper,
  }: {
    readonly onStep: (step: TestedStep) => void;
    readonly keeper: OutputKeeper | undefined;
  },
): Promise<{ readonly exitCode: number; readonly reason?: string | undefined }> {
  const clock = createSystemClock();
  const environment: Record<string, string> = {
    ...settings.environment,
    HOME: folder.home,
    TMPDIR: folder.temporary,
    [documentVariables[0]]: path.dirname(test.file),
    [documentVariables[1]]: test.file,
    ...Object.fromEntries(test.planned.values),
  };
  const secrets = createRunSecrets(listSecrets(plan, environment));
  const { interrupted } = settings;
  let reason: string | undefined;
  const collector = createStepCollector(plan, onStep);
  try {
    const { exitCode } = await runPlan(
      plan,
      {
        journal: redactJournal(createMemoryJournal("test", clock), secrets),
        person: nobody,
        clock,
        server: createReadinessCheck(),
        learnSecrets: (more) => secrets.learn(more),
        inspectResult: keeper?.inspectWith(secrets),
        openSession: () => openTestSession(folder, environment, secrets),
        observe: (event) => {
          if (event.type === "run-ended") ({ reason } = event);
          collector(event);
        },
      },
      {
        run: "test",
        host: "",
        user: "",
        pid: process.pid,
        directory: folder.work,
        version: "",
        system: process.platform === "win32" ? "windows" : process.platform,
        // What must be asked for was refused, unless it was allowed.
        assumeYes: true,
        allowDestructive: true,
        rollback: "never",
        isRehearsal: true,
        graceMs,
        cancelStep: () => interrupted,
        interrupted,
      },
    );
    return { exitCode, reason };
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    return { exitCode: 6, reason: `${error.message} ${error.hint}` };
  }
}

function openTestSession(
  folder: TestFolder,
  environment: Readonly<Record<string, string>>,
  { known }: Pick<RunSecrets, "known">,
): ReturnType<typeof openBashSession> {
  return openBashSession({
    runDirectory: folder.session,
    directory: folder.work,
    environment,
    secrets: known,
  });
}

/** Nobody is asked while documents are tested. */
const nobody: Person = { confirm: () => Promise.resolve({ answer: "unavailable" }) };

/** Makes steps of a run's events. Of what one prints, the end is kept until it has passed. */
function createStepCollector(
  plan: Plan,
  onStep: (step: TestedStep) => void,
): (event: RunEvent) => void {
  const steps = new Map(plan.steps.map((step) => [step.id, step]));
  let both: OutputTail = emptyTail();
  let errors: OutputTail = emptyTail();
  return (event) => {
    switch (event.type) {
      case "step-started":
        both = emptyTail();
        errors = emptyTail();
        break;
      case "step-output":
        addStepOutput(both, event.text);
        if (event.stream === "stderr") addStepOutput(errors, event.text);
        break;
      case "step-ended": {
        const planned = steps.get(event.stepId);
        if (planned === undefined || event.retryInMs !== undefined) break;
        const { outcome, exitCode, durationMs, reason, difference } = event;
        const hasPassed = outcome === "passed" || outcome === "skipped";
        onStep({
          ...pendingStep(planned),
          outcome,
          exitCode,
          durationMs,
          reason,
          difference,
          ...(hasPassed ? {} : { output: both.outputTail, errorOutput: errors.outputTail }),
        });
        break;
      }
      default:
        break;
    }
  };
}

function emptyTail(): OutputTail {
  return { outputTail: "", hasLongerOutput: false, outputLength: 0 };
}
