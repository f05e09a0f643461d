import type { UpdateOptions } from "../edit/decide-step-update.ts";
import { updateDocument } from "../edit/update-document.ts";
import type { TestedDocument, UpdatedDocument } from "../model/document-test.ts";
import type { DocumentUpdate } from "../model/expectation-update.ts";
import { applyFixes } from "./apply-fixes.ts";
import { loadShellReader } from "./load-shell-reader.ts";
import { ProjectError } from "./read-project.ts";

/** How tested documents are updated. */
export interface UpdateSettings {
  readonly root: string;
  /** The texts that were run, by path. */
  readonly sources: ReadonlyMap<string, string>;
  readonly options: UpdateOptions;
  /** True writes nothing. */
  readonly isDryRun: boolean;
}

/**
 * Updates documents that were tested with `keepsOutput`, each one whole or not at all, in the order in which they
 * were given; parts of one document are updated together.
 *
 * A document that is not any more what was run is left as it is. Reads and writes the file system.
 */
export async function updateTested(
  tested: readonly TestedDocument[],
  settings: UpdateSettings,
): Promise<readonly UpdatedDocument[]> {
  const byPath = Map.groupBy(tested, ({ path }) => path);
  const updated: UpdatedDocument[] = [];
  for (const [path, parts] of byPath) {
    const update = await updateTexts(path, parts, settings);
    const written =
      update === undefined || update.edits.length === 0 ? {} : await write(path, update, settings);
    updated.push({ path, tested: parts, ...(update && { update }), ...written });
  }
  return updated;
}

async function updateTexts(
  path: string,
  parts: readonly TestedDocument[],
  { sources, options }: UpdateSettings,
): Promise<DocumentUpdate | undefined> {
  const runs = parts.flatMap(({ evidence }) => (evidence === undefined ? [] : [evidence]));
  const text = sources.get(path);
  if (text === undefined || runs.length === 0) return undefined;
  const id = parts.find(({ runbook }) => runbook !== undefined)?.runbook ?? path;
  // Loaded where something is updated: it takes longer than most documents.
  const { re2Engine } = await import("../match/re2-engine.ts");
  return updateDocument({
    source: { path, id, format: path.endsWith(".mdx") ? "mdx" : "md", text },
    runs,
    options,
    engine: re2Engine,
    readShell: await loadShellReader(),
  });
}

async function write(
  path: string,
  { edits }: DocumentUpdate,
  { root, sources, isDryRun }: UpdateSettings,
): Promise<Pick<UpdatedDocument, "file" | "problem">> {
  const fix = { title: `Update ${path}`, edits };
  try {
    const { files } = await applyFixes(root, [fix], sources, { isDryRun });
    const [file] = files;
    if (file !== undefined) return { file };
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    const cause = error.cause instanceof Error ? ` ${error.cause.message}` : "";
    return { problem: `${error.message}${cause}` };
  }
  const problem = path.startsWith("../")
    ? "It lies outside of the project: name its own with --root."
    : "It is not what was run any more, or leads out of the project: run the update again.";
  return { problem };
}
