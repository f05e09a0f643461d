import { readFile } from "node:fs/promises";
import path from "node:path";
import { linkRunbooks } from "../compile/link-runbooks.ts";
import { listReferences } from "../compile/list-references.ts";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { Runbook } from "../model/runbook.ts";
import { decodeSource } from "../parse/decode-source.ts";
import type { CompileText, VisitDocument } from "./create-compiler.ts";
import { findDocuments, type DocumentFile } from "./find-documents.ts";
import { isInside } from "./is-inside.ts";
import { ProjectError, type Project } from "./read-project.ts";

/** Every runbook that was asked for, with its problems, and the texts to show them in. */
export interface RunbookLibrary {
  readonly runbooks: ReadonlyMap<string, Checked<Runbook>>;
  /** Every runbook of the project that could be compiled, also where others were asked for. */
  readonly known: ReadonlyMap<string, Runbook>;
  /** Source texts by path. */
  readonly sources: ReadonlyMap<string, string>;
}

/** What was compiled before, by what it was compiled from. */
export interface CompiledCache {
  /** The outcome for this very text at this path, if it is known. */
  readonly get: (path: string, text: string) => Checked<Runbook> | undefined;
  readonly set: (path: string, text: string, compiled: Checked<Runbook>) => void;
}

/**
 * Reads and compiles a project's runbooks, and checks what they name of each other.
 *
 * `visit` is called in the order of paths. `paths` (files or folders, relative to the current folder) narrows it; references to other
 * runbooks of the project are still resolved. What `cache` knows is not compiled again, and not
 * visited. Nothing of a runbook is executed. Throws
 * `ProjectError` where a path is not there or cannot be read. Reads the file system.
 */
export async function readRunbooks(
  project: Project,
  paths: readonly string[] = [],
  visit?: VisitDocument,
  cache?: CompiledCache,
): Promise<RunbookLibrary> {
  const { asked, others } = await listDocuments(project, paths);
  // In one order, whatever was asked for: ids depend on it.
  const documents = nameDocuments([...asked, ...others]);
  const askedFiles = new Set(asked.map(({ file }) => file));
  const reading: Reading = { runbooks: new Map(), sources: new Map() };
  const askedIds = new Set<string>();
  for await (const [document, bytes] of readAhead(documents)) {
    const isAsked = askedFiles.has(document.file);
    if (isAsked) askedIds.add(document.id);
    const tools = { visit: isAsked ? visit : undefined, cache };
    await addDocument(document, bytes, tools, reading);
  }
  const { runbooks, known, sources } = linkReading(reading);
  return {
    runbooks: new Map([...runbooks].filter(([id]) => askedIds.has(id))),
    known,
    sources,
  };
}

/**
 * Reads and compiles those runbooks alone that a target needs: the one that it names, and what that one
 * includes, directly or through others.
 *
 * Where something is named that is not there, all are read, as `readRunbooks` does: what was meant may
 * be among them. Throws `ProjectError` where a document cannot be read. Reads the file system.
 *
 * @example of a project in which `deploy` includes `backup`, for `deploy:rollback` → those two
 */
