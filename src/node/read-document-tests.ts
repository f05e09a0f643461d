import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import path from "node:path";
import type { Checked } from "../model/diagnostic.ts";
import type { DocumentName, RefusalKind } from "../model/document-test.ts";
import type { Runbook } from "../model/runbook.ts";
import { planDocument, type PlannedDocument } from "../plan/plan-document.ts";
import type { Project } from "./read-project.ts";
import { openUserCache } from "./open-user-cache.ts";
import { readRunbooks } from "./read-runbooks.ts";

/** A document that is to be tested. */
export interface DocumentTest extends DocumentName {
  /** Absolute. */
  readonly file: string;
  /** True where it was named itself, and not found in a folder. */
  readonly isNamed: boolean;
  readonly planned: PlannedDocument;
}

/** Which documents are read, and with what. */
export interface DocumentTestRequest {
  /** Files, folders, `FILE#PART`, relative to the current folder. */
  readonly paths: readonly string[];
  /** A part of a path or a title, or a pattern of a path; absent: all. */
  readonly filter?: string | undefined;
  readonly inputs: ReadonlyMap<string, string>;
  /** Variables that were given by name. */
  readonly given: ReadonlyMap<string, string>;
  readonly allowed: ReadonlySet<RefusalKind>;
  readonly timeoutMs: number;
}

/** The documents that were asked for, with the texts to show their problems in. */
export interface DocumentTests {
  /** In order of their names. */
  readonly tests: readonly DocumentTest[];
  /** Texts by path. */
  readonly sources: ReadonlyMap<string, string>;
  /** Names of given inputs that no document declares. */
  readonly unusedInputs: readonly string[];
}

/** The variables by which a document finds what lies beside it. */
export const documentVariables = ["TESTDIR", "OPSWRIGHT_DOCUMENT"] as const;

/**
 * Reads and plans the documents below paths; nothing of them is executed.
 *
 * Throws `ProjectError` where a path is not there. Reads the file system.
 */
export async function readDocumentTests(
  project: Project,
  request: DocumentTestRequest,
): Promise<DocumentTests> {
  const operands = await Promise.all(request.paths.map(readOperand));
  const files = [...new Set(operands.map(({ file }) => file))];
  const cache = await openUserCache();
  const library = await readRunbooks(project, files, undefined, cache);
  await cache?.tidy();
  const known = new Map<string, Checked<Runbook>>([
    ...[...library.known].map(([id, value]) => [id, { value, diagnostics: [] }] as const),
    ...library.runbooks,
  ]);
  const tests: DocumentTest[] = [];
  const isWanted = await createFilter(request.filter);
  const declared = new Set<string>();
  for (const document of library.runbooks.values()) {
    const { value: runbook, diagnostics } = document;
    const shown = runbook?.path ?? diagnostics[0]?.path ?? "";
    const file = path.resolve(project.root, shown);
    const title = runbook?.title ?? path.basename(shown);
    if (!isWanted(shown, title)) continue;
    const provided = new Map([
      ...request.given,
      [documentVariables[0], path.dirname(file)],
      [documentVariables[1], file],
    ]);
    for (const part of findParts(file, operands)) {
      const planned =
        runbook === undefined
          ? { problems: diagnostics, refusals: [], values: new Map<string, string>() }
          : planDocument({
              ...request,
              document: { value: runbook, diagnostics },
              runbooks: known,
              part,
              provided,
            });
      for (const { name } of planned.plan?.inputs ?? []) declared.add(name);
      tests.push({
        name: part === undefined ? shown : `${shown}#${part}`,
        path: shown,
        title,
        file,
        isNamed: operands.some((one) => one.isFile && one.file === file),
        planned,
      });
    }
  }
  return {
    tests: tests.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    sources: library.sources,
    unusedInputs: [...request.inputs.keys()].filter((name) => !declared.has(name)),
  };
}

interface Operand {
  /** Absolute; may be a folder. */
  readonly file: string;
  readonly isFile: boolean;
  readonly part?: string | undefined;
}

/** A file whose own name holds `#` is that file. */
async function readOperand(given: string): Promise<Operand> {
  const info = await stat(given).catch(() => undefined);
  if (info !== undefined) return { file: path.resolve(given), isFile: info.isFile() };
  const [, file = given, part] = /^(.*)#([^#]*)$/su.exec(given) ?? [];
  return { file: path.resolve(file), isFile: true, part };
}

/** The parts of a document that were asked for; the whole of it is undefined. */
function findParts(file: string, operands: readonly Operand[]): readonly (string | undefined)[] {
  const isOf = (one: Operand): boolean =>
    one.file === file || file.startsWith(`${one.file}${path.sep}`);
  const parts = new Set(operands.filter(isOf).map(({ part }) => part));
  // A link may have led to it by another name.
  return parts.size === 0 ? [undefined] : [...parts];
}

async function createFilter(
  filter: string | undefined,
): Promise<(shown: string, title: string) => boolean> {
  if (filter === undefined) return () => true;
  if (/[*?[{]/u.test(filter)) {
    // Loaded where it is used: most calls have no pattern.
    const { default: picomatch } = await import("picomatch");
    const fits = picomatch(filter, { dot: true });
    return (shown) => fits(shown);
  }
  const wanted = filter.toLowerCase();
  return (shown, title) =>
    shown.toLowerCase().includes(wanted) || title.toLowerCase().includes(wanted);
}

/** One of so many parts into which documents are divided. */
export interface Shard {
  /** 1-based. */
  readonly index: number;
  readonly count: number;
}

/**
 * The documents of one shard: each is in exactly one of them, they differ in size by one at most, and
 * which one it is hangs on the documents' names alone. No I/O.
 */
export function selectShard<Test extends Pick<DocumentTest, "name">>(
  tests: readonly Test[],
  { index, count }: Shard,
): readonly Test[] {
  // By digest, so that documents of one folder, which take about as long, are spread.
  const digest = ({ name }: Test): string => createHash("sha256").update(name).digest("hex");
  const order = tests
    .map((test) => [digest(test), test] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, test]) => test);
  const start = Math.floor(((index - 1) * order.length) / count);
  const end = Math.floor((index * order.length) / count);
  const chosen = new Set(order.slice(start, end));
  return tests.filter((test) => chosen.has(test));
}
