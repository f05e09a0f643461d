import type { PlannedCommand, PlannedManual, PlannedStep } from "../model/plan.ts";
import { targetOf } from "../plan/target-of.ts";
import type { RunContext, UnknownChoice } from "./run-context.ts";
import type { PersonAnswer, PersonQuestion } from "./ports.ts";
import { whenAborted } from "./when-aborted.ts";

/** What a person said, or what stood for their word. */
export type Answer =
  | { readonly kind: "yes" }
  | { readonly kind: "skip"; readonly by: string }
  | { readonly kind: "no"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "unavailable"; readonly reason: string }
  | { readonly kind: "interrupted" };

/** Asks whether a manual step is done; `--yes` says so for all of them. */
export function askManual(context: RunContext, step: PlannedManual): Promise<Answer> {
  return ask(context, {
    question: { kind: "manual", stepId: step.id, title: step.title, text: step.text },
    isAnswered: context.options.assumeYes,
    option: "--yes",
    need: `Step ${step.id} is done by a person`,
  });
}

/**
 * Asks for all the words that a command needs before it may run; yes at once where it needs none.
 *
 * A destructive step needs its own id typed, or `--allow destructive`; `--yes` is not enough. A step
 * with a question of its author's needs a yes, or `--yes`. One typed word answers both.
 */
export async function askPermission(context: RunContext, step: PlannedCommand): Promise<Answer> {
  const { confirm } = step.attributes;
  const { allowDestructive, assumeYes } = context.options;
  const isDestructive = step.risk.level === "destructive";
  const about = { stepId: step.id, title: step.title };
  if (isDestructive) {
    const answer = await ask(context, {
      question: { ...about, kind: "destructive", text: describeRisk(step), word: step.id },
      isAnswered: allowDestructive,
      option: "--allow destructive",
      need: `Step ${step.id} is destructive and needs a person's word`,
    });
    if (answer.kind !== "yes" || !allowDestructive) return answer;
  }
  if (confirm === undefined) return { kind: "yes" };
  return ask(context, {
    question: { ...about, kind: "confirm", text: confirm },
    isAnswered: assumeYes,
    option: "--yes",
    need: `Step ${step.id} asks before it runs`,
  });
}

function describeRisk(step: PlannedCommand): string {
  const confirm = step.attributes.confirm;
  return [
    `What this step does cannot be taken back${step.risk.reasons.length === 0 ? "." : ":"}`,
    ...step.risk.reasons.map((reason) => `- ${reason}`),
    `${runsWhere(step)}:`,
    ...step.script
      .trimEnd()
      .split("\n")
      .map((line) => `    ${line}`),
    ...(confirm === undefined ? [] : [confirm]),
  ].join("\n");
}

/** Whoever says yes must know to which machine. */
function runsWhere(step: PlannedCommand): string {
  const target = targetOf(step);
  return target === undefined ? "It runs" : `It runs on the target ${target}`;
}

/** Asks whether to roll back after a failure. */
export function askRollback(
  context: RunContext,
  failedStep: string,
  rollback: { readonly title: string; readonly stepCount: number },
): Promise<Answer> {
  return ask(context, {
    question: {
      kind: "rollback",
      title: rollback.title,
      text: `Step ${failedStep} failed. "${rollback.title}" takes back what was done, in ${rollback.stepCount} ${rollback.stepCount === 1 ? "step" : "steps"}. Run it now?`,
    },
    isAnswered: context.options.rollback === "auto",
    option: "--rollback auto",
    need: "Rolling back needs a person's word",
  });
}

/** Asks whether to go on after a step was cancelled. */
export function askAfterCancel(context: RunContext, stepId: string): Promise<Answer> {
  return ask(context, {
    question: {
      kind: "interrupted",
      stepId,
      title: "Go on?",
      text: `Step ${stepId} was cancelled. What it had done until then is still there. Go on with the next step?`,
    },
    isAnswered: false,
    option: "",
    need: `Step ${stepId} was cancelled, and whether to go on`,
  });
}

