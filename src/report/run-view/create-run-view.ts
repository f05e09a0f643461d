import type { RunEvent } from "../../model/run-event.ts";
import { countNoun } from "../count-noun.ts";
import { formatDuration, formatExactDuration } from "../format-duration.ts";
import { escapeControlCharacters } from "../sanitise-terminal-text.ts";
import { clipLine, wrapWithIndent } from "../text-layout.ts";
import type { TextStyle } from "../text-style.ts";
import { currentInputs, describeInputChange } from "./input-changes.ts";
import { createLiveOutput, type LiveOutput } from "./live-output.ts";
import { renderRunHeader } from "./render-run-header.ts";
import { renderNextActions, renderStepTable, renderVerdict } from "./render-run-summary.ts";
import { renderOutputTail, renderStepEnd } from "./render-step-end.ts";
import { nameStepAndTarget, renderStepHeader } from "./render-step-header.ts";
import { countSharedSections } from "./step-names.ts";
import {
  applyRunEvent,
  countPhaseSteps,
  findStep,
  isFailedOutcome,
  readRunProgress,
  startRunProgress,
  type RunProgress,
  type StepProgress,
} from "./run-progress.ts";

/** What a person sees of a run while it goes on: events in, text for the terminal out. */
export interface RunView {
  /** Takes what is on record of a run that is resumed; none of it is shown again. */
  recall(events: readonly RunEvent[]): void;
  /**
   * Takes the next event and gives back what is to be written. `nowMs` is counted as for `tick`; default:
   * the event's time.
   */
  handle(event: RunEvent, nowMs?: number): string;
  /**
   * Gives back what time alone asks for: a progress line on a terminal, a sign of life elsewhere.
   * `nowMs` counts from the epoch. To be called about ten times a second.
   */
  tick(nowMs: number): string;
  /** Takes back the progress line, before something else writes to the terminal. */
  settle(): string;
}

/** How a run is shown. */
export interface RunViewOptions {
  readonly style: TextStyle;
  /** True for a terminal: a progress line may be written and taken back. */
  readonly isInteractive: boolean;
  /** `quiet`: failures and the verdict; `verbose`: also places, sessions and answers. */
  readonly verbosity: "quiet" | "normal" | "verbose";
  /** True for a drill: there is nothing to go on with. */
  readonly isRehearsal?: boolean | undefined;
}

const shellWords =
  "A shell with a copy of the run's state, as the step would begin. What is done to the shell itself changes nothing in the run; what its commands do is done. `exit` or Ctrl-D leads back.";
const silenceMs = 2000;
const heartbeatMs = 30_000;
const quietTailLines = 20;
const eraseLine = "\r\u001B[2K";
const signs = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** Characters of a step that are shown as they come: about as much as a terminal keeps. */
const floodLimit = 500_000;