export async function readNeededRunbooks(
  project: Project,
  target: string,
  cache?: CompiledCache,
): Promise<RunbookLibrary> {
  const { asked } = await listDocuments(project, []);
  const documents = nameDocuments(asked);
  const [name = ""] = target.split(/[:#]/, 1);
  const first = documents.find(({ id, path: shown }) => id === name || shown === name);
  if (first === undefined) return readRunbooks(project, [], undefined, cache);
  const reading: Reading = { runbooks: new Map(), sources: new Map() };
  const needed = new Set([first]);
  // What is added while a set is walked is walked too.
  for (const document of needed) {
    const compiled = await addDocument(document, await readBytes(document), { cache }, reading);
    const references = compiled.value === undefined ? [] : listReferences(compiled.value);
    for (const { runbook } of references) {
      const next = documents.find(({ id }) => id === runbook);
      if (next === undefined) return readRunbooks(project, [], undefined, cache);
      needed.add(next);
    }
  }
  const inOrder = documents.flatMap(({ id }) => {
    const compiled = reading.runbooks.get(id);
    return compiled === undefined ? [] : [[id, compiled] as const];
  });
  return linkReading({ ...reading, runbooks: new Map(inOrder) });
}

/** What has been read so far. */
interface Reading {
  readonly runbooks: Map<string, Checked<Runbook>>;
  /** Source texts by path. */
  readonly sources: Map<string, string>;
}

/** What a document is read with. */
interface Tools {
  readonly visit?: VisitDocument | undefined;
  readonly cache?: CompiledCache | undefined;
}

async function addDocument(
  document: DocumentFile,
  bytes: Uint8Array,
  { visit, cache }: Tools,
  { runbooks, sources }: Reading,
): Promise<Checked<Runbook>> {
  const source = decodeSource(document.path, bytes);
  if (source.value === undefined) {
    const unread: Checked<Runbook> = { diagnostics: source.diagnostics };
    runbooks.set(document.id, unread);
    return unread;
  }
  sources.set(document.path, source.value);
  const known = cache?.get(document.path, source.value);
  // Two documents of one name are told apart by their ids, which are part of what was compiled.
  const isKnown =
    known !== undefined && (known.value === undefined || known.value.id === document.id);
  const compiled = isKnown ? known : (await loadCompiler())(document, source.value, visit);
  if (!isKnown) cache?.set(document.path, source.value, compiled);
  runbooks.set(document.id, compiled);
  return compiled;
}

function linkReading({ runbooks, sources }: Reading): RunbookLibrary {
  const known = new Map<string, Runbook>();
  for (const [id, { value }] of runbooks) if (value !== undefined) known.set(id, value);
  for (const diagnostic of linkRunbooks(known)) addDiagnostic(diagnostic, runbooks);
  return { runbooks, known, sources };
}

/** So many files are read while others are compiled; all at once would fill memory. */
const filesAhead = 16;

/** Each document with its bytes, in order, the next ones being read meanwhile. */
async function* readAhead(
  documents: readonly DocumentFile[],
): AsyncGenerator<readonly [DocumentFile, Uint8Array]> {
  const reading = (document: DocumentFile): Promise<Uint8Array> => {
    const bytes = readBytes(document);
    // Whoever asks for it is told; a failure of one that nobody asks for any more is none.
    bytes.catch(() => undefined);
    return bytes;
  };
  const ahead = documents.slice(0, filesAhead).map(reading);
  for (const [index, document] of documents.entries()) {
    const next = documents[index + filesAhead];
    if (next !== undefined) ahead.push(reading(next));
    const bytes = ahead.shift();
    if (bytes !== undefined) yield [document, await bytes];
  }
}

async function readBytes({ file, path: shown }: DocumentFile): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new ProjectError(`${shown} cannot be read.`, { cause: error });
  }
}

/** The documents that were asked for, and those of the project beside them that these may include. */
async function listDocuments(
  { root, configuration }: Project,
  paths: readonly string[],
): Promise<{ readonly asked: readonly DocumentFile[]; readonly others: readonly DocumentFile[] }> {
  const folder = path.resolve(root, configuration.runbooks);
  const site = path.resolve(root, configuration.site.outDir);
  // A site that was built from them holds their texts again.
  const isSource = ({ file }: DocumentFile): boolean =>
    !isInside(file, site) || isInside(folder, site);
  const asked = (await listAsked(root, folder, paths)).filter(isSource);
  const isNarrowed = paths.length > 0 && asked.some(({ file }) => isInside(file, folder));
  const others = isNarrowed ? await findDocuments(root, folder, folder) : [];
  return { asked, others: others.filter(isSource) };
}

async function listAsked(
  root: string,
  folder: string,
  paths: readonly string[],
): Promise<readonly DocumentFile[]> {
  if (paths.length === 0) return findDocuments(root, folder, folder);
  const lists = await Promise.all(
    paths.map(async (given) => {
      const start = path.resolve(given);
      // Documents from elsewhere are named by their place below what was asked for.
      const base = isInside(start, folder)
        ? folder
        : /\.mdx?$/.test(start)
          ? path.dirname(start)
          : start;
      return findDocuments(root, start, base);
    }),
  );
  return [...new Map(lists.flat().map((document) => [document.file, document])).values()];
}

let compiler: Promise<CompileText> | undefined;

/** What compiles is loaded where something is to be compiled: it takes longer than most runbooks. */
function loadCompiler(): Promise<CompileText> {
  compiler ??= import("./create-compiler.ts").then(({ createCompiler }) => createCompiler());
  return compiler;
}

/**
 * Each document once, in the order of paths, with an id of its own: of two that would have the same
 * (`x.md` beside `x.mdx`) the later one is told apart by its ending.
 */
function nameDocuments(documents: readonly DocumentFile[]): readonly DocumentFile[] {
  const taken = new Set<string>();
  return [...new Map(documents.map((one) => [one.file, one])).values()]
    .toSorted((one, other) => (one.path < other.path ? -1 : 1))
    .map((document) => {
      const id = taken.has(document.id)
        ? `${document.id}${path.extname(document.path)}`
        : document.id;
      taken.add(id);
      return { ...document, id };
    });
}

function addDiagnostic(diagnostic: Diagnostic, runbooks: Map<string, Checked<Runbook>>): void {
  for (const [id, checked] of runbooks) {
    if (checked.value?.path !== diagnostic.path) continue;
    runbooks.set(id, { ...checked, diagnostics: [...checked.diagnostics, diagnostic] });
  }
}
