import type { RuleFinding } from "../../model/rule-finding.ts";
import { createLineIndex, type LineIndex } from "../../parse/line-index.ts";
import { readYamlDocuments, type YamlDocument } from "../../parse/read-yaml.ts";
import type { FactPlace } from "../fact-source.ts";
import { reportUnreadable } from "../rules/unreadable-file.ts";

/** A file of facts: `path` is relative to the root, as findings name it. */
export interface FactFile {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
}

/**
 * Reads some files of a subject; what cannot be read becomes a problem, and what is not there is
 * left out.
 *
 * `paths` are relative to the subject. Reads through the port.
 */
export async function readFactFiles(
  place: FactPlace,
  paths: readonly string[],
): Promise<{ readonly files: readonly FactFile[]; readonly problems: readonly RuleFinding[] }> {
  const files: FactFile[] = [];
  const problems: RuleFinding[] = [];
  for (const relative of paths) {
    const path = place.toRootPath(relative);
    const read = await place.repository.readText(path);
    if (read.kind === "text")
      files.push({ path, text: read.text, lines: createLineIndex(read.text) });
    if (read.kind === "refused") problems.push(reportUnreadable(path, read.reason));
  }
  return { files, problems };
}

/** The YAML documents of a file that are valid, and a problem for each that is not. No I/O. */
export function readYamlFile(file: FactFile): {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly RuleFinding[];
} {
  const documents = readYamlDocuments(file.text, (start, end) => file.lines.spanOf(start, end));
  return {
    documents: documents.filter(({ errors }) => errors.length === 0),
    problems: documents.flatMap(({ errors }) =>
      // The first error of a document explains the rest.
      errors.slice(0, 1).map(({ reason, span }) => reportUnreadable(file.path, reason, span)),
    ),
  };
}
