import { readFile } from "node:fs/promises";
import path from "node:path";
import { compileRunbook } from "../compile/compile-runbook.ts";
import { linkRunbooks } from "../compile/link-runbooks.ts";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import type { Runbook } from "../model/runbook.ts";
import type { ReadShell } from "../model/shell-script.ts";
import { decodeSource } from "../parse/decode-source.ts";
import { parseDocument } from "../parse/parse-document.ts";
import { findDocuments, type DocumentFile } from "./find-documents.ts";
import { isInside } from "./is-inside.ts";
import { loadShellReader } from "./load-shell-reader.ts";
import { ProjectError, type Project } from "./read-project.ts";

/** Every runbook that was asked for, with its problems, and the texts to show them in. */
export interface RunbookLibrary {
  readonly runbooks: ReadonlyMap<string, Checked<Runbook>>;
  /** Every runbook of the project that could be compiled, also where others were asked for. */
  readonly known: ReadonlyMap<string, Runbook>;
  /** Source texts by path. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Is shown each document that was asked for and compiled, before its structure is let go. */
export type VisitDocument = (document: ParsedDocument, runbook: Runbook) => void;

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
  const folder = path.resolve(project.root, project.configuration.runbooks);
  const site = path.resolve(project.root, project.configuration.site.outDir);
  const listed = await listDocuments(project.root, folder, paths);
  // A site that was built from them holds their texts again.
  const isBuilt = (file: string): boolean => isInside(file, site) && !isInside(folder, site);
  const asked = listed.filter(({ file }) => !isBuilt(file));
  const isNarrowed = paths.length > 0 && asked.some((document) => isInside(document.file, folder));
  // What a document includes may stand in one that was not asked for.
  const everything = isNarrowed ? await findDocuments(project.root, folder, folder) : [];
  const others = everything.filter(({ file }) => !isBuilt(file));
  // In one order, whatever was asked for: ids depend on it.
  const documents = [
    ...new Map([...asked, ...others].map((one) => [one.file, one])).values(),
  ].toSorted((one, other) => (one.path < other.path ? -1 : 1));
  const readShell = await loadShellReader();
  const sources = new Map<string, string>();
  const runbooks = new Map<string, Checked<Runbook>>();
  const askedFiles = new Set(asked.map((document) => document.file));
  const askedIds = new Set<string>();
  for await (const [document, bytes] of readAhead(documents)) {
    const source = decodeSource(document.path, bytes);
    if (source.value !== undefined) sources.set(document.path, source.value);
    const id = uniqueId(document, runbooks);
    const isAsked = askedFiles.has(document.file);
    if (isAsked) askedIds.add(id);
    if (source.value === undefined) {
      runbooks.set(id, { diagnostics: source.diagnostics });
      continue;
    }
    const known = cache?.get(document.path, source.value);
    // Two documents of one name are told apart by their ids, which are part of what was compiled.
    const isKnown = known !== undefined && (known.value === undefined || known.value.id === id);
    const compiled = isKnown
      ? known
      : compileText(id, document, source.value, readShell, isAsked ? visit : undefined);
    if (!isKnown) cache?.set(document.path, source.value, compiled);
    runbooks.set(id, compiled);
  }
  const linked = new Map<string, Runbook>();
  for (const [id, { value }] of runbooks) if (value !== undefined) linked.set(id, value);
  for (const diagnostic of linkRunbooks(linked)) addDiagnostic(diagnostic, runbooks);
  return {
    runbooks: new Map([...runbooks].filter(([id]) => askedIds.has(id))),
    known: linked,
    sources,
  };
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

async function listDocuments(
  root: string,
  folder: string,
  paths: readonly string[],
): Promise<DocumentFile[]> {
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

function compileText(
  id: string,
  document: DocumentFile,
  text: string,
  readShell: ReadShell,
  visit: VisitDocument | undefined,
): Checked<Runbook> {
  const format = document.path.endsWith(".mdx") ? "mdx" : "md";
  const parsed = parseDocument({ path: document.path, id, format, text });
  if (parsed.value === undefined) return { diagnostics: parsed.diagnostics };
  const compiled = compileRunbook(parsed.value, readShell);
  if (compiled.value !== undefined) visit?.(parsed.value, compiled.value);
  const diagnostics = [...parsed.diagnostics, ...compiled.diagnostics].toSorted(byPlace);
  return { value: compiled.value, diagnostics };
}

function byPlace(one: Diagnostic, other: Diagnostic): number {
  return (one.span?.start.offset ?? 0) - (other.span?.start.offset ?? 0);
}

/** Two files can have one id: `x.md` beside `x.mdx`; the later one is told apart by its ending. */
function uniqueId(document: DocumentFile, taken: ReadonlyMap<string, unknown>): string {
  return taken.has(document.id) ? `${document.id}${path.extname(document.path)}` : document.id;
}

function addDiagnostic(diagnostic: Diagnostic, runbooks: Map<string, Checked<Runbook>>): void {
  for (const [id, checked] of runbooks) {
    if (checked.value?.path !== diagnostic.path) continue;
    runbooks.set(id, { ...checked, diagnostics: [...checked.diagnostics, diagnostic] });
  }
}
