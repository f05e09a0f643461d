import type { Expectation } from "../../model/expectation.ts";
import type { CommandStep, IncludeStep, Runbook, Step } from "../../model/runbook.ts";
import { parseDurationMs } from "../../parse/parse-duration.ts";
import { targetOf } from "../../plan/target-of.ts";
import { describeExpectation } from "../../report/describe-expectation.ts";
import { explainMatchers } from "../../report/explain-matchers.ts";
import { escapeControlCharacters } from "../../report/sanitise-terminal-text.ts";
import type { StepVerification } from "../overview/project-overview.ts";
import { buildScriptTokens, type HighlightCode } from "./build-code-tokens.ts";
import { describeCommand } from "./describe-command.ts";
import { outlineProcedure, type OutlineContext } from "./outline-procedure.ts";
import { quoteTarget } from "./quote-target.ts";
import {
  stepAnchor,
  type OutlineItem,
  type PageCommand,
  type PageExpectation,
  type PageInclude,
  type PageProblem,
  type PageStep,
} from "./runbook-page.ts";
import { runbookHref } from "./site-links.ts";

/** What steps are made from, and what is known of them. */
export interface StepContext extends OutlineContext {
  readonly highlight: HighlightCode;
  /** When each command of a runbook passed, by step's id. */
  readonly verificationOf: (runbook: Runbook) => ReadonlyMap<string, StepVerification>;
}

/**
 * Makes each step of a runbook ready to be shown, in document order; `problems` stand at the step in
 * whose lines they are.
 *
 * Characters that could deceive are made visible in every text, the script included. No I/O.
 */
export function buildPageSteps(
  runbook: Runbook,
  context: StepContext,
  problems: readonly PageProblem[],
): ReadonlyMap<string, PageStep> {
  const builder = createStepBuilder(runbook, context, false);
  return new Map(
    runbook.steps.map((step) => {
      const own = problems.filter((problem) => isAtStep(problem, step));
      return [step.id, { ...builder(step), problems: own }];
    }),
  );
}

/** Whether a problem's line is one of a step's own. No I/O. */
export function isAtStep({ line }: PageProblem, { span }: Step): boolean {
  return line !== undefined && line >= span.start.line && line <= span.end.line;
}

/** `isIncluded` steps stand on another runbook's page: what they include themselves is linked alone. */
function createStepBuilder(
  runbook: Runbook,
  context: StepContext,
  isIncluded: boolean,
): (step: Step) => PageStep {
  const setting: StepSetting = {
    runbook,
    context,
    isIncluded,
    // Only its own inputs are in the form of a page.
    inputs: new Set(isIncluded ? [] : Object.keys(runbook.frontMatter.inputs ?? {})),
    verifications: context.verificationOf(runbook),
  };
  return (step) => buildPageStep(step, setting);
}

interface StepSetting {
  readonly runbook: Runbook;
  readonly context: StepContext;
  readonly isIncluded: boolean;
  readonly inputs: ReadonlySet<string>;
  readonly verifications: ReadonlyMap<string, StepVerification>;
}

function buildPageStep(step: Step, setting: StepSetting): PageStep {
  switch (step.kind) {
    case "manual":
      return {
        ...sharedOf(step),
        kind: "manual",
        text: escapeControlCharacters(step.text),
        origin: step.origin,
      };
    case "include":
      return buildInclude(step, setting);
    case "command":
      return buildCommand(step, setting);
  }
}

function sharedOf(
  step: Step,
): Pick<PageStep, "id" | "anchor" | "title" | "conditions" | "line" | "problems"> {
  return {
    id: step.id,
    anchor: stepAnchor(step.id),
    title: escapeControlCharacters(step.title),
    conditions: step.conditions.map(({ text }) => escapeControlCharacters(text)),
    line: step.span.start.line,
    problems: [],
  };
}

function buildCommand(step: CommandStep, setting: StepSetting): PageCommand {
  const { runbook, context } = setting;
  const { attributes, script, expectation } = step;
  const shown = escapeControlCharacters(script);
  const undone = runbook.steps.find(({ id }) => id === attributes.undo);
  const target = targetOf(step);
  const reasons = step.risk.reasons.filter(({ level }) => level !== "safe");
  return {
    ...sharedOf(step),
    kind: "command",
    language: step.language,
    script: shown,
    tokens: buildScriptTokens(step, setting.inputs, context.highlight),
    os: attributes.os ?? [],
    target: target && escapeControlCharacters(target),
    verification: setting.verifications.get(step.id),
    isRunnable: step.isRunnable,
    isCheck: attributes.check === true,
    risk: step.risk.level,
    reasons: [...new Set(reasons.map(({ text }) => escapeControlCharacters(text)))],
    question:
      attributes.confirm === undefined ? undefined : escapeControlCharacters(attributes.confirm),
    facts: describeCommand(attributes, timeoutOf(step, runbook)).map(escapeControlCharacters),
    undo:
      undone === undefined
        ? undefined
        : { title: escapeControlCharacters(undone.title), anchor: stepAnchor(undone.id) },
    expectation: expectation && buildExpectation(expectation),
    blanks: [...new Set(step.blanks.map(({ text }) => escapeControlCharacters(text)))],
    invisible: findInvisible(script, shown),
    cli: step.isRunnable ? commandLineFor(step, runbook) : undefined,
  };
}

