import type { ParsedDocument } from "../model/parsed-document.ts";
import type { Runbook } from "../model/runbook.ts";
import type { ReadShell } from "../model/shell-script.ts";
import { createLineIndex, type LineIndex } from "../parse/line-index.ts";
import { placeCommands, type PlacedCommand } from "./placed-command.ts";

/** One document as claims are read from it and rules look at it. */
export interface DriftDocument {
  readonly runbook: Runbook;
  readonly parsed: ParsedDocument;
  readonly path: string;
  /** True for `.mdx`, which is a team's own runbook; `.md` can be anybody's document. */
  readonly isStrict: boolean;
  readonly lines: LineIndex;
  /** The folder that it speaks of, relative to the root; empty for the root itself. */
  readonly subject: string;
  /** Every command of blocks and inline code, in document order within each. */
  readonly commands: readonly PlacedCommand[];
}

/** Prepares a compiled document for claims and rules. No I/O. */
export function createDriftDocument(
  parsed: ParsedDocument,
  runbook: Runbook,
  subject: string,
  readShell: ReadShell,
): DriftDocument {
  const lines = createLineIndex(parsed.source.text);
  return {
    runbook,
    parsed,
    path: parsed.source.path,
    isStrict: parsed.source.format === "mdx",
    lines,
    subject,
    commands: placeCommands(parsed, runbook, lines, readShell),
  };
}
