import type { Runbook, Step } from "../../model/runbook.ts";
import { findNearest } from "../../parse/find-nearest.ts";
import type { CompileContext } from "../compile-context.ts";
import { choicesOf, findInput } from "../input-choices.ts";
import { namesInProbe } from "../fill-probe.ts";
import { comparisonsIn, namesInCondition } from "../read-condition.ts";
import type { DocumentRule } from "./rule.ts";

/**
 * Reports what steps and components name within their own runbook and it does not have: `undo`
 * steps, inputs of conditions and of probes, values that these cannot have, contracts.
 *
 * No I/O.
 */
export const checkReferences: DocumentRule = (runbook, context) => {
  checkUndoSteps(runbook, context);
  // What front matter that does not parse declares is unknown.
  if (context.isFrontMatterBroken) return;
  checkConditions(runbook, context);
  checkReadiness(runbook, context);
  checkContracts(runbook, context);
};

function checkUndoSteps({ steps }: Runbook, context: CompileContext): void {
  const ids = new Set(steps.map((step) => step.id));
  for (const step of steps) {
    const undo = step.kind === "command" ? step.attributes.undo : undefined;
    if (undo === undefined || ids.has(undo)) continue;
    const args = { id: undo, where: "`undo`", nearest: findNearest(undo, ids) };
    context.report("unknown-step", args, step.span);
  }
}

function checkConditions({ frontMatter, steps }: Runbook, context: CompileContext): void {
  const names = listValues({ frontMatter, steps });
  for (const { span, text, expression } of ownConditions(steps, context)) {
    for (const name of namesInCondition(expression)) {
      if (names.has(name)) continue;
      const args = { name, where: `\`${text}\``, nearest: findNearest(name, names) };
      context.report("unknown-input", args, span);
    }
    for (const { name, value } of comparisonsIn(expression)) {
      const choices = choicesOf(findInput(frontMatter.inputs, name));
      if (choices === undefined || value === "" || choices.includes(value)) continue;
      context.report("unknown-choice", { input: name, value, choices }, span);
    }
  }
}

/** A probe is made by the run and not by the shell: it knows no other variables. */
function checkReadiness({ frontMatter, steps }: Runbook, context: CompileContext): void {
  const names = listValues({ frontMatter, steps });
  for (const step of steps) {
    const { ready, env = {} } = step.kind === "command" ? step.attributes : {};
    if (ready === undefined) continue;
    for (const name of namesInProbe(ready)) {
      if (names.has(name) || Object.hasOwn(env, name)) continue;
      const args = { name, where: "`ready`", nearest: findNearest(name, names) };
      context.report("unknown-input", args, step.span);
    }
  }
}

/** Names of which a run knows the values: inputs, and what steps capture. */
function listValues({ frontMatter, steps }: Pick<Runbook, "frontMatter" | "steps">): Set<string> {
  const captures = steps.flatMap((step) =>
    step.kind === "command" ? (step.attributes.capture ?? []).map((capture) => capture.name) : [],
  );
  return new Set([...Object.keys(frontMatter.inputs ?? {}), ...captures]);
}

/** The conditions that steps were given, once for all commands of a transcript. */
function ownConditions(
  steps: readonly Step[],
  context: CompileContext,
): readonly (Step["conditions"][number] & { readonly span: Step["span"] })[] {
  const ofOptions = textsOfOptions(context);
  const own = steps.flatMap(({ conditions, span }) =>
    conditions.filter(({ text }) => !ofOptions.has(text)).map((one) => ({ ...one, span })),
  );
  return [...new Map(own.map((one) => [`${one.span.start.offset} ${one.text}`, one])).values()];
}

/** What options ask is told at their choice, and not again at each step in them. */
function textsOfOptions({ document: { blocks } }: CompileContext): ReadonlySet<string> {
  const texts = blocks.flatMap((option) => {
    const choice = blocks[option.within.at(-1) ?? -1];
    if (option.kind !== "component" || option.name !== "Option") return [];
    if (choice?.kind !== "component") return [];
    const value = String(option.attributes.get("value")?.value ?? "");
    return [`${String(choice.attributes.get("input")?.value ?? "")}=${value}`];
  });
  return new Set(texts);
}

function checkContracts({ frontMatter }: Runbook, context: CompileContext): void {
  const contracts = Object.keys(frontMatter.contracts ?? {});
  for (const block of context.document.blocks) {
    if (block.kind !== "component" || block.name !== "Contract") continue;
    const of = block.attributes.get("of");
    if (typeof of?.value !== "string" || contracts.includes(of.value)) continue;
    const nearest = findNearest(of.value, contracts);
    context.report("unknown-contract", { name: of.value, nearest }, of.span);
  }
}
