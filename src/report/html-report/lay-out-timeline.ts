import type {
  QuestionProgress,
  RunProgress,
  StepProgress,
  StepSpan,
} from "../run-view/run-progress.ts";

/** A stretch of a row; `from` and `length` are shares of the whole, 0 to 1. */
export interface TimelineBar {
  readonly kind: "work" | "wait";
  readonly outcome: StepProgress["outcome"];
  readonly from: number;
  readonly length: number;
}

/** What a step did with the time; without bars where it was never begun. */
export interface TimelineRow {
  readonly step: StepProgress;
  readonly bars: readonly TimelineBar[];
  /** How long a person was waited for. */
  readonly waitedMs: number;
}

/** A run from its beginning to its end; time in which nobody ran it is cut out. */
export interface Timeline {
  readonly rows: readonly TimelineRow[];
  /** Where time is cut out, as shares of the whole. */
  readonly cuts: readonly { readonly at: number; readonly cutMs: number }[];
  readonly startMs: number;
  readonly endMs: number;
  /** Time without what is cut out. */
  readonly totalMs: number;
}

/** What is answered sooner was answered by an option: nobody was waited for. */
const leastWaitMs = 500;

/**
 * Lays the steps of a run out along its time, by the times of its events. What has no end yet lasts to
 * the last event. No I/O.
 */
export function layOutTimeline({ runners, steps, questions }: RunProgress): Timeline {
  const startMs = runners[0]?.fromMs ?? 0;
  const endMs = runners.at(-1)?.toMs ?? startMs;
  const totalMs = runners.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const measure = (atMs: number): number =>
    runners.reduce((sum, { fromMs, toMs }) => sum + clamp(atMs, fromMs, toMs) - fromMs, 0) /
    Math.max(1, totalMs);
  const makeBar = (
    kind: TimelineBar["kind"],
    { fromMs, toMs, outcome }: Omit<StepSpan, "toMs"> & { readonly toMs: number },
  ): TimelineBar => {
    const from = measure(fromMs);
    return { kind, outcome, from, length: measure(toMs) - from };
  };
  return {
    rows: steps.map((step) => {
      const waits = questionsOf(step, questions)
        .map(({ askedAtMs, answer }) => ({ fromMs: askedAtMs, toMs: answer?.atMs ?? endMs }))
        .filter(({ fromMs, toMs }) => toMs - fromMs >= leastWaitMs);
      const isManual = step.planned?.kind === "manual";
      const work = step.spans.map((span) => ({ ...span, toMs: span.toMs ?? endMs }));
      return {
        step,
        bars: [
          // The work of a manual step is a person's: the wait for it is all that is known.
          ...(isManual ? [] : work.map((span) => makeBar("work", span))),
          ...(isManual ? work : waits).map((span) =>
            makeBar("wait", { ...span, outcome: step.outcome }),
          ),
        ],
        waitedMs: waits.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0),
      };
    }),
    cuts: runners.slice(1).map(({ fromMs }, index) => ({
      at: measure(fromMs),
      cutMs: fromMs - (runners[index]?.toMs ?? fromMs),
    })),
    startMs,
    endMs,
    totalMs,
  };
}

/** The questions about one step, in the order in which they were asked. No I/O. */
export function questionsOf(
  step: StepProgress,
  questions: readonly QuestionProgress[],
): readonly QuestionProgress[] {
  return questions.filter(({ stepId, phase }) => stepId === step.stepId && phase === step.phase);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