/** Asks what is to become of a step of which nobody knows how it ended: again, done, or stop. */
export function askUnknown(
  context: RunContext,
  step: PlannedStep,
  choice: UnknownChoice | undefined,
): Promise<Answer> {
  const what =
    step.kind === "command"
      ? `${runsWhere(step)}:\n${step.script
          .trimEnd()
          .split("\n")
          .map((line) => `    ${line}`)
          .join("\n")}`
      : step.text;
  return ask(context, {
    question: {
      kind: "unknown",
      stepId: step.id,
      title: step.title,
      text: `Whether step ${step.id} did its work is not known, since it was ended from outside. Look, before you answer.\n${what}`,
    },
    isAnswered: choice !== undefined,
    given: choice === "rerun" ? "yes" : choice === "done" ? "skip" : "no",
    option: choice === undefined ? "--unknown rerun|done|abort" : `--unknown ${choice}`,
    need: `How step ${step.id} ended is not known, and a person must decide`,
  });
}

/** The question whether to go on without a part of the shell's state. No I/O. */
export function questionOfLosses(losses: readonly string[]): PersonQuestion {
  return {
    kind: "lost",
    title: "Go on without it?",
    text: `${losses.join("\n")}\nThe next steps start from the state before that: perhaps in another directory.`,
  };
}

/**
 * Asks whether to go on without a part of the shell's state. No option answers that: in the wrong
 * directory a right command does harm.
 */
export function askLost(context: RunContext, losses: readonly string[]): Promise<Answer> {
  return ask(context, {
    question: questionOfLosses(losses),
    isAnswered: false,
    option: "",
    need: "A part of the shell's state is lost, and a person must decide",
  });
}

async function ask(
  context: RunContext,
  asked: {
    readonly question: PersonQuestion;
    /** An option of the command line is the answer. */
    readonly isAnswered: boolean;
    /** What it says; default: yes. */
    readonly given?: "yes" | "no" | "skip" | undefined;
    readonly option: string;
    readonly need: string;
  },
): Promise<Answer> {
  const { recorder, person, options } = context;
  const { question } = asked;
  const about = { stepId: question.stepId, question: `${question.title}\n${question.text}` };
  await recorder.record({ type: "question-asked", ...about });
  const said = person.answerBeforehand?.(question);
  if (said === undefined && asked.isAnswered) {
    const by = `${options.user} (${asked.option})`;
    const given = asked.given ?? "yes";
    await recorder.record({ type: "question-answered", ...about, answer: given, by });
    return toAnswer({ answer: given, by }, question);
  }
  const answer =
    said ??
    (await Promise.race([
      person.confirm(question, options.interrupted),
      whenAborted(options.interrupted),
    ]));
  if (answer === "interrupted") return { kind: "interrupted" };
  if (answer.answer === "unavailable") {
    const how = asked.option === "" ? "" : `, or pass ${asked.option}`;
    return {
      kind: "unavailable",
      reason: `${asked.need}, and nobody could be asked. Run it at a terminal${how}.`,
    };
  }
  const { by, note } = answer;
  const words = note === undefined ? answer.answer : `${answer.answer} (${note})`;
  await recorder.record({ type: "question-answered", ...about, answer: words, by });
  return toAnswer(answer, question);
}

function toAnswer(
  { answer, by, note }: Exclude<PersonAnswer, { readonly answer: "unavailable" }>,
  { title }: PersonQuestion,
): Answer {
  switch (answer) {
    case "yes":
      return { kind: "yes" };
    case "skip":
      return { kind: "skip", by };
    case "failed": {
      const why = note === undefined ? "" : `: ${note}`;
      return { kind: "failed", reason: `${by} said that it failed${why}.` };
    }
    case "no":
      return { kind: "no", reason: `${by} said no to "${title}".` };
  }
}
