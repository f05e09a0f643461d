import type {
  ParsedBlock,
  ParsedComponent,
  ParsedFence,
  ParsedHeading,
  ParsedTask,
} from "../model/parsed-document.ts";
import type { OutputAttributes } from "../model/expectation.ts";
import type { Step, StepCondition } from "../model/runbook.ts";
import type { Span } from "../model/source.ts";
import { buildCommandSteps, isDoable } from "./build-command-steps.ts";
import type { CompileContext } from "./compile-context.ts";
import { outputLanguage, splitLanguage } from "./languages.ts";
import { readConditionAttribute } from "./read-condition-attribute.ts";
import { readExpectation } from "./read-expectation.ts";
import { createStepIds, type StepIds } from "./step-ids.ts";
import { outputAttributes, stepIdPattern, stepIdReason } from "./attribute-table.ts";
import { addExpectation } from "./add-expectation.ts";
import { readAttributes } from "./read-fence-attributes.ts";
import { baseId, placeTitle, type StepPlace } from "./step-place.ts";
import { tokeniseAttributes } from "./tokenise-attributes.ts";

/**
 * Decides what of a document is a step: command fences, transcripts, manual actions, includes, in
 * document order.
 *
 * This is the one place where that is decided; site and CLI both come here. `output` fences are
 * joined to the command before them. No I/O.
 */
export function buildSteps(context: CompileContext): readonly Step[] {
  const { blocks } = context.document;
  const ids = createStepIds(collectWrittenIds(blocks), context);
  const steps: Step[] = [];
  const headings: ParsedHeading[] = [];
  const tasksDoneByCommand = collectTasksDoneByCommand(blocks);
  let previous: ParsedBlock | undefined;

  for (const [index, block] of blocks.entries()) {
    const ancestors = block.within.map((at) => blocks[at]).filter((at) => at !== undefined);
    const place = placeOf(ancestors, headings, ids, context);
    switch (block.kind) {
      case "heading":
        while ((headings.at(-1)?.depth ?? 0) >= block.depth) headings.pop();
        headings.push(block);
        break;
      case "task":
        // A task that holds its command is done by running that command.
        if (!tasksDoneByCommand.has(index) && !place.isShownOnly)
          steps.push(taskStep(block, place));
        break;
      case "component":
        steps.push(...componentSteps(block, place, context));
        break;
      case "fence":
        if (splitLanguage(block.language ?? "").name === outputLanguage) {
          attachExpectation(block, previous, steps, context);
        } else {
          steps.push(...buildCommandSteps(block, place, context));
        }
        break;
    }
    previous = block;
  }
  return steps;
}

/** The tasks that hold a command of their own; what a task below them holds is that task's. */
function collectTasksDoneByCommand(blocks: readonly ParsedBlock[]): ReadonlySet<number> {
  const tasks = new Set<number>();
  for (const block of blocks) {
    if (block.kind !== "fence" || !isDoable(block)) continue;
    const task = block.within.findLast((at) => blocks[at]?.kind === "task");
    if (task !== undefined) tasks.add(task);
  }
  return tasks;
}

function collectWrittenIds(blocks: readonly ParsedBlock[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const block of blocks) {
    if (block.kind === "fence") {
      const own = tokeniseAttributes(block.meta).tokens.find((token) => token.name === "id")?.value;
      if (own !== undefined) ids.add(own);
    } else if (block.kind === "component") {
      const own = block.attributes.get("id")?.value;
      if (typeof own === "string") ids.add(own);
    }
  }
  return ids;
}

function placeOf(
  ancestors: readonly ParsedBlock[],
  headings: readonly ParsedHeading[],
  ids: StepIds,
  context: CompileContext,
): StepPlace {
  const conditions: StepCondition[] = [];
  let choice: ParsedComponent | undefined;
  for (const ancestor of ancestors) {
    if (ancestor.kind !== "component") continue;
    if (ancestor.name === "Choice") choice = ancestor;
    if (ancestor.name !== "Option" || choice === undefined) continue;
    const name = String(choice.attributes.get("input")?.value ?? "");
    const value = String(ancestor.attributes.get("value")?.value ?? "");
    conditions.push({ text: `${name}=${value}`, expression: { kind: "equals", name, value } });
  }
  const task = ancestors.findLast((ancestor) => ancestor.kind === "task");
  const manual = ancestors.find(
    (ancestor) => ancestor.kind === "component" && ancestor.name === "Manual",
  );
  if (manual?.kind === "component")
    conditions.push(...readConditionAttribute(manual, context, false));
  return {
    heading: headings.at(-1),
    sectionPath: headings.map((heading) => heading.slug),
    conditions,
    ids,
    taskTitle: task?.kind === "task" ? task.title : undefined,
    isShownOnly: manual !== undefined,
  };
}

function taskStep(task: ParsedTask, place: StepPlace): Step {
  const title = task.title === "" ? "(an empty task)" : task.title;
  return {
    kind: "manual",
    origin: "task",
    id: place.ids.next(undefined, baseId(place), task.span),
    title,
    text: task.text === "" ? title : task.text,
    sectionPath: place.sectionPath,
    conditions: place.conditions,
    span: task.span,
  };
}

function componentSteps(
  component: ParsedComponent,
  place: StepPlace,
  context: CompileContext,
): Step[] {
  if (component.name !== "Manual" && component.name !== "Include") return [];
  const attribute = (name: string): string | undefined => {
    const value = component.attributes.get(name)?.value;
    return value === undefined || typeof value === "boolean" ? undefined : String(value);
  };
  const id = attribute("id");
  const isId = id === undefined || stepIdPattern.test(id);
  if (id !== undefined && !isId) {
    const { span } = component.attributes.get("id") ?? component;
    context.report("invalid-step-id", { id, reason: stepIdReason }, span);
  }
  const shared = {
    id: place.ids.next(isId ? id : undefined, baseId(place), component.span),
    sectionPath: place.sectionPath,
    conditions: [...place.conditions, ...readConditionAttribute(component, context, true)],
    span: component.span,
  };
  if (component.name === "Manual") {
    const title = attribute("title") || placeTitle(place) || firstLine(component.text);
    if (component.text === "" && attribute("title") === undefined) {
      context.report(
        "component-without-content",
        { component: "Manual", reason: "it says nothing that a person could do" },
        component.span,
      );
    }
    return [
      { kind: "manual", origin: "component", title, text: component.text || title, ...shared },
    ];
  }
  const runbook = attribute("runbook") ?? "";
  const title = attribute("title") || placeTitle(place) || `Include ${runbook}`;
  return [
    {
      kind: "include",
      title,
      runbook,
      procedure: attribute("procedure"),
      section: attribute("section"),
      ...shared,
    },
  ];
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}

function attachExpectation(
  fence: ParsedFence,
  previous: ParsedBlock | undefined,
  steps: Step[],
  context: CompileContext,
): void {
  const last = steps.at(-1);
  const isBehindCommand =
    previous?.kind === "fence" &&
    last?.kind === "command" &&
    isSameSpan(last.span, previous.span) &&
    previous.within.join() === fence.within.join();
  if (!isBehindCommand) {
    context.report("output-without-command", {}, fence.span, context.isStrict ? undefined : "info");
    return;
  }
  const attributes: Partial<OutputAttributes> = readAttributes(fence, outputAttributes, context);
  const written = { text: fence.code, codeSpan: fence.codeSpan, attributes };
  steps[steps.length - 1] = addExpectation(last, readExpectation(written, context), context);
}

function isSameSpan(one: Span, other: Span): boolean {
  return one.start.offset === other.start.offset;
}
