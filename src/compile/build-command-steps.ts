import type { CommandAttributes } from "../model/fence-attributes.ts";
import type { ParsedFence } from "../model/parsed-document.ts";
import type { CommandStep, Step } from "../model/runbook.ts";
import type { RiskAssessment, ShellScript } from "../model/shell-script.ts";
import { findNearest } from "../parse/find-nearest.ts";
import type { CompileContext } from "./compile-context.ts";
import { languages, splitLanguage, type Language } from "./languages.ts";
import { locateInCode } from "./locate-in-code.ts";
import { addExpectation } from "./add-expectation.ts";
import { readExpectation } from "./read-expectation.ts";
import {
  readCommandAttributes,
  readTranscriptAttributes,
  type TranscriptAttributes,
} from "./read-fence-attributes.ts";
import { readWhen } from "./read-condition-attribute.ts";
import { readTranscript, startsWithPrompt } from "./read-transcript.ts";
import { baseId, placeTitle, type StepPlace } from "./step-place.ts";
import { tokeniseAttributes } from "./tokenise-attributes.ts";

/**
 * Makes the steps of one fence: one for a script, one for each command of a transcript, a manual
 * step for a block of comments, none for text in other languages.
 *
 * No I/O.
 */
export function buildCommandSteps(
  fence: ParsedFence,
  around: StepPlace,
  context: CompileContext,
): readonly Step[] {
  const { name, glued } = splitLanguage(fence.language ?? "");
  const language = languages.get(name);
  if (language === undefined) {
    if (hasFlag(fence, "run") && context.isStrict) {
      const nearest = findNearest(name, languages.keys());
      context.report(
        "no-interpreter",
        { language: name === "" ? "(none)" : name, nearest },
        fence.metaSpan,
      );
    }
    return [];
  }
  if (!language.runsByDefault && !hasFlag(fence, "run")) return [];
  if (glued !== "" && context.isStrict) reportGlued(fence, glued, context);
  const transcript = isTranscript(fence, language)
    ? readTranscriptAttributes(fence, context)
    : undefined;
  const attributes = transcript?.command ?? readCommandAttributes(fence, context);
  const when = readWhen(attributes.when, fence.metaSpan, context);
  const place = { ...around, conditions: [...around.conditions, ...when] };
  return transcript === undefined
    ? [scriptStep(fence, name, language, attributes, place, context)]
    : transcriptSteps(fence, name, language, transcript, place, context);
}

function isTranscript(fence: ParsedFence, { isTranscript: isAlways, isShell }: Language): boolean {
  if (isAlways === true) return true;
  return isShell && (findPrompt(fence) !== undefined || startsWithPrompt(fence.code));
}

function findPrompt(fence: ParsedFence): string | undefined {
  return tokeniseAttributes(fence.meta).tokens.find(({ name }) => name === "prompt")?.value;
}

/**
 * True where a fence has something that is done when its step is: a command that runs, or comments
 * that tell a person what to do.
 *
 * No I/O.
 */
export function isDoable(fence: ParsedFence): boolean {
  const language = languages.get(splitLanguage(fence.language ?? "").name);
  if (language === undefined || fence.code.trim() === "") return false;
  if (!language.runsByDefault && !hasFlag(fence, "run")) return false;
  if (hasFlag(fence, "norun") || hasFlag(fence, "example")) return false;
  return language.isTranscript !== true || readTranscript(fence.code, findPrompt(fence)).length > 0;
}

function hasFlag(fence: ParsedFence, name: string): boolean {
  const { tokens } = tokeniseAttributes(fence.meta);
  return tokens.some((token) => token.name === name && token.value !== "false");
}

function reportGlued(fence: ParsedFence, glued: string, context: CompileContext): void {
  const end = fence.metaSpan.start.offset;
  const line = context.lines.lineText(fence.span.start.line);
  const column = Math.max(0, line.indexOf(glued, fence.span.start.column - 1));
  const at = context.lines.lineStart(fence.span.start.line) + column;
  const reason = "attributes stand behind the language and a blank, without braces";
  context.report(
    "attribute-syntax",
    { text: glued, reason },
    context.lines.spanOf(at, Math.min(at + glued.length, end)),
  );
}

function isShownOnly(attributes: CommandAttributes, place: StepPlace): boolean {
  return attributes.norun === true || attributes.example === true || place.isShownOnly;
}

