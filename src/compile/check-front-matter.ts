import { frontMatterSchema, type FrontMatter } from "../model/front-matter.ts";
import type { Span } from "../model/source.ts";
import { findNearest } from "../parse/find-nearest.ts";
import type { CompileContext } from "./compile-context.ts";
import { explainIssue, type FrontMatterIssue } from "./explain-issue.ts";
import { isSlip } from "./is-slip.ts";
import { leaveOutBadValues } from "./leave-out-bad-values.ts";

/**
 * Checks a document's front matter against the schema and gives its typed values.
 *
 * In `.mdx` every unknown key is an error. In `.md` keys of other tools are left out silently, a
 * near miss of a key of ours is an error, and a known key whose value has another tool's shape is
 * reported as information and left out. Of a value that is not valid no more is left out than what
 * is wrong. The title falls back to the first heading, then to the id. No I/O.
 */
export function checkFrontMatter(context: CompileContext): FrontMatter {
  const { document, isStrict } = context;
  const { frontMatter } = document;
  const raw = frontMatter?.data ?? {};
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    // In plain Markdown a line of hyphens at the top is often a rule, and no front matter is meant.
    context.report(
      "invalid-value",
      { key: "front matter", reason: "it must be a map of `key: value` lines" },
      frontMatter?.span,
      isStrict ? undefined : "info",
    );
    return { title: fallbackTitle(context) };
  }
  const data = readEmptyValues(raw as Record<string, unknown>);
  if (!isStrict) dropForeignKeys(data, context);
  // Of a front matter that is missing or does not parse, nobody can say what it lacks.
  const isRead = frontMatter !== undefined && !context.isFrontMatterBroken;
  data["title"] ??= isStrict && isRead ? undefined : fallbackTitle(context);
  const values = parseLeavingOutBadValues(data, context);
  if (values.status === "active" && values.owner === undefined && isStrict) {
    context.report(
      "missing-key",
      { key: "owner", where: "an active runbook" },
      spanOfKey("status", context),
    );
  }
  return values;
}

/**
 * Reads keys with nothing behind them: a tool, an input or a variable of which no more is said than
 * its name, and anything else as not given.
 */
function readEmptyValues(
  map: Readonly<Record<string, unknown>>,
  path: readonly string[] = [],
): Record<string, unknown> {
  const isOfNames =
    (path.length === 1 && mapsOfNames.has(path[0] ?? "")) ||
    (path.length === 3 && path[0] === "contracts" && path[2] === "variables");
  const entries = Object.entries(map).flatMap(([key, value]): (readonly [string, unknown])[] => {
    if (value === null) return isOfNames ? [[key, {}]] : [];
    const isMap = typeof value === "object" && !Array.isArray(value);
    if (!isMap || (path.length === 0 && key === "extra")) return [[key, value]];
    return [[key, readEmptyValues(value as Record<string, unknown>, [...path, key])]];
  });
  return Object.fromEntries(entries);
}

const mapsOfNames = new Set(["tools", "inputs", "contracts", "procedures"]);

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
    if (nearest !== undefined && isSlip(key, nearest)) {
      context.report(
        "unknown-key",
        { key, where: "front matter", nearest },
        spanOfKey(key, context),
      );
    }
  }
}

function parseLeavingOutBadValues(
  data: Readonly<Record<string, unknown>>,
  context: CompileContext,
): FrontMatter {
  const result = frontMatterSchema.safeParse(data);
  if (result.success) return result.data;
  for (const issue of result.error.issues.flatMap((one) => narrowUnion(one, data))) {
    reportIssue(issue, data, context);
  }
  let { issues } = result.error;
  let rest: Record<string, unknown> = { ...data };
  // What is left can lack something in turn: a list without its only entry, then what needs the list.
  for (let round = 0; round < mostRounds; round += 1) {
    rest = { ...leaveOutBadValues(rest, issues) };
    if (typeof rest["title"] !== "string" || rest["title"] === "")
      rest["title"] = fallbackTitle(context);
    const next = frontMatterSchema.safeParse(rest);
    if (next.success) return next.data;
    ({ issues } = next.error);
  }
  return { title: fallbackTitle(context) };
}

/**
 * What the only form that fits a value's kind has against it: who writes a map with a mistyped key does
 * not want to hear that a text would do as well.
 */
function narrowUnion(issue: FrontMatterIssue, data: unknown): readonly FrontMatterIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const value = valueAt(data, issue.path);
  if (typeof value !== "object" || value === null) return [issue];
  const ofKind = issue.errors.filter(
    (errors) => !errors.some(({ code, path }) => code === "invalid_type" && path.length === 0),
  );
  const [only] = ofKind;
  if (only === undefined || ofKind.length > 1) return [issue];
  return only.map((own) => ({ ...own, path: [...issue.path, ...own.path] }));
}

/** More than the levels of the schema. */
const mostRounds = 12;

function reportIssue(issue: FrontMatterIssue, data: unknown, context: CompileContext): void {
  const path = issue.path.map(String);
  const [top] = path;
  const isForeign = !context.isStrict && top !== undefined && !ownKeys.has(top);
  const severity = isForeign ? "info" : undefined;
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
  const value = valueAt(data, issue.path);
  if (issue.code === "invalid_type" && value === undefined) {
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
    { key: where, reason: explainIssue(issue, value) },
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
  /** The forms of a union; here at most one of them has keys. */
  readonly options?: readonly SchemaShape[] | undefined;
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
  return bare.options?.find(({ shape }) => shape !== undefined) ?? bare;
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
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
