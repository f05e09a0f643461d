import { findNearest } from "../../parse/find-nearest.ts";
import type { Span } from "../../model/source.ts";
import { createLineIndex } from "../../parse/line-index.ts";
import { readYamlDocuments } from "../../parse/read-yaml.ts";
import type { FactPlace, FactSource } from "../fact-source.ts";
import { folderOf, joinPath } from "../file-tree.ts";
import { indexTomlKeys } from "./index-toml-keys.ts";
import type { FactFile } from "./read-fact-file.ts";
import { readTomlFile } from "./read-toml-file.ts";
import { resolveKey } from "./resolve-key.ts";

/** Values of files and commands, each looked up when it is asked for. */
export interface FactValues {
  /** `of` is as a `<Fact>` has it: `package.json#version`, `VERSION`, `command:heads`. */
  lookUp(of: string): Promise<FactValue>;
}

/** What is at a source, that it is not there, or why it cannot be told. */
export type FactValue =
  | KnownFactValue
  | {
      readonly kind: "missing";
      readonly what: "file" | "key" | "command";
      readonly name: string;
      readonly container: string;
      readonly nearest: string | undefined;
      readonly known: readonly string[];
      readonly path?: string | undefined;
    }
  | { readonly kind: "unjudged"; readonly reason: string };

/** A value: `text` as its file has it, `forms` in all the ways that mean the same. */
export interface KnownFactValue {
  readonly kind: "value";
  readonly text: string;
  readonly forms: readonly string[];
  /** Relative to the root; absent for a command. */
  readonly path?: string | undefined;
  readonly span?: Span | undefined;
}

/** Facts that documents quote: values of keys, of small files, of declared commands. */
export const factValueFacts: FactSource<FactValues> = {
  name: "fact-values",
  title: "Values that documents quote",
  description:
    "Reads what a `<Fact>` names: a key of a JSON, YAML or TOML file, a whole file of at most 2,000 characters, or the output of a command that the configuration declares under `facts` and that only `--observe commands` runs (`alembic heads`, `flask routes`). Files are looked for below the folder that the runbook speaks of, then below the root, among those that git tracks or would track.",
  observe(place) {
    const known = new Map<string, Promise<FactValue>>();
    const outputs = new Map<string, ReturnType<FactPlace["repository"]["readCommand"]>>();
    const readCommand = (name: string): ReturnType<FactPlace["repository"]["readCommand"]> => {
      const output = outputs.get(name) ?? place.repository.readCommand(name);
      outputs.set(name, output);
      return output;
    };
    const lookUp = (of: string): Promise<FactValue> => {
      const value =
        known.get(of) ??
        (of.startsWith("command:") ? readOutput(of, place, readCommand) : readFile(of, place));
      known.set(of, value);
      return value;
    };
    return Promise.resolve({ facts: { lookUp }, problems: [] });
  },
};

const mostCharacters = 2000;

function splitSource(of: string): { readonly source: string; readonly key: string | undefined } {
  const at = of.indexOf("#");
  return at === -1
    ? { source: of, key: undefined }
    : { source: of.slice(0, at), key: of.slice(at + 1) };
}

async function readOutput(
  of: string,
  place: FactPlace,
  readCommand: FactPlace["repository"]["readCommand"],
): Promise<FactValue> {
  const { source, key } = splitSource(of.slice("command:".length));
  const declared = await place.repository.listCommands();
  if (!declared.includes(source)) {
    const nearest = findNearest(source, declared);
    return {
      kind: "missing",
      what: "command",
      name: source,
      container: "the configuration",
      nearest,
      known: declared,
    };
  }
  const output = await readCommand(source);
  if (output === undefined) {
    return { kind: "unjudged", reason: "the command is not run without `--observe commands`" };
  }
  if (output.kind === "failed")
    return { kind: "unjudged", reason: `the command failed: ${output.reason}` };
  if (key === undefined) return readWhole(output.text, undefined);
  return readKey(
    { path: "output.json", text: output.text, lines: createLineIndex(output.text) },
    key,
    false,
  );
}