/** Starts the view of one run. No I/O: the caller writes what comes back and owns the timer. */
export function createRunView(options: RunViewOptions): RunView {
  const { style, isInteractive, verbosity } = options;
  const { colors, columns } = style;
  const isQuiet = verbosity === "quiet";
  const isVerbose = verbosity === "verbose";
  let progress: RunProgress | undefined;
  let output: LiveOutput = createLiveOutput(colors, "  ");
  let sharedSections = 0;
  let announced: StepProgress | undefined;
  let openQuestion = false;
  let lastSignMs = 0;
  /** When the step began that this view has seen begin. */
  let startedMs: number | undefined;
  let hasProgressLine = false;

  const settle = () => {
    if (!hasProgressLine) return "";
    hasProgressLine = false;
    return eraseLine;
  };

  /** Shows a step's head once, whether a question about it or its start comes first. */
  const announce = (run: RunProgress, step: StepProgress) => {
    if (isQuiet || announced === step) return "";
    announced = step;
    const count = countPhaseSteps(run, step.phase);
    return `\n${joinLines(renderStepHeader({ ...step, count }, style, { isVerbose, sharedSections }))}`;
  };

  const startStep = (run: RunProgress, step: StepProgress) => {
    output = createLiveOutput(colors, "  ", isVerbose ? undefined : floodLimit);
    const head = announce(run, step);
    return isQuiet || step.attempts < 2
      ? head
      : `${head}  ${colors.yellow(`↻ attempt ${step.attempts}${describeMost(step)}`)}\n`;
  };

  const endStep = (run: RunProgress, step: StepProgress) => {
    const unfinished = output.flush();
    if (!isQuiet) {
      // A step that is skipped has never started, so its title is still to be told.
      const wasStarted = announced === step;
      const count = countPhaseSteps(run, step.phase);
      const head = wasStarted
        ? ""
        : `\n${colors.dim(`▸ ${step.number}/${count}  ${nameStepAndTarget(step)}`)}\n`;
      return `${head}${unfinished}${joinLines(renderStepEnd(step, run.run, style))}`;
    }
    if (!isFailedOutcome(step.outcome) || step.retryInMs !== undefined) return "";
    const count = countPhaseSteps(run, step.phase);
    return joinLines([
      ...renderStepHeader({ ...step, count }, style, { isVerbose: false, sharedSections }),
      ...renderOutputTail(step, colors, quietTailLines),
      ...renderStepEnd(step, run.run, style),
    ]);
  };

  const endRun = (run: RunProgress) => {
    const verdict = [
      ...renderVerdict(run, style),
      ...renderNextActions(run, style, options.isRehearsal),
    ];
    if (isQuiet) return joinLines(verdict);
    const table = run.steps.length > 1 ? [...renderStepTable(run, style), ""] : [];
    return `\n${joinLines([...table, ...verdict])}`;
  };

  const renderAside = (sign: string, text: string) =>
    joinLines(wrapWithIndent(`  ${sign} `, escapeControlCharacters(text), columns).map(colors.dim));

  const render = (event: RunEvent): string => {
    if (event.type === "run-started") {
      progress = startRunProgress(event);
      sharedSections = countSharedSections(event.plan);
      return isQuiet
        ? ""
        : joinLines(renderRunHeader({ ...progress, inputs: event.plan.inputs }, style));
    }
    if (progress === undefined) return "";
    applyRunEvent(progress, event);
    switch (event.type) {
      case "run-resumed":
        return isQuiet
          ? ""
          : `${joinLines([
              ...renderRunHeader({ ...progress, inputs: currentInputs(progress) }, style),
              ...wrapWithIndent("  ", describeResumption(progress), columns).map(colors.dim),
            ])}${progress.current === undefined ? "" : announce(progress, progress.current)}`;
      case "session-started":
        // A further attempt begins from the state before the step, which goes without saying.
        if (event.generation > 1 && !isQuiet && (progress.current?.attempts ?? 0) < 2) {
          return renderAside(
            "↻",
            "The shell was started anew, with the state after the last step.",
          );
        }
        return isVerbose ? renderAside("·", `Shell started, process ${event.pid}.`) : "";
      case "target-connected":
        return isVerbose
          ? renderAside(
              "·",
              `The target ${event.target} is connected; its system is ${event.system}.`,
            )
          : "";
      case "phase-started":
        return event.phase === "rollback" && !isQuiet
          ? `\n${colors.bold(colors.yellow(`↩ Rolling back: ${escapeControlCharacters(event.title)}`))}\n`
          : "";
      case "question-asked": {
        openQuestion = true;
        // What is to be decided about must be seen before.
        const { current } = progress;
        // A step of the rollback can have the id of one that was never reached.
        const step =
          current?.stepId === event.stepId
            ? current
            : progress.steps.findLast(
                ({ stepId, outcome }) => stepId === event.stepId && outcome === "pending",
              );
        return step === undefined ? "" : announce(progress, step);
      }
      case "question-answered": {
        openQuestion = false;
        // On a terminal the question and its answer stand there already.
        const wasShown = isInteractive && !isVerbose && !isAnsweredByOption(event.by);
        if (isQuiet || wasShown) return "";
        const question = shortenQuestion(event.question, announced);
        return renderAside("?", `${question}${event.answer}, by ${event.by}`);
      }
      case "step-started":
        return progress.current === undefined ? "" : startStep(progress, progress.current);
      case "step-output":
        return isQuiet ? "" : output.write(event.stream, event.text);
      case "step-ended": {
        const step = findStep(progress, event.stepId, event.phase);
        return step === undefined ? "" : endStep(progress, step);
      }
      case "rewound": {
        const step = findStep(progress, event.stepId, "main");
        const what = step === undefined ? event.stepId : `${step.number}, ${titleOf(step)}`;
        return isQuiet
          ? ""
          : renderAside("↶", `Back to step ${what}: it and those behind it are done again.`);
      }
      case "input-changed":
        return isQuiet ? "" : renderAside("✎", describeInputChange(event));
      case "shell-opened":
        return isQuiet ? "" : renderAside("›", shellWords);
      case "shell-closed":
        return isQuiet
          ? ""
          : renderAside("‹", `The shell was closed after ${formatDuration(event.durationMs)}.`);
      case "notice":
        return isQuiet ? "" : renderAside("·", event.text);
      case "run-ended":
        return endRun(progress);
      default:
        return event satisfies never;
    }
  };

  return {
    settle,
    recall(events) {
      progress = readRunProgress(events);
      if (progress !== undefined) sharedSections = countSharedSections(progress.plan);
    },
    handle(event, nowMs = Date.parse(event.time)) {
      lastSignMs = nowMs;
      if (event.type === "step-started") startedMs = nowMs;
      const text = render(event);
      // An event without words leaves the progress line where it is, so that it does not flicker.
      const isSilent = text === "" && event.type !== "question-asked";
      return isSilent ? "" : `${settle()}${text}`;
    },
    tick(nowMs) {
      const step = progress?.current;
      if (step === undefined || openQuestion || isQuiet) return "";
      const runningMs = nowMs - (startedMs ?? step.startedAtMs);
      if (isInteractive) {
        if (nowMs - lastSignMs < silenceMs || isConnectedToTerminal(step)) return "";
        const unfinished = output.hasUnfinishedLine ? output.flush() : "";
        const sign = signs[Math.floor(nowMs / 100) % signs.length] ?? "";
        const line = clipLine(`  ${sign} ${describeRunning(step, runningMs)}`, columns - 1);
        const text = `${hasProgressLine ? eraseLine : ""}${unfinished}${colors.dim(line)}`;
        hasProgressLine = true;
        return text;
      }
      if (nowMs - lastSignMs < heartbeatMs) return "";
      lastSignMs = nowMs;
      return `${output.flush()}  … ${describeRunning(step, runningMs)}\n`;
    },
  };
}

