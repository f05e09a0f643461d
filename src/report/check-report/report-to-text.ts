import type { Problem } from "../../model/problem.ts";
import { countNoun } from "../count-noun.ts";
import { renderClaimCounts, renderUnjudgedClaims } from "../render-claims.ts";
import { renderDiagnosticCount, renderDiagnostics } from "../render-diagnostics.ts";
import { wrapText, wrapWithIndent } from "../text-layout.ts";
import type { TextStyle } from "../text-style.ts";
import { describeHidden, type CheckReport } from "./check-report.ts";

/** How much is told. */
export type CheckVerbosity = "quiet" | "normal" | "verbose";

/** With more problems than this, what is commonest is said at the end. */
const fewProblems = 10;

/** So many notes of one code are told. */
const fewNotes = 3;

/**
 * Writes a check for a person: each problem, then what was looked at and how it went.
 *
 * `remarks` are sentences that stand before the result: what was fixed, what limit was passed.
 * `emptyNote` is said where nothing was checked. Of notes of one code the first three are told and the
 * others counted, so that they hide no error. With `quiet` notes and the counts of claims are left
 * out; with `verbose` all notes are told, and why claims were not judged. No I/O.
 */
export function reportToText(
  report: CheckReport,
  options: {
    readonly style: TextStyle;
    readonly verbosity: CheckVerbosity;
    readonly remarks: readonly string[];
    readonly emptyNote: string;
  },
): string {
  const { style, verbosity, remarks } = options;
  const { problems, sources, documents, claims, hidden } = report;
  const { told, moreNotes } = chooseTold(problems, verbosity);
  const blocks = renderDiagnostics(told, sources, style);
  const wrap = (text: string): string[] => wrapText(text, style.columns);
  const count = renderDiagnosticCount(problems);
  const isEmpty = documents.length === 0 && count === "";
  const result = `Checked ${countNoun(documents.length, "runbook")}: ${count === "" ? "no problems" : count}.`;
  const claimLines = verbosity === "quiet" ? [] : describeClaims(report, verbosity, style);
  const lines = [
    ...moreNotes.flatMap(wrap),
    ...(moreNotes.length === 0 ? [] : [""]),
    ...(told.length > fewProblems ? countCodes(problems, style) : []),
    ...remarks.flatMap(wrap),
    // A path is not divided: it is there to be copied.
    ...(isEmpty
      ? [options.emptyNote]
      : wrap([result, countFixes(problems)].filter((part) => part !== "").join(" "))),
    ...[describeHidden(hidden)].filter((part) => part !== "").flatMap(wrap),
    ...(claims.total === 0 ? [] : claimLines),
    ...(told.length === 0 ? [] : wrap("Run `opswright explain CODE` to read more about a code.")),
  ];
  return `${blocks === "" ? "" : `${blocks}\n`}${lines.join("\n")}\n`;
}

function chooseTold(
  problems: readonly Problem[],
  verbosity: CheckVerbosity,
): { readonly told: readonly Problem[]; readonly moreNotes: readonly string[] } {
  if (verbosity === "verbose") return { told: problems, moreNotes: [] };
  const mostNotes = verbosity === "quiet" ? 0 : fewNotes;
  const notes = new Map<string, number>();
  const told = problems.filter(({ code, severity }) => {
    if (severity !== "info") return true;
    const count = (notes.get(code) ?? 0) + 1;
    notes.set(code, count);
    return count <= mostNotes;
  });
  const left = [...notes].filter(([, count]) => count > mostNotes);
  const moreNotes =
    verbosity === "quiet"
      ? []
      : left.map(
          ([code, count]) =>
            `… and ${countNoun(count - mostNotes, "more note", "more notes")} of ${code}: --verbose tells all.`,
        );
  return { told, moreNotes };
}

function countFixes(problems: readonly Problem[]): string {
  const count = problems.filter(({ fix }) => fix !== undefined).length;
  if (count === 0) return "";
  return count === 1 ? "`check --fix` mends 1 of them." : `\`check --fix\` mends ${count} of them.`;
}

/** How often each code is there, the commonest first. */
function countCodes(problems: readonly Problem[], { colors }: TextStyle): string[] {
  const counts = new Map<string, number>();
  for (const { code } of problems) counts.set(code, (counts.get(code) ?? 0) + 1);
  const ordered = [...counts].toSorted(
    ([one, count], [other, otherCount]) => otherCount - count || (one < other ? -1 : 1),
  );
  const width = String(ordered[0]?.[1] ?? 0).length;
  return [
    colors.bold("By code:"),
    ...ordered.map(([code, count]) => `  ${String(count).padStart(width)} ${code}`),
    "",
  ];
}

function describeClaims(
  { claims }: CheckReport,
  verbosity: CheckVerbosity,
  { columns }: TextStyle,
): string[] {
  const isAnyOpen = claims.unjudged.length > 0;
  const hint = isAnyOpen && verbosity !== "verbose" ? " --verbose says why." : "";
  const counts = wrapText(`${renderClaimCounts(claims)}${hint}`, columns);
  if (verbosity !== "verbose" || !isAnyOpen) return counts;
  const reasons = renderUnjudgedClaims(claims).flatMap((line) => {
    const [prefix = "", rest = ""] = /^(\s*\d+ )(.*)$/u.exec(line)?.slice(1) ?? ["", line];
    return wrapWithIndent(prefix, rest, columns);
  });
  return [...counts, "Not judged:", ...reasons];
}
