import { isUndoStep } from "../compile/steps-of-section.ts";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { Refusal, RefusalKind } from "../model/document-test.ts";
import type { InputDefinition } from "../model/front-matter.ts";
import type { Plan, PlannedStep } from "../model/plan.ts";
import type { CommandStep, ProcedureItem, Runbook } from "../model/runbook.ts";
import { findNearest } from "../parse/find-nearest.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import { collectInputs } from "./bind-inputs.ts";
import { planResolved } from "./plan-target.ts";
import { destroysBelowFolder, leavesFolder } from "./stays-in-folder.ts";
import { targetOf } from "./target-of.ts";

/** What of a document is to be tested, and with what. */
export interface DocumentPlanRequest {
  readonly document: Checked<Runbook> & { readonly value: Runbook };
  /** What the document may include, by id. */
  readonly runbooks: ReadonlyMap<string, Checked<Runbook>>;
  /** The id of a section or a step; absent: the whole document. */
  readonly part?: string | undefined;
  /** Given values of inputs; those that the document does not declare are left aside. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Variables of the test's environment that can be the value of an input. */
  readonly provided: ReadonlyMap<string, string>;
  /** What is run although it is refused otherwise; of `manual`, the rest of the document. */
  readonly allowed: ReadonlySet<RefusalKind>;
  /** The time limit of a step that has none. */
  readonly timeoutMs: number;
}

/** A document as it would be tested. */
export interface PlannedDocument {
  /** Absent where the part is not in the document, which is told as a problem. */
  readonly plan?: Plan | undefined;
  /** Errors alone; that no step is there is none of them. */
  readonly problems: readonly Diagnostic[];
  /** Where one is there, nothing of the document is run. */
  readonly refusals: readonly Refusal[];
  /** Values of its inputs that are known, those of secrets included. */
  readonly values: ReadonlyMap<string, string>;
}

/**
 * Plans a document as a test: all of its steps in their order, whatever its procedures say, but for
 * those that take others back.
 *
 * An input has the given value, else a variable of the environment that was given by name, else its
 * default, else its example. A secret is read from nowhere. A step that fails stops none behind it.
 * No I/O.
 */
export function planDocument(request: DocumentPlanRequest): PlannedDocument {
  const { document, part, runbooks } = request;
  const { value: runbook, diagnostics: problems } = document;
  const found = findPart(runbook, part);
  if (found === undefined) {
    return { problems: [describeUnknown(runbook, part)], refusals: [], values: new Map() };
  }
  const definitions = collectInputs(runbook, runbooks);
  const values = bindValues(definitions, request);
  const checked = planResolved(
    { runbook, problems, ...found },
    {
      target: part === undefined ? runbook.path : `${runbook.path}#${part}`,
      runbooks,
      inputs: values,
      selection: { only: [], skip: [] },
      isRehearsal: true,
    },
  );
  if (checked.value === undefined) throw new Error("what was found can be planned");
  const plan = checked.value;
  const refusals = listRefusals(plan, request);
  return {
    plan: makeTest(plan, request),
    problems: checked.diagnostics.filter(
      (one) =>
        one.severity === "error" &&
        one.code !== "no-steps" &&
        !(one.code === "undeclared-variable" && request.provided.has(one.args.name)),
    ),
    refusals,
    values: new Map([...defaultsOf(definitions), ...values]),
  };
}

function findPart(
  runbook: Runbook,
  part: string | undefined,
): { readonly title: string; readonly items: readonly ProcedureItem[] } | undefined {
  const { title, steps, sections } = runbook;
  if (part === undefined) {
    const done = steps.filter((step) => !isUndoStep(step, steps));
    return { title, items: done.map(({ id }) => ({ kind: "step", id })) };
  }
  const section = sections.find(({ id }) => id === part);
  if (section !== undefined) {
    return { title: section.title, items: [{ kind: "section", id: part }] };
  }
  const step = steps.find(({ id }) => id === part);
  return step && { title: step.title, items: [{ kind: "step", id: part }] };
}

function describeUnknown({ path, sections, steps }: Runbook, part = ""): Diagnostic {
  const nearest = findNearest(
    part,
    [...sections, ...steps].map(({ id }) => id),
  );
  return makeDiagnostic("unknown-target", {
    target: `${path}#${part}`,
    nearest: nearest === undefined ? [] : [`${path}#${nearest}`],
  });
}

