import { kindOf } from "../model/diagnostic-rules.ts";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { Plan, PlannedStep } from "../model/plan.ts";
import type { ProcedureItem, Runbook, Step } from "../model/runbook.ts";
import type { TargetAddress, TargetDefinitions } from "../model/target.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import {
  bindInputs,
  collectInputs,
  collectRunbooks,
  describeInputs,
  isRequired,
  type Binding,
} from "./bind-inputs.ts";
import { checkStep } from "./check-step.ts";
import { collectTargets } from "./collect-targets.ts";
import { collectContracts, collectTools, collectUnknowns } from "./collect-needs.ts";
import { digestPlan } from "./digest-plan.ts";
import { expandSteps, type Expansion, type SelectedStep } from "./expand-steps.ts";
import { mentionsName } from "./mentions-name.ts";
import { planStep } from "./plan-step.ts";
import { resolveTarget, type ResolvedTarget } from "./resolve-target.ts";
import { selectSteps, type StepSelection } from "./select-steps.ts";
import { targetOf } from "./target-of.ts";

/** What is to be planned, with all that a plan is made of. */
export interface PlanRequest {
  /** `deployment`, `deployment:rollback` or `deployment#push`. */
  readonly target: string;
  readonly runbooks: ReadonlyMap<string, Checked<Runbook>>;
  /** Given values by input; secrets among them stay out of the plan. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly selection: StepSelection;
  /** Where steps can run beside this machine; default: nowhere. */
  readonly targets?: TargetDefinitions | undefined;
  /** True in a drill: a secret has the value that is given, and is read from nowhere else. */
  readonly isRehearsal?: boolean | undefined;
}

/**
 * Plans a target: binds its inputs, resolves its includes and choices, and checks each selected
 * step.
 *
 * There is a value wherever the target resolves; it may be run only where no diagnostic is an
 * error. A runbook is judged by the steps that are selected: a blank in another block of it does
 * not count. No I/O.
 */
export function planTarget(request: PlanRequest): Checked<Plan> {
  const resolved = resolveTarget(request.target, request.runbooks);
  return resolved.value === undefined
    ? { diagnostics: resolved.diagnostics }
    : planResolved(resolved.value, request);
}

/** Plans what has been found already, as `planTarget` does; `request.target` is its name alone. No I/O. */
export function planResolved(target: ResolvedTarget, request: PlanRequest): Checked<Plan> {
  const { runbook } = target;
  const definitions = collectInputs(runbook, request.runbooks);
  const binding = bindInputs(definitions, request.inputs, request.isRehearsal);
  const main = expand(target.items, runbook, request, binding);
  const selected = selectSteps(main.steps, request.selection);
  const steps = selected.value ?? [];
  const undo = findUndoSteps(steps);
  const rollback = expandOnFailure(target, request, binding);
  const all = [...steps, ...undo, ...(rollback?.expansion.steps ?? [])];
  const wanted = findWantedInputs(
    all,
    [main, ...(rollback === undefined ? [] : [rollback.expansion])],
    binding,
    collectRunbooks(runbook, request.runbooks).flatMap((one) => one.steps),
    // Steps named one by one and found need no answer that chooses between others.
    request.selection.only.length > 0 && selected.diagnostics.length === 0,
  );
  const targets = collectTargets(all, request.targets ?? {}, binding);
  const parts = {
    selected: steps,
    undo,
    rollback,
    main,
    targets: targets.value ?? [],
    wanted: new Set(wanted.keys()),
  };
  const plan = assemblePlan(request, target, binding, parts);
  return {
    value: plan,
    diagnostics: [
      ...binding.diagnostics,
      ...selected.diagnostics,
      ...judgeProblems(
        [...target.problems, ...main.diagnostics, ...(rollback?.expansion.diagnostics ?? [])],
        all,
      ),
      ...findMissingInputs(wanted, binding),
      ...all.flatMap(checkStep),
      ...targets.diagnostics,
      ...(steps.length === 0
        ? [makeDiagnostic("no-steps", { target: request.target }, { path: runbook.path })]
        : []),
    ],
  };
}

function expand(
  items: readonly ProcedureItem[],
  runbook: Runbook,
  request: PlanRequest,
  binding: Binding,
): Expansion {
  // Where one cannot be read the run does not begin: to who asks whether it is set, it is.
  const read = Array.from(binding.sources.keys(), (name) => [name, "read"] as const);
  const values = new Map([...read, ...binding.values]);
  return expandSteps(items, runbook, request.runbooks, values);
}

interface Rollback {
  readonly procedure: string;
  readonly title: string;
  readonly expansion: Expansion;
}

function expandOnFailure(
  target: ResolvedTarget,
  request: PlanRequest,
  binding: Binding,
): Rollback | undefined {
  const name = target.procedure?.onFailure;
  const procedure = target.runbook.procedures.find((one) => one.name === name);
  if (procedure === undefined) return undefined;
  const expansion = expand(procedure.entries, target.runbook, request, binding);
  return { procedure: procedure.name, title: procedure.title, expansion };
}

interface PlannedParts {
  readonly selected: readonly SelectedStep[];
  readonly undo: readonly SelectedStep[];
  readonly rollback: Rollback | undefined;
  readonly main: Expansion;
  readonly targets: readonly TargetAddress[];
  /** Inputs without a value that must have one. */
  readonly wanted: ReadonlySet<string>;
}

