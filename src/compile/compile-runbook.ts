import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { FrontMatter } from "../model/front-matter.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import type { Runbook, Step } from "../model/runbook.ts";
import type { ReadShell } from "../model/shell-script.ts";
import { buildProcedures } from "./build-procedures.ts";
import { buildSections } from "./build-sections.ts";
import { buildSteps } from "./build-steps.ts";
import { checkFrontMatter } from "./check-front-matter.ts";
import { createCompileContext, type CompileContext } from "./compile-context.ts";
import { isToDo } from "./holds-step.ts";
import { documentRules } from "./rules/document-rules.ts";
import { implyInputs } from "./rules/undeclared-variables.ts";

/**
 * Gives a parsed document its meaning: front matter with types, sections, steps, procedures.
 *
 * All problems of the document are collected and sorted by their place; a value is always made.
 * References to other runbooks are `linkRunbooks`' to check. No I/O.
 */
export function compileRunbook(document: ParsedDocument, readShell: ReadShell): Checked<Runbook> {
  const context = createCompileContext(document, readShell);
  const { source } = document;
  const written = checkFrontMatter(context);
  const sections = buildSections(document, context.lines);
  const steps = buildSteps(context);
  const frontMatter = context.isStrict
    ? written
    : withImpliedInputs(written, implyInputs(written, steps));
  const runbook: Runbook = {
    id: source.id,
    path: source.path,
    format: source.format,
    title: frontMatter.title,
    frontMatter,
    sections,
    steps,
    procedures: buildProcedures(frontMatter, sections, steps, context),
    digest: bytesToHex(sha256(utf8ToBytes(source.text))),
  };
  // Rules look at what the author wrote: an implied input would hide the variable it stands for.
  for (const rule of documentRules) rule({ ...runbook, frontMatter: written }, context);
  if (isEmpty(steps, context)) {
    context.report("empty-runbook", {}, context.lines.spanOf(0, 0));
  }
  return { value: runbook, diagnostics: context.diagnostics.toSorted(byPlace) };
}

/**
 * Plain Markdown without a command is prose that lies beside the runbooks, and no mistake; and what
 * was meant as a step and has an error is not nothing.
 */
function isEmpty(
  steps: readonly Step[],
  { isStrict, document, diagnostics }: CompileContext,
): boolean {
  if (!isStrict) return document.source.text.trim() === "";
  return !steps.some(isToDo) && !diagnostics.some(({ severity }) => severity === "error");
}

function withImpliedInputs(
  frontMatter: FrontMatter,
  implied: NonNullable<FrontMatter["inputs"]>,
): FrontMatter {
  if (Object.keys(implied).length === 0) return frontMatter;
  return { ...frontMatter, inputs: { ...frontMatter.inputs, ...implied } };
}

function byPlace(one: Diagnostic, other: Diagnostic): number {
  return (one.span?.start.offset ?? 0) - (other.span?.start.offset ?? 0);
}
