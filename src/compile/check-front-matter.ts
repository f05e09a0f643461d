import { frontMatterSchema, type FrontMatter } from "../model/front-matter.ts";
import type { Span } from "../model/source.ts";
import { findNearest } from "../parse/find-nearest.ts";
import type { CompileContext } from "./compile-context.ts";

/**
 * Checks a document's front matter against the schema and gives its typed values.
 *
 * In `.mdx` every unknown key is an error. In `.md` keys of other tools are left out silently, a
 * near miss of a key of ours is an error, and a known key whose value has another tool's shape is
 * reported as information and left out. The title falls back to the first heading, then to the id.
 * No I/O.
 */
export function checkFrontMatter(context: CompileContext): FrontMatter {
  const { document, isStrict } = context;
  const { frontMatter } = document;
  const raw = frontMatter?.data ?? {};
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    context.report(
      "invalid-value",
      { key: "front matter", reason: "it must be a map of keys" },
      frontMatter?.span,
    );
    return { title: fallbackTitle(context) };
  }
  const data: Record<string, unknown> = { ...raw };
  if (!isStrict) dropForeignKeys(data, context);
  data["title"] ??= isStrict ? undefined : fallbackTitle(context);
  const values = parseLeavingOutBadKeys(data, context);
  if (values.status === "active" && values.owner === undefined && isStrict) {
    context.report(
      "missing-key",
      { key: "owner", where: "an active runbook" },
      spanOfKey("status", context),
    );
  }
  return values;
}

const knownKeys = Object.keys(frontMatterSchema.shape);
/** Keys that no other tool uses this way: a bad value in them is always the author's mistake. */
const ownKeys = new Set(["inputs", "contracts", "procedures", "reviewEvery", "timeout"]);

function fallbackTitle({ document }: CompileContext): string {
  const heading = document.blocks.find((block) => block.kind === "heading");
  const text = heading?.kind === "heading" ? heading.text : "";
  return text === "" ? document.source.id : text;
}

function dropForeignKeys(data: Record<string, unknown>, context: CompileContext): void {
  for (const key of Object.keys(data)) {
    if (knownKeys.includes(key)) continue;
    delete data[key];
    const nearest = findNearest(key, knownKeys);
    if (nearest !== undefined && isNearMiss(key, nearest)) {
      context.report(
        "unknown-key",
        { key, where: "front matter", nearest },
        spanOfKey(key, context),
      );
    }
  }
}

/** A word of its own (`service`, `tag`, `date`) is another tool's; a slip of the finger is not. */
function isNearMiss(key: string, nearest: string): boolean {
  return key.length >= 5 && Math.abs(key.length - nearest.length) <= 1 && !isPlural(key, nearest);
}

function isPlural(one: string, other: string): boolean {
  return one === `${other}s` || other === `${one}s`;
}

function parseLeavingOutBadKeys(
  data: Record<string, unknown>,
  context: CompileContext,
): FrontMatter {
  const result = frontMatterSchema.safeParse(data);
  if (result.success) return result.data;
  const rest = { ...data };
  for (const issue of result.error.issues) {
    const path = issue.path.map(String);
    const top = path[0];
    const isForeign = !context.isStrict && top !== undefined && !ownKeys.has(top);
    reportIssue(issue, path, isForeign ? "info" : undefined, data, context);
    if (issue.code === "unrecognized_keys" && path.length === 0) {
      for (const key of issue.keys) delete rest[key];
    } else if (top !== undefined) {
      delete rest[top];
    }
  }
  if (typeof rest["title"] !== "string" || rest["title"] === "")
    rest["title"] = fallbackTitle(context);
  const second = frontMatterSchema.safeParse(rest);
  return second.success ? second.data : { title: fallbackTitle(context) };
}

type Issue = NonNullable<ReturnType<typeof frontMatterSchema.safeParse>["error"]>["issues"][number];

function reportIssue(
  issue: Issue,
  path: readonly string[],
  severity: "info" | undefined,
  data: unknown,
  context: CompileContext,
): void {
  const where = path.length === 0 ? "front matter" : path.join(".");
  if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys) {
      const nearest = findNearest(key, keysAt(path));
      context.report(
        "unknown-key",
        { key, where, nearest },
        spanOfKey([...path, key].join("."), context),
        severity,
      );
    }
    return;
  }
  const key = path.at(-1) ?? "front matter";
  if (issue.code === "invalid_type" && valueAt(data, issue.path) === undefined) {
    const parent = path.slice(0, -1).join(".");
    context.report(
      "missing-key",
      { key, where: parent === "" ? "front matter" : parent },
      spanOfKey(parent, context),
      severity,
    );
    return;
  }
  context.report(
    "invalid-value",
    { key: where, reason: issue.message },
    spanOfKey(where, context),
    severity,
  );
}

/** The keys that a place of the schema knows, by the first and the depth of its path. */
function keysAt(path: readonly string[]): readonly string[] {
  let schema: unknown = frontMatterSchema;
  for (const key of path) {
    const bare = unwrap(schema);
    schema = bare.shape?.[key] ?? bare.valueType ?? bare.element;
  }
  return Object.keys(unwrap(schema).shape ?? {});
}

interface SchemaShape {
  readonly shape?: Record<string, unknown> | undefined;
  readonly valueType?: unknown;
  readonly element?: unknown;
  readonly unwrap?: (() => unknown) | undefined;
}

function unwrap(schema: unknown): SchemaShape {
  let bare = (schema ?? {}) as SchemaShape;
  while (
    typeof bare.unwrap === "function" &&
    bare.shape === undefined &&
    bare.element === undefined
  ) {
    bare = bare.unwrap() as SchemaShape;
  }
  return bare;
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  return value;
}

/** The span of a key, or of the nearest key around it. */
function spanOfKey(key: string, { document }: CompileContext): Span | undefined {
  const spans = document.frontMatter?.spans;
  for (let path = key; path !== ""; path = path.slice(0, Math.max(0, path.lastIndexOf(".")))) {
    const span = spans?.get(path);
    if (span !== undefined) return span;
    if (!path.includes(".")) break;
  }
  return document.frontMatter?.span;
}
