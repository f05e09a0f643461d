import type { FrontMatter } from "../../model/front-matter.ts";
import type { ParsedBlock, ParsedComponent } from "../../model/parsed-document.ts";
import type { Span } from "../../model/source.ts";
import { findNearest } from "../../parse/find-nearest.ts";
import type { CompileContext } from "../compile-context.ts";
import { components } from "../component-table.ts";
import { choicesOf, findInput } from "../input-choices.ts";
import type { DocumentRule } from "./rule.ts";

/**
 * Reports components that the format does not know, attributes that they do not have or lack, and
 * choices and options out of their place.
 *
 * No I/O.
 */
export const checkComponents: DocumentRule = (runbook, context) => {
  const { blocks } = context.document;
  for (const [index, block] of blocks.entries()) {
    if (block.kind !== "component") continue;
    const rule = components.get(block.name);
    if (rule === undefined) {
      const nearest = findNearest(block.name, components.keys());
      context.report("unknown-component", { name: block.name, nearest }, openingOf(block, context));
      continue;
    }
    const known = [...rule.required, ...rule.optional];
    for (const [name, attribute] of block.attributes) {
      if (known.includes(name)) {
        // A name alone says nothing, and acting as if it were not there could do something else.
        if (typeof attribute.value === "boolean" && !rule.required.includes(name)) {
          const args = { name, component: block.name };
          context.report("missing-component-attribute", args, attribute.span);
        }
        continue;
      }
      const args = { name, component: block.name, nearest: findNearest(name, known) };
      context.report("unknown-component-attribute", args, attribute.span);
    }
    for (const name of rule.required) {
      const value = block.attributes.get(name)?.value;
      if (value === undefined || value === true || value === "") {
        context.report(
          "missing-component-attribute",
          { name, component: block.name },
          openingOf(block, context),
        );
      }
    }
    if (block.name === "Choice")
      checkChoice(block, index, runbook.frontMatter.inputs ?? {}, context);
    if (block.name === "Option" && parentOf(block, context)?.name !== "Choice") {
      const reason = "an option stands directly inside a `<Choice>`";
      context.report(
        "component-without-content",
        { component: "Option", reason },
        openingOf(block, context),
      );
    }
  }
};

function checkChoice(
  choice: ParsedComponent,
  index: number,
  inputs: NonNullable<FrontMatter["inputs"]>,
  context: CompileContext,
): void {
  checkContent(choice, index, context);
  const input = choice.attributes.get("input");
  if (typeof input?.value !== "string") return;
  const name = input.value;
  const definition = findInput(inputs, name);
  if (definition === undefined) {
    if (context.isFrontMatterBroken) return;
    const nearest = findNearest(name, Object.keys(inputs));
    context.report("unknown-input", { name, where: "`<Choice>`", nearest }, input.span);
    return;
  }
  const options = context.document.blocks.filter(
    (block): block is ParsedComponent =>
      block.kind === "component" && block.name === "Option" && block.within.at(-1) === index,
  );
  const values = options.map((option) => String(option.attributes.get("value")?.value ?? ""));
  const choices = choicesOf(definition);
  for (const [at, value] of values.entries()) {
    if (choices === undefined || choices.includes(value)) continue;
    const span = options[at]?.attributes.get("value")?.span;
    context.report("unknown-choice", { input: name, value, choices }, span);
  }
  for (const value of choices ?? []) {
    if (!values.includes(value))
      context.report("missing-choice", { input: name, value }, openingOf(choice, context));
  }
}

/** Whatever stands in a choice and in none of its options would be run in any case. */
function checkContent(choice: ParsedComponent, index: number, context: CompileContext): void {
  const own = context.document.blocks.filter((block) => block.within.at(-1) === index);
  const isOption = (block: ParsedBlock): boolean =>
    block.kind === "component" && block.name === "Option";
  const report = (reason: string, span: Span): void => {
    context.report("component-without-content", { component: "Choice", reason }, span);
  };
  if (!own.some(isOption)) report("it holds no `<Option>`", openingOf(choice, context));
  for (const block of own) {
    if (!isOption(block))
      report("all that is in it stands in an `<Option>`", openingOf(block, context));
  }
}

function parentOf(
  block: ParsedComponent,
  { document }: CompileContext,
): ParsedComponent | undefined {
  const parent = document.blocks[block.within.at(-1) ?? -1];
  return parent?.kind === "component" ? parent : undefined;
}

/** The block's first line: underlining all of its content would hide what is meant. */
function openingOf({ span }: ParsedBlock, { lines }: CompileContext): Span {
  const lineEnd = lines.lineStart(span.start.line) + lines.lineText(span.start.line).length;
  return lines.spanOf(span.start.offset, Math.min(span.end.offset, lineEnd));
}
