import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  parseDocument,
  type Document,
  type Node,
  type Range,
} from "yaml";
import type { Span } from "../model/source.ts";

/**
 * One YAML document as data, with the span of each key and of each value by its dotted path:
 * `inputs.COMMIT.type`, `contacts.0.role`.
 *
 * `data` is `undefined` where there are errors.
 */
export interface YamlDocument {
  readonly data: unknown;
  readonly keySpans: ReadonlyMap<string, Span>;
  readonly valueSpans: ReadonlyMap<string, Span>;
  readonly errors: readonly { readonly reason: string; readonly span: Span | undefined }[];
}

/** The parser compares each key with every other of its map: a large map would take minutes. */
const parseOptions = { prettyErrors: false, merge: true, uniqueKeys: false } as const;
/** A team can use an anchor in hundreds of places; aliases that multiply reach this at once. */
const mostAliases = 500;

/**
 * Reads a text that is one YAML document; `toSpan` turns offsets of the text into places.
 *
 * Never throws. No I/O.
 */
export function readYaml(text: string, toSpan: (start: number, end: number) => Span): YamlDocument {
  return readDocument(parseDocument(prepare(text), parseOptions), text, toSpan);
}

/** Reads a text that can hold several YAML documents, divided by `---`; see `readYaml`. No I/O. */
export function readYamlDocuments(
  text: string,
  toSpan: (start: number, end: number) => Span,
): readonly YamlDocument[] {
  const documents = parseAllDocuments(prepare(text), parseOptions);
  return Array.isArray(documents)
    ? documents.map((document: Document) => readDocument(document, text, toSpan))
    : [];
}

/** A lone carriage return ends a line in Markdown, and to the YAML parser it does not. */
function prepare(text: string): string {
  return text.replace(/\r(?!\n)/g, "\n");
}

function readDocument(
  document: Document,
  text: string,
  toSpan: (start: number, end: number) => Span,
): YamlDocument {
  const broken = { data: undefined, keySpans: new Map(), valueSpans: new Map() };
  if (document.errors.length > 0) {
    const errors = document.errors.map(({ message, pos }) => ({
      reason: explain(message),
      span: toSpan(pos[0], pos[1]),
    }));
    return { ...broken, errors };
  }
  const keySpans = new Map<string, Span>();
  const valueSpans = new Map<string, Span>();
  const doubled: Range[] = [];
  const toPlace = (range: Range): Span => toSpan(range[0], range[1]);
  collectSpans(document.contents, "", toPlace, { keySpans, valueSpans, doubled });
  if (doubled.length > 0) {
    const errors = doubled.map((range) => ({
      reason: `the key \`${text.slice(range[0], range[1])}\` is there twice`,
      span: toPlace(range),
    }));
    return { ...broken, errors };
  }
  try {
    return {
      data: document.toJS({ maxAliasCount: mostAliases }) as unknown,
      keySpans,
      valueSpans,
      errors: [],
    };
  } catch (error) {
    // Aliases that multiply beyond the parser's limit end here: hostile or broken, never useful.
    const reason = error instanceof Error ? error.message : String(error);
    return { ...broken, errors: [{ reason, span: undefined }] };
  }
}

/** The parser's own words, save where they speak of its insides. */
function explain(message: string): string {
  return /call stack/i.test(message) ? "it is nested too deeply" : message;
}

/** What is found on the way: places by dotted path, and keys that a map has already. */
interface CollectedSpans {
  readonly keySpans: Map<string, Span>;
  readonly valueSpans: Map<string, Span>;
  readonly doubled: Range[];
}

function collectSpans(
  node: Node | null,
  prefix: string,
  toSpan: (range: Range) => Span,
  collected: CollectedSpans,
): void {
  const { keySpans, valueSpans, doubled } = collected;
  if (isMap(node)) {
    const seen = new Set<unknown>();
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      if (seen.has(pair.key.value) && pair.key.range) doubled.push(pair.key.range);
      seen.add(pair.key.value);
      const key = prefix === "" ? String(pair.key.value) : `${prefix}.${String(pair.key.value)}`;
      const value = pair.value as Node | null;
      if (pair.key.range) keySpans.set(key, toSpan(pair.key.range));
      if (value?.range) valueSpans.set(key, toSpan(value.range));
      collectSpans(value, key, toSpan, collected);
    }
  }
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      const key = `${prefix}.${index}`;
      const { range } = item as Node;
      if (range) {
        keySpans.set(key, toSpan(range));
        valueSpans.set(key, toSpan(range));
      }
      collectSpans(item as Node, key, toSpan, collected);
    }
  }
}
