import type { CommandAttributes } from "../model/fence-attributes.ts";
import type { ParsedFence } from "../model/parsed-document.ts";
import type { Span } from "../model/source.ts";
import { findNearest } from "../parse/find-nearest.ts";
import type { OutputAttributes } from "../model/expectation.ts";
import { commandAttributes, transcriptAttributes, type AttributeRule } from "./attribute-table.ts";
import type { CompileContext } from "./compile-context.ts";
import { isSlip } from "./is-slip.ts";
import { tokeniseAttributes, type AttributeToken } from "./tokenise-attributes.ts";

/**
 * Reads the attributes of a command fence, and reports each one that is unknown, given twice, of a
 * wrong form or at odds with another.
 *
 * In `.md`, attributes of other tools are kept as information (`foreign-attribute`); only a near
 * miss of one of ours is an error there. No I/O.
 */
export function readCommandAttributes(
  fence: ParsedFence,
  context: CompileContext,
): CommandAttributes {
  const attributes = readAttributes(fence, commandAttributes, context) as CommandAttributes;
  reportConflicts(attributes, fence, context);
  return attributes;
}

/** The attributes of a transcript, by what they are for. */
export interface TranscriptAttributes {
  readonly command: CommandAttributes;
  readonly output: Partial<OutputAttributes>;
  readonly prompt?: string | undefined;
}

/** Reads the attributes of a transcript, and reports problems as `readCommandAttributes` does. No I/O. */
export function readTranscriptAttributes(
  fence: ParsedFence,
  context: CompileContext,
): TranscriptAttributes {
  const all = readAttributes(fence, transcriptAttributes, context);
  const { match, stream, ansi, prompt, ...rest } = all as Partial<OutputAttributes> &
    CommandAttributes & { readonly prompt?: string };
  reportConflicts(rest, fence, context);
  return {
    command: rest,
    output: {
      ...(match !== undefined && { match }),
      ...(stream !== undefined && { stream }),
      ...(ansi !== undefined && { ansi }),
    },
    prompt,
  };
}

/** Reads a fence's attributes by a table of rules; the result has the rules' own field names. No I/O. */
export function readAttributes(
  fence: ParsedFence,
  rules: ReadonlyMap<string, AttributeRule>,
  context: CompileContext,
): Record<string, unknown> {
  const { tokens, rest } = tokeniseAttributes(fence.meta);
  const spanOf = (start: number, end: number): Span =>
    context.lines.spanOf(fence.metaSpan.start.offset + start, fence.metaSpan.start.offset + end);
  for (const bad of rest) {
    if (context.isStrict) {
      context.report(
        "attribute-syntax",
        { text: bad.text, reason: bad.reason },
        spanOf(bad.start, bad.end),
      );
    } else {
      context.report("foreign-attribute", { text: bad.text }, spanOf(bad.start, bad.end));
    }
  }
  const values: Record<string, unknown> = {};
  const seen = new Set<string>();
  for (const token of tokens) {
    const isEnvironment = token.name.startsWith("env.");
    const rule = rules.get(isEnvironment ? "env." : token.name);
    const span = spanOf(token.start, token.end);
    if (rule === undefined) {
      reportUnknown(token, rules, span, context);
    } else if (seen.has(token.name) && rule.isRepeatable !== true) {
      context.report("duplicate-attribute", { name: token.name }, span);
    } else {
      seen.add(token.name);
      const result = rule.read(token.value, token.name);
      if ("reason" in result) {
        reportValue(token, result.reason, span, context);
      } else {
        values[rule.field] = merge(values[rule.field], result.value);
      }
    }
  }
  return values;
}

function reportValue(
  { name, value = "" }: AttributeToken,
  reason: string,
  span: Span,
  context: CompileContext,
): void {
  if (name === "id") context.report("invalid-step-id", { id: value, reason }, span);
  else context.report("attribute-value", { name, value, reason }, span);
}

/** Repeatable attributes add up: lists by appending, maps by their keys. */
function merge(before: unknown, value: unknown): unknown {
  if (before === undefined) return value;
  if (Array.isArray(before) && Array.isArray(value))
    return [...(before as unknown[]), ...(value as unknown[])];
  return { ...(before as object), ...(value as object) };
}

function reportUnknown(
  token: AttributeToken,
  rules: ReadonlyMap<string, AttributeRule>,
  span: Span,
  context: CompileContext,
): void {
  const names = [...rules.keys()].map((name) => (name === "env." ? "env.NAME" : name));
  const nearest = findNearest(token.name, names);
  const isNearMiss = nearest !== undefined && isSlip(token.name, nearest);
  if (context.isStrict || isNearMiss) {
    context.report("unknown-attribute", { name: token.name, nearest }, span);
  } else {
    context.report("foreign-attribute", { text: token.text }, span);
  }
}

function reportConflicts(
  attributes: CommandAttributes,
  fence: ParsedFence,
  context: CompileContext,
): void {
  const conflict = (name: string, other: string, reason: string): void => {
    context.report("attribute-conflict", { name, other, reason }, fence.metaSpan);
  };
  if (attributes.run && (attributes.norun || attributes.example)) {
    conflict(
      "run",
      attributes.norun ? "norun" : "example",
      "a block is run or only shown, not both",
    );
  }
  if (attributes.background && attributes.interactive) {
    conflict("background", "interactive", "a server in the background has no terminal");
  }
  if (attributes.interactive && attributes.capture !== undefined) {
    conflict("interactive", "capture", "what goes to a terminal is not kept");
  }
  if (attributes.background && attributes.capture !== undefined) {
    conflict("background", "capture", "its output is not complete before the run ends");
  }
  if (attributes.background && attributes.check) {
    conflict("background", "check", "a check must end to have a result");
  }
  if (attributes.ready && !attributes.background) {
    conflict("ready", "background", "only a background server becomes ready; add `background`");
  }
  if (attributes.stop !== undefined && !attributes.background) {
    conflict("stop", "background", "only a background server is stopped; add `background`");
  }
  if (attributes.intervalMs !== undefined && attributes.retry === undefined) {
    conflict("interval", "retry", "an interval needs `retry=N`");
  }
  if (attributes.check && attributes.undo !== undefined) {
    conflict("check", "undo", "a check changes nothing, so there is nothing to take back");
  }
}
