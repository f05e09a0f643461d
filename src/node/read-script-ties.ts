import { scriptTieClaims } from "../drift/claims/script-tie-claims.ts";
import { createDriftDocument } from "../drift/drift-document.ts";
import type { ReadFileResult, Repository } from "../drift/ports.ts";
import type { ReadTie } from "../edit/sync-scripts.ts";
import type { FoundClaim } from "../drift/claim-kind.ts";
import type { ScriptTieClaim } from "../drift/claims/script-tie-claims.ts";
import type { Problem } from "../model/problem.ts";
import type { SourceFile } from "../model/source.ts";
import { loadShellReader } from "./load-shell-reader.ts";
import type { Project } from "./read-project.ts";
import { readRunbooks } from "./read-runbooks.ts";

/** The tied blocks of a project's documents, with the texts of both sides. */
export interface ScriptTies {
  readonly ties: readonly ReadTie[];
  /** Texts by path, of documents and scripts. */
  readonly sources: ReadonlyMap<string, string>;
  /** Documents that could not be read at all, so that nothing is known of their blocks. */
  readonly problems: readonly Problem[];
  readonly documentCount: number;
}

/**
 * Reads the tied blocks of a project's documents, and the scripts that they name.
 *
 * `paths` (files or folders, relative to the current folder) narrows it. Throws `ProjectError` where a
 * path is not there. Reads the file system.
 */
export async function readScriptTies(
  project: Project,
  paths: readonly string[],
  repository: Repository,
): Promise<ScriptTies> {
  const readShell = await loadShellReader();
  const found: { source: SourceFile; claim: FoundClaim<ScriptTieClaim> }[] = [];
  const library = await readRunbooks(project, paths, (parsed, runbook) => {
    const document = createDriftDocument(parsed, runbook, "", readShell);
    for (const claim of scriptTieClaims.collect(document)) {
      found.push({ source: parsed.source, claim });
    }
  });
  const sources = new Map(library.sources);
  const scripts = new Map<string, ReadFileResult>();
  const ties: ReadTie[] = [];
  for (const { source, claim } of found) {
    const { path } = claim.value.place;
    const script = scripts.get(path) ?? (await repository.readText(path));
    scripts.set(path, script);
    if (script.kind === "text") sources.set(path, script.text);
    ties.push({ ...claim.value, attributeSpan: claim.span, source, script });
  }
  const unread = [...library.runbooks.values()].filter(({ value }) => value === undefined);
  return {
    ties,
    sources,
    problems: unread.flatMap(({ diagnostics }) => diagnostics),
    documentCount: library.runbooks.size,
  };
}
