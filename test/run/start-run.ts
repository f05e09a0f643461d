import type { GivenAnswer } from "../../src/model/given-answer.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { RunEvent, RunEventBody } from "../../src/model/run-event.ts";
import { prepareAnswers } from "../../src/run/give-answer.ts";
import type {
  FailureAnswer,
  FailureQuestion,
  InputRequest,
  Journal,
  Person,
  PersonAnswer,
  PersonQuestion,
  PersonTerminal,
  Session,
} from "../../src/run/ports.ts";
import type { Secret } from "../../src/run/list-secrets.ts";
import type { RunOptions, RunPorts } from "../../src/run/run-context.ts";
import { runPlan } from "../../src/run/run-plan.ts";
import type { RunResult } from "../../src/run/run-plan.ts";
import { createFakeSession } from "./fake-session.ts";
import type { FakeSession } from "./fake-session.ts";

/** A run, and what it left behind. */
export interface StartedRun {
  readonly result: RunResult;
  readonly session: FakeSession;
  /** What the journal has, in order. */
  readonly journaled: readonly RunEvent[];
  /** What was shown, output included. */
  readonly observed: readonly RunEvent[];
  readonly questions: readonly PersonQuestion[];
  /** What was asked after failures. */
  readonly failures: readonly FailureQuestion[];
  /** Which inputs were to be changed. */
  readonly edited: readonly InputRequest[];
  /** What is to be kept out of the record, beside what was known at its beginning. */
  readonly learnt: readonly Secret[];
  /** How long it waited between attempts. */
  readonly waitedMs: readonly number[];
  /** `type`, or `type stepId outcome`: the story in short. */
  readonly story: readonly string[];
}

export interface RunSetup {
  readonly options?: Partial<RunOptions>;
  /** Answers by step, else by kind of question; nobody is there for all others. */
  readonly answers?: Readonly<Record<string, PersonAnswer>>;
  /** What is chosen after failures, one after the other; absent: nobody is at the terminal. */
  readonly choices?: readonly FailureAnswer[];
  /** What is typed where inputs are to be changed, one time after the other; absent: none can be. */
  readonly edits?: readonly Readonly<Record<string, string>>[];
  /** What was said before the run, by step. */
  readonly given?: ReadonlyMap<string, GivenAnswer>;
  readonly session?: Partial<Session>;
  readonly journal?: Partial<Journal>;
  readonly terminal?: PersonTerminal;
  readonly openSession?: () => Promise<Session>;
  readonly onEvent?: (event: RunEvent) => void;
}

export const yes: PersonAnswer = { answer: "yes", by: "xerxes" };
export const no: PersonAnswer = { answer: "no", by: "xerxes" };
export const skip: PersonAnswer = { answer: "skip", by: "xerxes" };

/** Runs a plan in memory. */
export async function startRun(plan: Plan, setup: RunSetup = {}): Promise<StartedRun> {
  const fake = createFakeSession();
  const journaled: RunEvent[] = [];
  const observed: RunEvent[] = [];
  const questions: PersonQuestion[] = [];
  const failures: FailureQuestion[] = [];
  const choices = [...(setup.choices ?? [])];
  const learnt: Secret[] = [];
  const edited: InputRequest[] = [];
  const edits = [...(setup.edits ?? [])];
  let elapsed = 0;
  const waitedMs: number[] = [];
  const person: Person = {
    confirm: async (question) => {
      questions.push(question);
      const { answers } = setup;
      return (
        answers?.[question.stepId ?? ""] ?? answers?.[question.kind] ?? { answer: "unavailable" }
      );
    },
    ...(setup.choices !== undefined && {
      chooseAfterFailure: async (question) => {
        failures.push(question);
        return choices.shift() ?? { answer: "unavailable" };
      },
    }),
    ...(setup.edits !== undefined && {
      editInputs: async (request) => {
        edited.push(request);
        const values = edits.shift();
        return values === undefined
          ? { answer: "unavailable" }
          : { answer: "values", values: new Map(Object.entries(values)) };
      },
    }),
  };
  const journal: Journal = {
    run: "run-1",
    append: async (body: RunEventBody) => {
      // Takes its time, as a disk does.
      await new Promise((resolve) => setImmediate(resolve));
      const event = { seq: journaled.length + 1, time: "2026-11-22T20:45:12.345Z", ...body };
      journaled.push(event);
      return event;
    },
    flush: () => {},
    ...setup.journal,
  };
  const ports: RunPorts = {
    openSession:
      setup.openSession ??
      (async () =>
        setup.session === undefined
          ? fake
          : Object.assign(Object.create(fake) as Session, setup.session)),
    journal,
    person: setup.given === undefined ? person : prepareAnswers(person, setup.given, "the file"),
    clock: {
      now: () => new Date(0),
      elapsedMs: () => (elapsed += 10),
      wait: async (durationMs) => void waitedMs.push(durationMs),
      // No time passes while a script runs.
      every: () => () => {},
    },
    server: { check: async () => undefined },
    terminal: setup.terminal,
    learnSecrets: (secrets) => {
      learnt.push(...secrets);
      return [];
    },
    observe: (event) => {
      observed.push(event);
      setup.onEvent?.(event);
    },
  };
  const result = await runPlan(plan, ports, {
    run: "run-1",
    host: "host",
    user: "xerxes",
    pid: 1,
    directory: "/srv/app",
    version: "1.0.0",
    system: "linux",
    assumeYes: false,
    allowDestructive: false,
    rollback: "ask",
    graceMs: 100,
    cancelStep: () => new AbortController().signal,
    interrupted: new AbortController().signal,
    ...setup.options,
  });
  return {
    result,
    session: fake,
    journaled,
    observed,
    questions,
    failures,
    edited,
    learnt,
    waitedMs,
    story: journaled.map(tell),
  };
}

function tell(event: RunEvent): string {
  switch (event.type) {
    case "step-started":
      return `${event.stepId} started`;
    case "step-ended":
      return `${event.stepId} ${event.outcome}`;
    case "phase-started":
      return `phase ${event.phase}: ${event.steps.join(", ")}`;
    case "run-ended":
      return `run ${event.outcome} ${event.exitCode}`;
    case "question-asked":
      return `asked about ${event.stepId ?? "the run"}`;
    case "question-answered":
      return `${event.answer} by ${event.by}`;
    default:
      return event.type;
  }
}