/** The steps that take selected ones back; one that has none of that name is the rules' to report. */
function findUndoSteps(selected: readonly SelectedStep[]): readonly SelectedStep[] {
  const found = new Map<string, SelectedStep>();
  for (const { id, step, runbook, through } of selected) {
    const name = step.kind === "command" ? step.attributes.undo : undefined;
    const undo = name === undefined ? undefined : runbook.steps.find((one) => one.id === name);
    if (undo === undefined || undo.kind === "include") continue;
    const undoId = [...id.split("/").slice(0, -1), undo.id].join("/");
    found.set(undoId, { id: undoId, step: undo, runbook, through, conditions: [] });
  }
  return [...found.values()];
}

function assemblePlan(
  request: PlanRequest,
  target: ResolvedTarget,
  binding: Binding,
  { selected, undo, rollback, main, targets, wanted }: PlannedParts,
): Plan {
  const { runbook, procedure } = target;
  const steps = selected.map((step, index) => planStep(step, index + 1));
  const rollbackSteps =
    rollback?.expansion.steps.map((step, index) => planStep(step, index + 1)) ?? [];
  const undoSteps = undo.map((step, index) => planStep(step, index + 1));
  const runbooks = new Set([...main.runbooks, ...(rollback?.expansion.runbooks ?? [])]);
  const allSteps: readonly PlannedStep[] = [...steps, ...undoSteps, ...rollbackSteps];
  const functions = new Set(
    [...selected, ...undo, ...(rollback?.expansion.steps ?? [])].flatMap(namesDefined),
  );
  const needsOn = (name: string | undefined): ReturnType<typeof collectTools> =>
    collectTools(
      allSteps.filter((step) => targetOf(step) === name),
      runbooks,
      functions,
    );
  const { tools, installed } = needsOn(undefined);
  const inputs = describeInputs(binding, request.inputs, wanted);
  const contracts = collectContracts(runbook, procedure, main.included, steps);
  const plan: Omit<Plan, "digest"> = {
    schemaVersion: 1,
    target: request.target,
    runbook: runbook.id,
    procedure: procedure?.name,
    title: target.title,
    inputs,
    steps,
    undo: undoSteps.length === 0 ? undefined : undoSteps,
    onFailure:
      rollback === undefined
        ? undefined
        : { procedure: rollback.procedure, title: rollback.title, steps: rollbackSteps },
    targets:
      targets.length === 0
        ? undefined
        : targets.map((one) => ({ ...one, tools: needsOn(one.name).tools })),
    tools,
    contracts,
    unknowns: collectUnknowns(allSteps, installed, inputs),
  };
  return { ...plan, digest: digestPlan(plan) };
}

function namesDefined({ step }: SelectedStep): readonly string[] {
  return step.kind === "command" ? (step.shell?.functions ?? []) : [];
}

/**
 * A document that is not valid cannot be trusted in any part; findings count where they lie in a
 * selected step.
 */
function judgeProblems(
  problems: readonly Diagnostic[],
  selected: readonly SelectedStep[],
): readonly Diagnostic[] {
  return [...new Set(problems)].filter((problem) => {
    if (problem.severity === "info" || problem.code === "placeholder") return false;
    if (kindOf(problem.code) === "invalid") return true;
    return selected.some(({ step, runbook }) => {
      const at = problem.span?.start.offset ?? -1;
      const { start, end } = step.kind === "command" ? step.codeSpan : step.span;
      return runbook.path === problem.path && at >= start.offset && at <= end.offset;
    });
  });
}

/** Why an input that has no value must have one. */
type Want =
  /** A choice or a comparison asks for it, which decides what the plan holds. */
  | "choice"
  /** A selected step reads it, or its runbook says that it is always needed. */
  | "step";

/**
 * An input without a value is wanted where a selected step reads it, or a choice asks about it; one that
 * none of `steps`, all of the runbooks, names at all is always wanted when it is required.
 */
function findWantedInputs(
  selected: readonly SelectedStep[],
  expansions: readonly Expansion[],
  binding: Binding,
  steps: readonly Step[],
  isPicked: boolean,
): ReadonlyMap<string, Want> {
  const asked = new Set(isPicked ? [] : expansions.flatMap((expansion) => [...expansion.asked]));
  const tested = new Set(isPicked ? [] : expansions.flatMap((expansion) => [...expansion.tested]));
  const failed = new Set(
    binding.diagnostics.flatMap(({ code, args }) => (code === "input-value" ? [args.name] : [])),
  );
  const wanted = [...binding.definitions].flatMap(([name, definition]): [string, Want][] => {
    if (binding.values.has(name) || failed.has(name)) return [];
    if (asked.has(name)) return [[name, "choice"]];
    if (!isRequired(definition)) return [];
    const isWanted =
      tested.has(name) ||
      selected.some(({ step }) => mentionsName(step, name)) ||
      !steps.some((step) => mentionsName(step, name));
    return isWanted ? [[name, "step"]] : [];
  });
  return new Map(wanted);
}

/** What a choice asks for must be known before the run; all else may have a source that is read then. */
function findMissingInputs(
  wanted: ReadonlyMap<string, Want>,
  { definitions, sources }: Binding,
): readonly Diagnostic[] {
  return [...wanted].flatMap(([name, want]) => {
    const { description = "" } = definitions.get(name) ?? {};
    if (!sources.has(name)) return [makeDiagnostic("missing-input", { name, description })];
    if (want === "step") return [];
    const reason = "a choice asks for it, which is made before it is read from its source";
    return [makeDiagnostic("missing-input", { name, description: reason })];
  });
}
