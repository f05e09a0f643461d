import { findNearest } from "../../parse/find-nearest.ts";
import { namesInCondition } from "../read-condition.ts";
import type { DocumentRule } from "./rule.ts";

/**
 * Reports what steps and components name within their own runbook and it does not have: `undo`
 * steps, `stop` steps, inputs of conditions and choices, contracts.
 *
 * No I/O.
 */
export const checkReferences: DocumentRule = (runbook, context) => {
  const ids = new Set(runbook.steps.map((step) => step.id));
  const inputs = runbook.frontMatter.inputs ?? {};
  const captures = runbook.steps.flatMap((step) =>
    step.kind === "command" ? (step.attributes.capture ?? []).map((capture) => capture.name) : [],
  );
  const names = new Set([...Object.keys(inputs), ...captures]);
  for (const step of runbook.steps) {
    if (
      step.kind === "command" &&
      step.attributes.undo !== undefined &&
      !ids.has(step.attributes.undo)
    ) {
      const { undo } = step.attributes;
      context.report(
        "unknown-step",
        { id: undo, where: "`undo`", nearest: findNearest(undo, ids) },
        step.span,
      );
    }
    for (const condition of step.conditions) {
      for (const name of namesInCondition(condition.expression)) {
        if (names.has(name) || context.isFrontMatterBroken) continue;
        const nearest = findNearest(name, names);
        context.report(
          "unknown-input",
          { name, where: `\`${condition.text}\``, nearest },
          step.span,
        );
      }
    }
  }
  for (const block of context.document.blocks) {
    if (block.kind !== "component" || block.name !== "Contract" || context.isFrontMatterBroken)
      continue;
    const of = block.attributes.get("of");
    const contracts = Object.keys(runbook.frontMatter.contracts ?? {});
    if (typeof of?.value !== "string" || contracts.includes(of.value)) continue;
    context.report(
      "unknown-contract",
      { name: of.value, nearest: findNearest(of.value, contracts) },
      of.span,
    );
  }
};