/** Where a run goes on, in a sentence. */
function describeResumption({ steps, startedAt, run }: RunProgress): string {
  const done = steps.filter(({ outcome }) => outcome === "passed" || outcome === "skipped").length;
  return `Going on with run ${run} of ${startedAt.slice(0, 16).replace("T", " ")} UTC: ${done} of ${countNoun(steps.length, "step")} done.`;
}

/** The run says by which option an answer was given: `xerxes (--yes)`. */
function isAnsweredByOption(by: string): boolean {
  return /\(--[a-z][a-z -]*\)$/u.test(by);
}

/** What a question adds to the step's head above it: its author's words, where it is a short one. */
function shortenQuestion(question: string, step: StepProgress | undefined): string {
  const [title = "", ...text] = question.split("\n");
  if (step?.planned === undefined) return `${title}: `;
  const [only] = text;
  const isShort = text.length === 1 && only !== undefined && step.planned.kind === "command";
  return isShort ? `${only} ` : "";
}

/** How many attempts there are at most, where that is known: ` of 6`. */
function describeMost({ planned, attempts }: StepProgress): string {
  const retry = planned?.kind === "command" ? planned.attributes.retry : undefined;
  return retry === undefined || attempts > retry + 1 ? "" : ` of ${retry + 1}`;
}

/** Such a step writes to the terminal itself, and a progress line would run into its text. */
function isConnectedToTerminal(step: StepProgress): boolean {
  return step.planned?.kind === "command" && step.planned.attributes.interactive === true;
}

function describeRunning(step: StepProgress, runningMs: number): string {
  const limitMs = step.planned?.kind === "command" ? step.planned.timeoutMs : undefined;
  const limit = limitMs === undefined ? "" : ` of at most ${formatExactDuration(limitMs)}`;
  return `running for ${formatExactDuration(Math.floor(runningMs / 1000) * 1000)}${limit}`;
}

function titleOf(step: StepProgress): string {
  return escapeControlCharacters(step.title);
}

function joinLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
