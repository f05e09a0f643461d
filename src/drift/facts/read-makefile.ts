import type { TextRange } from "../../model/shell-script.ts";

/** What one file of GNU make says, variables not yet resolved. */
export interface MakefileText {
  readonly variables: readonly MakeVariable[];
  readonly rules: readonly MakeRule[];
  readonly includes: readonly MakeInclude[];
  /** True where rules can come out of `$(eval …)` and its like. */
  readonly makesRules: boolean;
}

/** An assignment; `isPlain` is false for `+=`, `!=` and `define`, whose value is not known. */
export interface MakeVariable {
  readonly name: string;
  readonly value: string;
  readonly isPlain: boolean;
}

/** The targets of a rule as written; `pattern` is the target pattern of a static pattern rule. */
export interface MakeRule {
  readonly targets: readonly MakeWord[];
  readonly pattern?: string | undefined;
  /** What `.PHONY` names: targets, even without rules of their own. */
  readonly phony: readonly MakeWord[];
}

/** A word as written, with its place. */
export interface MakeWord {
  readonly text: string;
  readonly range: TextRange;
}

/** An `include`; `text` holds all its files as written. */
export interface MakeInclude {
  readonly text: string;
  readonly isOptional: boolean;
}

const directive =
  /^(?:ifeq|ifneq|ifdef|ifndef|else|endif|unexport|vpath|undefine|load|-load)(?:[\s(]|$)/;
const include = /^(-include|sinclude|include)\s+(\S.*)$/;
const define = /^(?:override\s+|export\s+)*define(?=\s|$)(?:\s+(\S+))?/;
const modifiers = /^(?:(?:override|export|private)\s+)+/;
const generates = /\$[({](?:eval|call|foreach)\s/;

/**
 * Reads a Makefile's text: its rules, variables and includes. Both branches of a condition count.
 *
 * Ranges are offsets into the text. Linear in time; never throws. GNU make manual, "Writing
 * Makefiles". No I/O.
 *
 * @example for `build test: deps`: one rule with the targets `build` and `test`
 */
export function readMakefile(text: string): MakefileText {
  const variables: MakeVariable[] = [];
  const rules: MakeRule[] = [];
  const includes: MakeInclude[] = [];
  let makesRules = false;
  let defineDepth = 0;
  for (const { start, line } of listLogicalLines(text)) {
    const bare = line.trim();
    if (defineDepth > 0) {
      if (/^endef(?:\s|$)/.test(bare)) defineDepth -= 1;
      else if (define.test(bare)) defineDepth += 1;
      continue;
    }
    if (line.startsWith("\t") || bare === "" || bare.startsWith("#")) continue;
    const defined = define.exec(bare);
    if (defined !== null) {
      defineDepth = 1;
      variables.push({ name: defined[1] ?? "", value: "", isPlain: false });
      continue;
    }
    if (directive.test(bare)) continue;
    const included = include.exec(bare);
    if (included !== null) {
      includes.push({ text: included[2] ?? "", isOptional: included[1] !== "include" });
      continue;
    }
    if (generates.test(bare) && /^\$[({]/.test(bare)) makesRules = true;
    const parts = splitLine(line);
    if (parts.kind === "assignment") {
      const name = line.slice(0, parts.at).trim().replace(modifiers, "");
      const isPlain = /^(?::{1,3}|\?)?=$/.test(parts.operator);
      if (name === ".RECIPEPREFIX") makesRules = true;
      variables.push({ name, value: line.slice(parts.end).trim(), isPlain });
    } else if (parts.kind === "rule") {
      const targets = placeWords(line.slice(0, parts.at).replace(/&$/, " "), start);
      const rest = line.slice(parts.end);
      const isPhony = targets.some((target) => target.text === ".PHONY");
      const phony = isPhony ? placeWords(dropComment(rest), start + parts.end) : [];
      if (targets.length > 0) rules.push({ targets, pattern: readTargetPattern(rest), phony });
    }
  }
  return { variables, rules, includes, makesRules };
}

/** Lines with their continuations; what joins them becomes blanks, so that offsets hold. */
function* listLogicalLines(text: string): Generator<{ start: number; line: string }> {
  let start = 0;
  while (start < text.length) {
    let end = start;
    for (;;) {
      const next = text.indexOf("\n", end);
      end = next === -1 ? text.length : next;
      const last = text[end - 1] === "\r" ? end - 2 : end - 1;
      if (next === -1 || last < start || text[last] !== "\\") break;
      end += 1;
    }
    const line = text.slice(start, end).replaceAll(/\\\r?\n/g, (mark) => " ".repeat(mark.length));
    yield { start, line };
    start = end + 1;
  }
}

type LineParts =
  | {
      readonly kind: "assignment";
      readonly at: number;
      readonly end: number;
      readonly operator: string;
    }
  | { readonly kind: "rule"; readonly at: number; readonly end: number }
  | { readonly kind: "other" };

function placeWords(text: string, offset: number): readonly MakeWord[] {
  return splitWords(text).map((word) => ({
    text: word.text,
    range: { start: offset + word.range.start, end: offset + word.range.end },
  }));
}

/** A text of make without the comment at its end. No I/O. */
export function dropComment(text: string): string {
  const at = text.search(/(?:^|\s)#/);
  return at === -1 ? text : text.slice(0, at);
}

/** Finds what divides a line, outside of `$(…)`. */
function splitLine(line: string): LineParts {
  let depth = 0;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line[at];
    if (sign === "\\" || (sign === "$" && line[at + 1] === "$")) at += 1;
    else if (sign === "(" || sign === "{") depth += 1;
    else if (sign === ")" || sign === "}") depth = Math.max(0, depth - 1);
    else if (depth > 0) continue;
    else if (sign === "#") break;
    else if (sign === "=") {
      const hasMark = /[?+!]/.test(line[at - 1] ?? "");
      const operator = line.slice(hasMark ? at - 1 : at, at + 1);
      return { kind: "assignment", at: hasMark ? at - 1 : at, end: at + 1, operator };
    } else if (sign === ":") {
      const operator = /^:{1,3}=/.exec(line.slice(at, at + 4))?.[0];
      if (operator !== undefined) {
        return { kind: "assignment", at, end: at + operator.length, operator };
      }
      return { kind: "rule", at, end: line[at + 1] === ":" ? at + 2 : at + 1 };
    }
  }
  return { kind: "other" };
}

/** The target pattern of `targets: pattern: prerequisites`, given what stands behind the first colon. */
function readTargetPattern(rest: string): string | undefined {
  const parts = splitLine(rest);
  if (parts.kind !== "rule") return undefined;
  const pattern = rest.slice(0, parts.at).trim();
  return pattern.includes("%") ? pattern : undefined;
}

/**
 * Words divided by blanks outside of `$(…)`, with their places. No I/O.
 *
 * @example splitWords("a $(b c) d").map(({ text }) => text) gives `a`, `$(b c)`, `d`
 */
export function splitWords(text: string): readonly MakeWord[] {
  const words: MakeWord[] = [];
  let depth = 0;
  let start = -1;
  for (let at = 0; at <= text.length; at += 1) {
    const sign = text[at] ?? " ";
    if (sign === "(" || sign === "{") depth += 1;
    else if (sign === ")" || sign === "}") depth = Math.max(0, depth - 1);
    const isBlank = /\s/.test(sign) && (depth === 0 || at === text.length);
    if (!isBlank && start === -1) start = at;
    if (isBlank && start !== -1) {
      words.push({ text: text.slice(start, at), range: { start, end: at } });
      start = -1;
    }
  }
  return words;
}
