import { compileRunbook } from "../../src/compile/compile-runbook.ts";
import type { Checked } from "../../src/model/diagnostic.ts";
import type { Runbook, Step } from "../../src/model/runbook.ts";
import type { DocumentFormat } from "../../src/model/source.ts";
import { loadShellReader } from "../../src/node/load-shell-reader.ts";
import { parseDocument } from "../../src/parse/parse-document.ts";
import { describeProblems } from "../parse/describe-problems.ts";

/** The real reader, with the real grammar. */
export const readShell = await loadShellReader();

/** Parses and compiles a text with the real shell reader; the problems of both stages are joined. */
export function compileText(
  text: string,
  format: DocumentFormat = "mdx",
  id = "x",
): Checked<Runbook> {
  const parsed = parseDocument({ path: `runbooks/${id}.${format}`, id, format, text });
  if (parsed.value === undefined) return { diagnostics: parsed.diagnostics };
  const { value, diagnostics } = compileRunbook(parsed.value, readShell);
  return { value, diagnostics: [...parsed.diagnostics, ...diagnostics] };
}

/** A complete `.mdx` text: front matter with a title and these further lines, then the body. */
export function mdx(body: string, frontMatter = ""): string {
  return `---\ntitle: T\n${frontMatter}---\n${body}`;
}

/** A fence. */
export function fence(info: string, code = "true"): string {
  return `\`\`\`${info}\n${code}\n\`\`\`\n`;
}

/** The problems of a text, each with the text that it blames. */
export function problemsOf(text: string, format: DocumentFormat = "mdx"): readonly string[] {
  return describeProblems(compileText(text, format).diagnostics, text);
}

/** The steps of a text as short lines: `command push | Push | git push`. */
export function stepsOf(text: string, format: DocumentFormat = "mdx"): readonly string[] {
  return (compileText(text, format).value?.steps ?? []).map(describeStep);
}

function describeStep(step: Step): string {
  const start = `${step.kind} ${step.id} | ${step.title}`;
  const conditions = step.conditions.map((condition) => ` if ${condition.text}`).join("");
  if (step.kind === "include") return `${start}${conditions}`;
  if (step.kind === "manual") return `${start} | ${JSON.stringify(step.text)}${conditions}`;
  const shown = step.isRunnable ? "" : " (shown)";
  const output =
    step.expectation === undefined ? "" : ` → ${JSON.stringify(step.expectation.text)}`;
  return `${start} | ${JSON.stringify(step.script)}${output}${shown}${conditions}`;
}
