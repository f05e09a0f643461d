import type { Position, Span } from "../../model/source.ts";
import type { ClaimKind } from "../claim-kind.ts";
import { placeScripts, type PlacedScript } from "../placed-script.ts";

/** A block that runs in bash: it claims to be sound. */
export interface ShellScriptClaim {
  readonly text: string;
  /** Where each line of `text` begins in the document. */
  readonly rows: readonly Position[];
  readonly isStrict: boolean;
}

/** Blocks that run in bash. */
export const shellScriptClaims: ClaimKind<ShellScriptClaim> = {
  name: "shell-script",
  title: "shell scripts",
  description:
    "Each block that runs in bash, and each command of a transcript; those with blanks to fill or with mistakes of syntax are left to the findings about these.",
  collect: (document) =>
    placeScripts(document)
      .filter(isSound)
      .map((script) => ({
        value: { text: script.text, rows: listRows(script), isStrict: document.isStrict },
        span: script.step.codeSpan,
        text: script.step.title,
        origin: "step",
      })),
};

function isSound({ step, shell, text }: PlacedScript): boolean {
  const { isRunnable, interpreter, blanks } = step;
  if (!isRunnable || interpreter !== "bash" || blanks.length > 0) return false;
  return shell.syntaxErrors.length === 0 && text.length <= mostCharacters;
}

/** No block that people read is longer, and shellcheck takes its time. */
const mostCharacters = 50_000;

function listRows(script: PlacedScript): readonly Position[] {
  const rows: Position[] = [];
  let start = 0;
  for (const line of script.text.split("\n")) {
    rows.push(script.locate({ start, end: start }).start);
    start += line.length + 1;
  }
  return rows;
}

/**
 * The place of a comment on a script: lines and columns count from 1, columns by characters.
 *
 * No I/O.
 */
export function locateInScript(
  { text, rows }: ShellScriptClaim,
  from: { readonly line: number; readonly column: number },
  to: { readonly line: number; readonly column: number },
): Span | undefined {
  const lines = text.split("\n");
  const positionAt = ({ line, column }: typeof from): Position | undefined => {
    const row = rows[line - 1];
    const source = lines[line - 1];
    if (row === undefined || source === undefined) return undefined;
    // Positions count UTF-16 units: an emoji is two of them.
    const units = Array.from(source)
      .slice(0, column - 1)
      .join("").length;
    return { line: row.line, column: row.column + units, offset: row.offset + units };
  };
  const start = positionAt(from);
  const end = positionAt(to);
  return start === undefined || end === undefined ? undefined : { start, end };
}