function scriptStep(
  fence: ParsedFence,
  name: string,
  language: Language,
  attributes: CommandAttributes,
  place: StepPlace,
  context: CompileContext,
): Step {
  const id = place.ids.next(attributes.id, baseId(place), fence.span);
  const shell = language.isShell ? context.readShell(fence.code) : undefined;
  const isManual = shell?.isCommentOnly === true && !isShownOnly(attributes, place);
  if (isManual && fence.code.trim() !== "") {
    const text = fence.code.replace(/^[ \t]*#+[ \t]?/gm, "").trim();
    return {
      kind: "manual",
      origin: "comment",
      id,
      title: attributes.title ?? placeTitle(place) ?? "By hand",
      text,
      sectionPath: place.sectionPath,
      conditions: place.conditions,
      span: fence.span,
    };
  }
  return commandStep({
    fence,
    name,
    language,
    attributes,
    place,
    context,
    id,
    script: fence.code,
    row: 0,
    shell,
  });
}

function transcriptSteps(
  fence: ParsedFence,
  name: string,
  language: Language,
  { command: attributes, output, prompt }: TranscriptAttributes,
  place: StepPlace,
  context: CompileContext,
): readonly Step[] {
  const entries = readTranscript(fence.code, prompt);
  if (entries.length === 0) {
    context.report("transcript-without-prompt", { language: name, prompt }, fence.span);
    return [];
  }
  if (attributes.script !== undefined) {
    const reason = "a transcript holds output, which no script has";
    context.report("attribute-conflict", { name: "script", other: name, reason }, fence.metaSpan);
  }
  return entries.map((entry, index) => {
    // The written id is the first command's; those after it are numbered from it.
    const base = attributes.id ?? baseId(place);
    const id = place.ids.next(index === 0 ? attributes.id : undefined, base, fence.span);
    const step = commandStep({
      fence,
      name,
      language,
      attributes,
      place,
      context,
      id,
      script: entry.command,
      row: entry.commandRow,
      shell: context.readShell(entry.command),
    });
    if (entry.output === undefined) return step;
    const firstRow = fence.codeSpan.start.line + entry.outputRow;
    const lastRow = firstRow + entry.output.split("\n").length - 1;
    const codeSpan = context.lines.spanOf(
      context.lines.lineStart(firstRow),
      context.lines.lineStart(lastRow) + context.lines.lineText(lastRow).length,
    );
    const written = { text: entry.output, codeSpan, attributes: output };
    return addExpectation(step, readExpectation(written, context), context);
  });
}

interface CommandParts {
  readonly fence: ParsedFence;
  readonly name: string;
  readonly language: Language;
  readonly attributes: CommandAttributes;
  readonly place: StepPlace;
  readonly context: CompileContext;
  readonly id: string;
  readonly script: string;
  /** 0-based line of the fence's code on which the script starts. */
  readonly row: number;
  readonly shell: ShellScript | undefined;
}

function commandStep(parts: CommandParts): CommandStep {
  const { fence, attributes, place, context, script, shell } = parts;
  const firstLine = fence.codeSpan.start.line + parts.row;
  const spanOf = (start: number, end: number): CommandStep["span"] =>
    locateInCode(script, firstLine, start, end, context.lines);
  const isShown = isShownOnly(attributes, place) || script.trim() === "";
  return {
    kind: "command",
    id: parts.id,
    title: attributes.title ?? placeTitle(place) ?? firstWords(script),
    sectionPath: place.sectionPath,
    conditions: place.conditions,
    span: fence.span,
    language: parts.name,
    interpreter: parts.language.interpreter,
    script,
    codeSpan: script === fence.code ? fence.codeSpan : spanOf(0, script.length),
    attributes,
    isRunnable: !isShown,
    risk: assessRisk(parts, isShown),
    shell,
    blanks: (shell?.placeholders ?? []).map(({ text, range }) => ({
      text,
      span: spanOf(range.start, range.end),
    })),
  };
}

function firstWords(script: string): string {
  const line = script.split("\n").find((candidate) => candidate.trim() !== "") ?? "";
  return line.trim().slice(0, 60) || "An empty block";
}

/** The inferred risk, raised or with a reason lowered by the author's word. */
function assessRisk(
  { shell, attributes, fence, name, context }: CommandParts,
  isShown: boolean,
): RiskAssessment {
  const inferred: RiskAssessment = shell?.risk ?? {
    level: "change",
    reasons: [
      {
        rule: "unread-language",
        level: "change",
        text: `${name} code is not read by Opswright, so it counts as a change`,
        range: { start: 0, end: 0 },
      },
    ],
  };
  const declared = attributes.risk;
  if (declared === undefined || declared === inferred.level) return inferred;
  const isLowered = order.indexOf(declared) < order.indexOf(inferred.level);
  if (isLowered && attributes.riskReason === undefined && !isShown) {
    context.report("risk-lowered", { inferred: inferred.level, declared }, fence.metaSpan);
    return inferred;
  }
  const text = attributes.riskReason ?? "its author says so";
  const reason = { rule: "declared", level: declared, text, range: { start: 0, end: 0 } };
  return { level: declared, reasons: [reason, ...inferred.reasons] };
}

const order = ["safe", "change", "destructive"];