function bindValues(
  definitions: ReadonlyMap<string, InputDefinition>,
  { inputs, provided }: DocumentPlanRequest,
): ReadonlyMap<string, string> {
  return new Map(
    [...definitions].flatMap(([name, { default: fallback, example }]) => {
      const given = inputs.get(name) ?? provided.get(name);
      if (given !== undefined) return [[name, given] as const];
      return fallback === undefined && example !== undefined
        ? [[name, String(example)] as const]
        : [];
    }),
  );
}

function defaultsOf(
  definitions: ReadonlyMap<string, InputDefinition>,
): readonly (readonly [string, string])[] {
  return [...definitions].flatMap(([name, { default: value }]) => {
    if (value === undefined) return [];
    return [[name, Array.isArray(value) ? value.join(",") : String(value)] as const];
  });
}

function makeTest(plan: Plan, { allowed, timeoutMs }: DocumentPlanRequest): Plan {
  const steps = plan.steps
    .filter((step) => !(allowed.has("manual") && needsPerson(step)))
    .map((step, index): PlannedStep => {
      if (step.kind === "manual") return { ...step, number: index + 1 };
      return {
        ...step,
        number: index + 1,
        timeoutMs: step.timeoutMs ?? timeoutMs,
        attributes: { ...step.attributes, continueOnError: true },
      };
    });
  // Nothing is rolled back: the folder goes, whatever happened.
  return { ...plan, steps, undo: undefined, onFailure: undefined };
}

function needsPerson(step: PlannedStep): boolean {
  return step.kind === "manual" || step.attributes.interactive === true;
}

function listRefusals(plan: Plan, request: DocumentPlanRequest): readonly Refusal[] {
  const { allowed, runbooks, document } = request;
  const commands = findCommands(plan, (id) =>
    id === document.value.id ? document.value : runbooks.get(id)?.value,
  );
  const isInFolder = ![...commands.values()].some(leavesFolder);
  return plan.steps.flatMap((step): Refusal[] => {
    const refuse = (kind: RefusalKind, text: string): Refusal[] =>
      allowed.has(kind) ? [] : [{ kind, stepId: step.id, path: step.path, line: step.line, text }];
    if (step.kind === "manual") return refuse("manual", "it is done by a person");
    const { interactive, confirm } = step.attributes;
    const target = targetOf(step);
    if (target !== undefined) return refuse("target", `it runs on the target ${target}`);
    if (interactive === true) {
      return allowed.has("manual") ? [] : refuse("interactive", "it needs a person's terminal");
    }
    const found = commands.get(step.id);
    const isContained = isInFolder && found !== undefined && destroysBelowFolder(found);
    return [
      ...(step.risk.level === "destructive" && !isContained
        ? refuse("destructive", found === undefined ? "" : describeRisk(found))
        : []),
      ...(confirm === undefined ? [] : refuse("confirm", `it asks before: ${confirm}`)),
    ];
  });
}

/** The commands of a plan as their documents have them, by the plan's own ids. */
function findCommands(
  plan: Plan,
  findDocument: (id: string) => Runbook | undefined,
): ReadonlyMap<string, CommandStep> {
  const byDocument = new Map<string, ReadonlyMap<string, CommandStep>>();
  const commandsOf = (id: string): ReadonlyMap<string, CommandStep> => {
    const known = byDocument.get(id);
    if (known !== undefined) return known;
    const { steps = [] } = findDocument(id) ?? {};
    const commands = new Map(
      steps.flatMap((step) => (step.kind === "command" ? [[step.id, step] as const] : [])),
    );
    byDocument.set(id, commands);
    return commands;
  };
  return new Map(
    plan.steps.flatMap(({ id, runbook }) => {
      // Ids of includes stand before it.
      const found = commandsOf(runbook).get(id.split("/").at(-1) ?? id);
      return found === undefined ? [] : [[id, found] as const];
    }),
  );
}

function describeRisk({ risk }: CommandStep): string {
  const reason = risk.reasons.find(({ level }) => level === "destructive");
  return reason?.text ?? "its author says that it destroys";
}
