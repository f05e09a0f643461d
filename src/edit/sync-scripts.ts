import type { ScriptTieClaim } from "../drift/claims/script-tie-claims.ts";
import type { ReadFileResult } from "../drift/ports.ts";
import { readRegions, removeIndent } from "../drift/read-regions.ts";
import { judgeTie, linesAt, nameScriptPlace } from "../drift/script-tie.ts";
import type { SourceFile, Span } from "../model/source.ts";
import type { Fix } from "../model/text-edit.ts";
import { applyEdits } from "./apply-edits.ts";
import { appendRegion, createScript, type NewScript } from "./create-region.ts";
import { writeBlock } from "./write-block.ts";
import type { WrittenText } from "./write-fence.ts";
import { writeRegion } from "./write-region.ts";

/** Which side is right: the other one is written. */
export type SyncSource = "docs" | "scripts";

/** A tied block in its document, with what was read of its script. */
export interface ReadTie extends ScriptTieClaim {
  /** The attribute `script=`. */
  readonly attributeSpan: Span;
  readonly source: SourceFile;
  readonly script: ReadFileResult;
}

/** What is to be written so that blocks and scripts are the same, and what cannot be. */
export interface SyncPlan {
  readonly writes: readonly { readonly tie: ReadTie; readonly fix: Fix }[];
  readonly newScripts: readonly NewScript[];
  readonly problems: readonly SyncProblem[];
}

/** A tie that cannot be written; `reason` is a clause without a full stop. */
export interface SyncProblem {
  readonly tie: ReadTie;
  readonly reason: string;
}

/**
 * Lists those ties that are not in sync, a script or region that is not there included.
 *
 * No I/O.
 */
export function findUnsynced(ties: readonly ReadTie[]): readonly ReadTie[] {
  return ties.filter((tie) => judge(tie).kind !== "in-sync");
}

/**
 * Plans how each tie that is not in sync becomes so by writing one side from the other.
 *
 * `canCreate` lets scripts and regions be made that are not there. Where blocks that are tied to one
 * region differ from each other, the script is not written from them. Edits that touch each other are
 * for `selectFixes` to part; once they are made, plan again until nothing is left. No I/O.
 */
export function planSync(
  ties: readonly ReadTie[],
  from: SyncSource,
  options: { readonly canCreate: boolean },
): SyncPlan {
  const writes: SyncPlan["writes"][number][] = [];
  const newScripts: NewScript[] = [];
  const problems: SyncProblem[] = [];
  const rivals = from === "docs" ? findRivals(ties) : new Map<ReadTie, ReadTie>();
  const made = new Set<string>();
  for (const tie of findUnsynced(ties)) {
    const name = nameScriptPlace(tie.place);
    const rival = rivals.get(tie);
    if (rival !== undefined) {
      problems.push({
        tie,
        reason: `${nameBlock(rival)} is tied to the same lines and is different`,
      });
      continue;
    }
    if (from === "docs") {
      // Blocks that are the same and tied to the same region write it once.
      if (made.has(name)) continue;
      made.add(name);
    }
    const written = from === "docs" ? writeScript(tie, options.canCreate) : writeDocument(tie);
    if (written.kind === "impossible") problems.push({ tie, reason: written.reason });
    else if (written.kind === "new") addScript(newScripts, written.script, tie);
    else if (written.kind === "edit") {
      const title =
        from === "docs"
          ? `Write ${name} from ${nameBlock(tie)}`
          : `Write ${nameBlock(tie)} from ${name}`;
      writes.push({ tie, fix: { title, edits: [written.edit] } });
    }
  }
  return { writes, newScripts, problems };
}

/** Takes a new script among others; a further region of one is appended to it. */
function addScript(scripts: NewScript[], script: NewScript, tie: ReadTie): void {
  const at = scripts.findIndex(({ path }) => path === script.path);
  const known = scripts[at];
  if (known === undefined) scripts.push(script);
  // Of the whole script and a region of it, one is left for when the plan is made again.
  else if (tie.place.region !== undefined && readRegions(known.text).regions.size > 0) {
    const added = appendRegion(known.text, tie.place, linesOfBlock(tie));
    if (added.kind === "edit") {
      scripts[at] = { ...known, text: applyEdits(known.text, [added.edit]) };
    }
  }
}

function judge({ source, place, code, codeSpan, script }: ReadTie): ReturnType<typeof judgeTie> {
  return judgeTie({ path: source.path, line: codeSpan.start.line, code }, place, script, []);
}

/** Names a block for a person: `runbooks/backup.mdx:12`. No I/O. */
export function nameBlock({ source, fenceSpan }: ReadTie): string {
  return `${source.path}:${fenceSpan.start.line}`;
}

function linesOfBlock({ code }: ReadTie): readonly string[] {
  return code === "" ? [] : removeIndent(code.split("\n")).lines;
}

/** For each tie another one of the same place and another text, if there is one. */
function findRivals(ties: readonly ReadTie[]): ReadonlyMap<ReadTie, ReadTie> {
  const byPlace = new Map<string, ReadTie[]>();
  for (const tie of ties) {
    const name = nameScriptPlace(tie.place);
    byPlace.set(name, [...(byPlace.get(name) ?? []), tie]);
  }
  const rivals = new Map<ReadTie, ReadTie>();
  const textOf = (tie: ReadTie): string => linesOfBlock(tie).join("\n");
  for (const group of byPlace.values()) {
    for (const tie of group) {
      const rival = group.find((one) => textOf(one) !== textOf(tie));
      if (rival !== undefined) rivals.set(tie, rival);
    }
  }
  return rivals;
}

type WrittenScript = WrittenText | { readonly kind: "new"; readonly script: NewScript };

function writeScript(tie: ReadTie, canCreate: boolean): WrittenScript {
  const { place, script, language } = tie;
  const name = nameScriptPlace(place);
  const lines = linesOfBlock(tie);
  if (script.kind === "refused")
    return { kind: "impossible", reason: `${place.path} cannot be read: ${script.reason}` };
  if (script.kind === "absent") {
    if (place.path.startsWith("..") || place.path.startsWith("/")) {
      return { kind: "impossible", reason: `${place.path} is not in the repository` };
    }
    return canCreate
      ? { kind: "new", script: createScript(place, lines, language) }
      : { kind: "impossible", reason: `there is no ${place.path}; --create makes it` };
  }
  if (linesAt(script.text, place) !== undefined) return writeRegion(script.text, place, lines);
  if (readRegions(script.text).problems.some((problem) => problem.name === place.region)) {
    return {
      kind: "impossible",
      reason: `the markers of ${name} make no region; put them right first`,
    };
  }
  return canCreate
    ? appendRegion(script.text, place, lines)
    : {
        kind: "impossible",
        reason: `there is no region ${name}; mark it with \`opswright:begin ${place.region ?? ""}\` and \`opswright:end ${place.region ?? ""}\`, or let --create append it`,
      };
}

function writeDocument({ place, script, source, fenceSpan }: ReadTie): WrittenText {
  if (script.kind === "refused")
    return { kind: "impossible", reason: `${place.path} cannot be read: ${script.reason}` };
  const lines = script.kind === "text" ? linesAt(script.text, place) : undefined;
  if (lines === undefined) {
    return { kind: "impossible", reason: `there is no ${nameScriptPlace(place)} to write it from` };
  }
  return writeBlock(source, fenceSpan, removeIndent(lines.map(({ text }) => text)).lines);
}
