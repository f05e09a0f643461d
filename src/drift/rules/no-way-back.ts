import { locateInCode } from "../../compile/locate-in-code.ts";
import type { CommandStep, Runbook, Step } from "../../model/runbook.ts";
import { keepsSomething } from "../keeping-commands.ts";
import { nameCommand } from "../name-command.ts";
import {
  listProcedures,
  wordsOfStep,
  type ListedProcedure,
  type ProcedureStep,
} from "../procedure-steps.ts";
import { speaksOfKeeping } from "../procedure-words.ts";
import { defineDocumentRule } from "../rule.ts";
import { findLosses } from "../step-effects.ts";

/** A command that loses data, with nothing kept before it. */
export const noWayBack = defineDocumentRule<{
  what: string;
  reason: string;
  procedure: string | undefined;
}>({
  code: "safety/no-way-back",
  severity: "warning",
  title: "Nothing is kept of what a command destroys",
  what: "A command of a strict runbook (`.mdx`) loses data, such as a database, a volume or commits, and none of these is there: an `undo` step, a step before it in its procedure or section that takes a backup or keeps a copy (by its command, id or title), an `onFailure` of the procedure. What comes back by itself (a pod, an image) is not meant.",
  why: "It will be run on the wrong target one day, or for the wrong reason. Then a copy of what was there decides whether that is a bad hour or a disaster.",
  remedy:
    "Put a step before it that keeps what is there now: a dump, a snapshot, a branch. Or name in `undo` the step that takes it back.",
  example: {
    language: "mdx",
    wrong: '```bash confirm="Drop it?"\ndropdb app\n```',
    right:
      '```bash title="Keep a copy"\npg_dump --format=custom --file=app.dump app\n```\n\n```bash confirm="Drop it?"\ndropdb app\n```',
  },
  check({ runbook, lines, isStrict }, report) {
    if (!isStrict) return;
    const lost = new Map<CommandStep, ReturnType<typeof findLosses>>();
    for (const step of runbook.steps) {
      if (step.kind !== "command" || !step.isRunnable) continue;
      const losses = findLosses(step);
      if (losses.length > 0 && step.attributes.undo === undefined) lost.set(step, losses);
    }
    if (lost.size === 0) return;
    const kept = findKept(runbook);
    const orders = listProcedures(runbook).map((listed) => ({
      ...listed,
      keepers: findKeepers(listed),
    }));
    for (const [step, [loss]] of lost) {
      if (loss === undefined || kept.has(step)) continue;
      if (keepsSomething(step, loss.range.start)) continue;
      const holding = orders.filter(({ places }) => places.has(step));
      const open = holding.find(({ procedure, places, keepers }) => {
        const place = places.get(step) ?? 0;
        const isKept = keepers.some(
          (keeper) => (places.get(keeper) ?? 0) < place && !areAlternatives(keeper, step),
        );
        return procedure.onFailure === undefined && !isKept;
      });
      if (holding.length > 0 && open === undefined) continue;
      const { start, end } = loss.range;
      const what = nameCommand(step.script, loss.range);
      const hasName = Object.keys(runbook.frontMatter.procedures ?? {}).length > 0;
      report(
        { what, reason: loss.text, procedure: hasName ? open?.procedure.name : undefined },
        locateInCode(step.script, step.codeSpan.start.line, start, end, lines),
      );
    }
  },
  message: ({ what, procedure }) =>
    `Nothing keeps what \`${what}\` destroys${procedure === undefined ? "" : `, in the procedure \`${procedure}\``}: no backup before it, no \`undo\`, no \`onFailure\`.`,
  hint: () =>
    "Put a step before it that keeps a copy, or name the step that takes it back: `undo=ID`.",
});

function keeps(step: ProcedureStep): boolean {
  if (step.kind !== "command") return speaksOfKeeping(wordsOfStep(step));
  return speaksOfKeeping(`${step.id}\n${step.title}`) || keepsSomething(step);
}

/** The first step that keeps something, for each choice under which there is one. */
function findKeepers({ steps }: ListedProcedure): readonly ProcedureStep[] {
  const first = new Map<string, ProcedureStep>();
  for (const step of steps) {
    if (!keeps(step)) continue;
    const key = [...choicesOf(step)].join("\n");
    if (!first.has(key)) first.set(key, step);
  }
  return [...first.values()];
}

/** True where no run goes through both: they are for different values of one input. */
function areAlternatives(one: ProcedureStep, other: ProcedureStep): boolean {
  const chosen = choicesOf(one);
  return [...choicesOf(other)].some(([name, value]) => (chosen.get(name) ?? value) !== value);
}

function choicesOf(step: ProcedureStep): ReadonlyMap<string, string> {
  const chosen = new Map<string, string>();
  if (!("conditions" in step)) return chosen;
  for (const { expression } of step.conditions) {
    if (expression.kind === "equals") chosen.set(expression.name, expression.value);
  }
  return chosen;
}

/** Steps before which something is kept in their own section. */
function findKept({ steps }: Runbook): ReadonlySet<Step> {
  const keepingSections = new Set<string | undefined>();
  const kept = new Set<Step>();
  for (const step of steps) {
    const section = step.sectionPath.at(-1);
    if (keepingSections.has(section)) kept.add(step);
    else if (keeps(step)) keepingSections.add(section);
  }
  return kept;
}