async function readFile(of: string, place: FactPlace): Promise<FactValue> {
  const { source, key } = splitSource(of);
  const files = await place.repository.listFiles();
  const own = joinPath(place.subject, source);
  const path =
    place.tree.hasFile(joinPath("", source)) && isInside(source) ? own : joinPath("", source);
  // What git would not have may hold secrets, and is not there for others.
  if (!isInside(source) || !hasSorted(files, path)) {
    return {
      kind: "missing",
      what: "file",
      name: source,
      container: "the repository",
      nearest: findNearFile(source, place.tree.files),
      known: [],
    };
  }
  const read = await place.repository.readText(path);
  if (read.kind !== "text") return { kind: "unjudged", reason: "the file cannot be read" };
  if (key === undefined) return readWhole(read.text, path);
  return readKey({ path, text: read.text, lines: createLineIndex(read.text) }, key, true);
}

function isInside(path: string): boolean {
  return !path.startsWith("/") && !joinPath("", path).startsWith("..");
}

function hasSorted(sorted: readonly string[], sought: string): boolean {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const file = sorted[middle] ?? "";
    if (file === sought) return true;
    if (file < sought) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** A file of nearly that name in the folder, else one of just that name elsewhere. */
function findNearFile(source: string, files: readonly string[]): string | undefined {
  const folder = folderOf(source);
  const beside = files.filter((file) => folderOf(file) === folder);
  const near = findNearest(source, beside);
  if (near !== undefined) return near;
  const name = source.slice(source.lastIndexOf("/") + 1);
  return files.find((file) => file === name || file.endsWith(`/${name}`));
}

function readWhole(whole: string, path: string | undefined): FactValue {
  const text = whole.trim();
  if (text.length > mostCharacters)
    return { kind: "unjudged", reason: "its source is longer than one value" };
  return { kind: "value", text, forms: [text], path };
}

function readKey(file: FactFile, key: string, isFile: boolean): FactValue {
  const read = readDocuments(file);
  if (typeof read === "string") return { kind: "unjudged", reason: read };
  let missing: FactValue | undefined;
  for (const one of read) {
    const found = resolveKey(one.data, key);
    if (found.kind === "found") return makeValue(found.value, file, one.locate(key), isFile);
    missing ??= {
      kind: "missing",
      what: "key",
      name: found.key,
      container: isFile ? file.path : "the output",
      nearest: findNearest(found.key, found.known),
      known: found.known,
      path: isFile ? file.path : undefined,
    };
  }
  return missing ?? { kind: "unjudged", reason: "its source is empty" };
}

interface KeyedData {
  readonly data: unknown;
  locate(key: string): Span | undefined;
}

/** The data of a file, or why there is none, as the end of a sentence. */
function readDocuments(file: FactFile): readonly KeyedData[] | string {
  const { path, text, lines } = file;
  if (path.endsWith(".toml")) {
    const read = readTomlFile(file);
    if (read.kind === "problem") return "its file is not valid";
    const places = indexTomlKeys(text, lines);
    return [{ data: read.data, locate: (key) => places.valueSpan(key) }];
  }
  if (!/\.(?:json|ya?ml)$/.test(path)) return "only JSON, YAML and TOML files have keys";
  if (path.endsWith(".json") && !isJson(text)) return "its source is no valid JSON";
  // JSON is YAML, whose parser knows the places.
  const documents = readYamlDocuments(text, (start, end) => lines.spanOf(start, end));
  if (documents.some(({ errors }) => errors.length > 0)) return "its file is not valid";
  return documents.map(({ data, valueSpans }) => ({ data, locate: (key) => valueSpans.get(key) }));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function makeValue(
  value: unknown,
  { path, text }: FactFile,
  span: Span | undefined,
  isFile: boolean,
): FactValue {
  const plain = toText(value);
  if (plain === undefined) {
    return { kind: "unjudged", reason: "its source is no single value" };
  }
  // `1.10` is a number to a parser, and not the same to a reader.
  const raw = span === undefined ? "" : text.slice(span.start.offset, span.end.offset).trim();
  const written = /^["']|\n/.test(raw) || raw === "" ? undefined : raw;
  const isText = typeof value === "string";
  const shown = (isText ? plain : (written ?? plain)).trim();
  if (shown.length > mostCharacters)
    return { kind: "unjudged", reason: "its source is longer than one value" };
  return {
    kind: "value",
    text: shown,
    forms: isText ? [shown] : [shown, plain],
    ...(isFile ? { path, span } : {}),
  };
}

/** A scalar as text; undefined for lists, maps and nothing. */
function toText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (value instanceof Date) return value.toISOString();
  const isScalar =
    typeof value === "number" || typeof value === "boolean" || typeof value === "bigint";
  return isScalar ? String(value) : undefined;
}