function buildExpectation(expectation: Expectation): PageExpectation {
  const { place, what } = describeExpectation(expectation);
  return {
    text: escapeControlCharacters(expectation.text),
    heading: `${place === "" ? "" : ` ${place}`}: ${what}`,
    matchers: explainMatchers(expectation).map(({ sign, meaning }) => ({
      sign: escapeControlCharacters(sign),
      meaning,
    })),
  };
}

function timeoutOf(step: CommandStep, { frontMatter }: Runbook): number | undefined {
  if (step.attributes.timeoutMs !== undefined) return step.attributes.timeoutMs;
  return frontMatter.timeout === undefined ? undefined : parseDurationMs(frontMatter.timeout);
}

/**
 * The command line for one step. A section comes before a step of the same name, so where the
 * section holds more, the step is named again.
 */
function commandLineFor(step: Step, runbook: Runbook): string {
  const target = `opswright run ${quoteTarget(`${runbook.id}#${step.id}`)}`;
  const section = runbook.sections.find(({ id }) => id === step.id);
  const inSection = runbook.steps.filter(
    (one) =>
      one.sectionPath.includes(step.id) &&
      one.id !== step.id &&
      (one.kind !== "command" || one.isRunnable),
  );
  return section === undefined || inSection.length === 0
    ? target
    : `${target} --only ${quoteTarget(step.id)}`;
}

function buildInclude(step: IncludeStep, setting: StepSetting): PageInclude {
  const { runbook, context, isIncluded } = setting;
  const included = context.runbooks.get(step.runbook)?.value;
  const target = `${step.runbook}${step.procedure === undefined ? "" : `:${step.procedure}`}${
    step.section === undefined ? "" : `#${step.section}`
  }`;
  const fragment = step.section === undefined ? "" : `#${encodeURIComponent(step.section)}`;
  const steps = included === undefined ? [] : outlineInclude(step, included, runbook, context);
  return {
    ...sharedOf(step),
    kind: "include",
    target: escapeControlCharacters(target),
    href:
      included === undefined ? undefined : `${runbookHref(context.base, included.id)}${fragment}`,
    steps,
    included:
      included === undefined || isIncluded
        ? new Map()
        : buildIncluded(steps, included, createStepBuilder(included, context, true)),
    of: included === undefined ? undefined : escapeControlCharacters(included.title),
    cli: commandLineFor(step, runbook),
  };
}

/** The steps that an outline names, in its runbook's order. */
function buildIncluded(
  items: readonly OutlineItem[],
  included: Runbook,
  build: (step: Step) => PageStep,
): ReadonlyMap<string, PageStep> {
  const named = new Set(listSteps(items));
  const steps = included.steps.filter(({ id }) => named.has(id));
  return new Map(steps.map((step) => [step.id, build(step)]));
}

function listSteps(items: readonly OutlineItem[]): readonly string[] {
  return items.flatMap((item) => {
    if (item.kind === "step") return [item.id];
    if (item.kind === "group") return listSteps(item.items);
    return item.options.flatMap((option) => listSteps(option.items));
  });
}

function outlineInclude(
  step: IncludeStep,
  included: Runbook,
  pageOf: Runbook,
  context: OutlineContext,
): readonly OutlineItem[] {
  const procedure =
    step.procedure === undefined
      ? included.procedures[0]
      : included.procedures.find(({ name }) => name === step.procedure);
  if (procedure === undefined) return [];
  const { section } = step;
  const entries =
    section === undefined ? procedure.entries : [{ kind: "section", id: section } as const];
  return outlineProcedure({ ...procedure, entries }, included, pageOf, context);
}

/** Names what `shown` had to make visible: `U+202E`. */
function findInvisible(script: string, shown: string): readonly string[] {
  if (script === shown) return [];
  const found = Array.from(script).filter(
    (character) => escapeControlCharacters(character) !== character,
  );
  const names = found.map(
    (character) =>
      `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
  return [...new Set(names)];
}
