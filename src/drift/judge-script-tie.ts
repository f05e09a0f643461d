import type { Span } from "../model/source.ts";
import { createLineIndex } from "../parse/line-index.ts";
import type { ScriptTieClaim } from "./claims/script-tie-claims.ts";
import { findSecrets } from "./find-secrets.ts";
import type { ReadFileResult } from "./ports.ts";
import type { FindingDetails } from "./rule.ts";
import { judgeTie, linesAt, nameScriptPlace, type ScriptPlace } from "./script-tie.ts";

/** What is said of a block that is not what its script is. */
export type OutOfSyncArgs = { readonly script: string };

/** What is said of a script or a region that is not there. */
export type MissingRegionArgs = {
  readonly path: string;
  readonly region: string | undefined;
  readonly nearest: string | undefined;
  readonly names: readonly string[];
  readonly reason: "no-file" | "no-region" | "bad-markers" | "unreadable";
  /** Why a file cannot be read. */
  readonly unreadable?: string | undefined;
};

/** What became of a tie, ready to be told by its rule. */
export type TieVerdict =
  | { readonly kind: "in-sync" }
  | {
      readonly kind: "out-of-sync";
      readonly args: OutOfSyncArgs;
      readonly span: Span;
      readonly details: FindingDetails;
    }
  | { readonly kind: "missing"; readonly args: MissingRegionArgs; readonly span: Span };

/** A tie with its places in its document. */
export interface PlacedTie extends Pick<ScriptTieClaim, "place" | "code" | "codeSpan"> {
  /** The document, relative to the root. */
  readonly path: string;
  /** The attribute `script=`. */
  readonly attributeSpan: Span;
}

/**
 * Judges a block by what was read of its script, for the rules about ties and for the check before a
 * run.
 *
 * `files` are the repository's. No I/O.
 */
export function judgeScriptTie(
  { place, code, codeSpan, path, attributeSpan }: PlacedTie,
  read: ReadFileResult,
  files: readonly string[],
): TieVerdict {
  const state = judgeTie({ path, line: codeSpan.start.line, code }, place, read, files);
  const missing = (args: Omit<MissingRegionArgs, "path" | "region">): TieVerdict => ({
    kind: "missing",
    args: { ...place, region: place.region, ...args },
    span: attributeSpan,
  });
  switch (state.kind) {
    case "in-sync":
      return state;
    case "no-file":
      return missing({ reason: "no-file", nearest: state.nearest, names: [] });
    case "no-region": {
      const { nearest, names, isBroken } = state;
      return missing({ reason: isBroken ? "bad-markers" : "no-region", nearest, names });
    }
    case "refused":
      return missing({
        reason: "unreadable",
        nearest: undefined,
        names: [],
        unreadable: state.reason,
      });
    case "differs": {
      const script = nameScriptPlace(place);
      const span = spanOfLine(read.kind === "text" ? read.text : "", state.line);
      const text = `\`${script}\` is different from here on`;
      return {
        kind: "out-of-sync",
        args: { script },
        span: codeSpan,
        details: {
          related: [{ path: place.path, span, text }],
          ...(holdsSecret(code, place, read) ? {} : { detail: state.difference }),
        },
      };
    }
  }
}

/** A difference shows whole lines of both sides. */
function holdsSecret(code: string, place: ScriptPlace, read: ReadFileResult): boolean {
  const lines = read.kind === "text" ? (linesAt(read.text, place) ?? []) : [];
  return [code, lines.map(({ text }) => text).join("\n")].some(
    (text) => findSecrets(text).length > 0,
  );
}

/** A line without the blanks around it. */
function spanOfLine(text: string, line: number): Span {
  const lines = createLineIndex(text);
  const own = lines.lineText(line);
  const start = lines.lineStart(line) + (own.length - own.trimStart().length);
  return lines.spanOf(start, Math.max(start, lines.lineStart(line) + own.trimEnd().length));
}
