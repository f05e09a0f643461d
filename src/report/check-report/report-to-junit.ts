import type { Problem } from "../../model/problem.ts";
import { describeDiagnostic } from "../catalogue.ts";
import { countNoun } from "../count-noun.ts";
import { renderClaimCounts } from "../render-claims.ts";
import { toXmlAttribute, toXmlContent } from "../xml-text.ts";
import { describeHidden, namePlaceOf, type CheckReport } from "./check-report.ts";

/**
 * Writes a check as JUnit XML: one case a document, one for any other file that has a problem, and
 * one for the project as a whole.
 *
 * A case fails by its errors; warnings and notes are its output. Where warnings are too many, the
 * project's case fails. No I/O.
 */
export function reportToJunit(report: CheckReport): string {
  const groups = new Map<string, Problem[]>(report.documents.map((path) => [path, []]));
  for (const problem of report.problems) {
    const name = problem.path ?? projectName;
    groups.set(name, [...(groups.get(name) ?? []), problem]);
  }
  const ofProject = groups.get(projectName) ?? [];
  groups.delete(projectName);
  const hasTooManyWarnings =
    report.exitCode === 5 && !report.problems.some(({ severity }) => severity === "error");
  const isEmpty = report.documents.length === 0 && report.problems.length === 0;
  const reason = hasTooManyWarnings
    ? "more warnings than --max-warnings allows"
    : isEmpty
      ? "no runbooks were found"
      : undefined;
  const notes = [describeHidden(report.hidden), renderClaimCounts(report.claims)].filter(
    (line) => line !== "",
  );
  const cases = [
    ...[...groups].map(([path, problems]) => makeCase(path, problems, { isFile: true })),
    makeCase(projectName, ofProject, { isFile: false, reason, notes }),
  ];
  const failures = cases.filter(({ isFailed }) => isFailed).length;
  const totals = `tests="${cases.length}" failures="${failures}" errors="0" skipped="0" time="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="opswright check" ${totals}>`,
    `  <testsuite name="opswright check" ${totals}>`,
    ...cases.flatMap(({ lines }) => lines),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

const projectName = "(project)";

function makeCase(
  name: string,
  problems: readonly Problem[],
  options: {
    readonly isFile: boolean;
    readonly reason?: string | undefined;
    readonly notes?: readonly string[];
  },
): { readonly lines: readonly string[]; readonly isFailed: boolean } {
  const errors = problems.filter(({ severity }) => severity === "error");
  const others = problems.filter(({ severity }) => severity !== "error");
  const isFailed = errors.length > 0 || options.reason !== undefined;
  const file = options.isFile ? ` file="${toXmlAttribute(name)}"` : "";
  const opening = `    <testcase classname="opswright.check" name="${toXmlAttribute(name)}"${file} time="0"`;
  const children: string[] = [];
  if (isFailed) {
    const [first] = errors;
    const message =
      first === undefined
        ? (options.reason ?? "")
        : errors.length === 1
          ? describeDiagnostic(first).message
          : countNoun(errors.length, "error");
    children.push(
      `      <failure type="${toXmlAttribute(first?.code ?? "warnings")}" message="${toXmlAttribute(message)}">${toXmlContent(errors.map(toText).join("\n\n"))}</failure>`,
    );
  }
  const output = [...others.map(toText), ...(options.notes ?? [])].join("\n\n");
  if (output !== "") children.push(`      <system-out>${toXmlContent(output)}</system-out>`);
  const lines =
    children.length === 0 ? [`${opening}/>`] : [`${opening}>`, ...children, "    </testcase>"];
  return { lines, isFailed };
}

function toText(problem: Problem): string {
  const { message, hint } = describeDiagnostic(problem);
  const related = "related" in problem ? (problem.related ?? []) : [];
  const detail = "detail" in problem ? problem.detail : undefined;
  const place = namePlaceOf(problem);
  return [
    `${place === "" ? "" : `${place}: `}${problem.severity}[${problem.code}]`,
    message,
    ...related.map((one) => `${namePlaceOf(one)}: ${one.text}`),
    ...(detail === undefined ? [] : [detail]),
    hint,
  ].join("\n");
}
