import type { DocumentTestResult, TestedDocument, TestedStep } from "../../model/document-test.ts";
import { describeDiagnostic } from "../catalogue.ts";
import { nameFailure } from "../run-view/outcome-words.ts";
import { toXmlAttribute, toXmlContent } from "../xml-text.ts";
import { describeWayOut } from "./render-tested-document.ts";

/**
 * Writes tested documents as JUnit XML: one suite a document, one case a step; a document that was not
 * run has one case, an error, that says why. No I/O.
 */
export function testsToJunit({ documents, durationMs }: DocumentTestResult): string {
  const suites = documents.map(toSuite);
  const sum = (key: "tests" | "failures" | "errors" | "skipped"): number =>
    suites.reduce((total, suite) => total + suite[key], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="opswright test" tests="${sum("tests")}" failures="${sum("failures")}" errors="${sum("errors")}" skipped="${sum("skipped")}" time="${seconds(durationMs)}">`,
    ...suites.flatMap(({ lines }) => lines),
    "</testsuites>",
    "",
  ].join("\n");
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
  readonly lines: readonly string[];
}

function toSuite(document: TestedDocument): Suite {
  const { name, steps, counts, durationMs } = document;
  const whole = describeDocumentFailure(document);
  const isSkipped = document.isHarmless;
  const hasOwnCase = whole !== undefined;
  const errors = hasOwnCase && !isSkipped ? 1 : 0;
  const skipped = counts.skipped + counts.pending + (hasOwnCase && isSkipped ? 1 : 0);
  const tests = steps.length + (hasOwnCase ? 1 : 0);
  const head = `name="${toXmlAttribute(name)}" tests="${tests}" failures="${counts.failed}" errors="${errors}" skipped="${skipped}" time="${seconds(durationMs)}" file="${toXmlAttribute(document.path)}"`;
  return {
    tests,
    failures: counts.failed,
    errors,
    skipped,
    lines: [
      `  <testsuite ${head}>`,
      ...steps.flatMap((step) => renderCase(name, step)),
      ...(whole === undefined ? [] : renderWhole(document, whole)),
      "  </testsuite>",
    ],
  };
}

function renderWhole(document: TestedDocument, text: string): string[] {
  const name = toXmlAttribute(document.name);
  const child = document.isHarmless
    ? `      <skipped message="${toXmlAttribute(text)}"/>`
    : `      <error type="${document.outcome}" message="${toXmlAttribute(text.split("\n")[0] ?? "")}">${toXmlContent(text)}</error>`;
  return [
    `    <testcase classname="${name}" name="(document)" file="${toXmlAttribute(document.path)}" time="0.000">`,
    child,
    "    </testcase>",
  ];
}

/**
 * Why a document as a whole was not tested, in lines; undefined where its steps tell all. No I/O.
 */
export function describeDocumentFailure(document: TestedDocument): string | undefined {
  const { outcome, refusals, problems, reason } = document;
  switch (outcome) {
    case "passed":
    case "failed":
    case "interrupted":
      return reason;
    case "empty":
      return reason ?? "There is no step in it.";
    case "broken":
      return `Its shell was lost. ${reason ?? ""}`.trim();
    case "refused":
      return [
        "Nothing of it was run.",
        ...refusals.map(({ path, line, text }) => `${path}:${line} ${text}`),
        describeWayOut(refusals),
      ].join("\n");
    case "invalid":
      return [
        "It is not valid.",
        ...problems.map((problem) => {
          const { message, hint } = describeDiagnostic(problem);
          return `${problem.path ?? document.path}:${problem.span?.start.line ?? 1} ${message} ${hint}`;
        }),
      ].join("\n");
    default:
      return outcome satisfies never;
  }
}

function renderCase(document: string, step: TestedStep): string[] {
  const place = `file="${toXmlAttribute(step.path)}" line="${step.line}"`;
  const opening = `    <testcase classname="${toXmlAttribute(document)}" name="${toXmlAttribute(step.stepId)}" ${place} time="${seconds(step.durationMs)}"`;
  const child = renderOutcome(step);
  const printed =
    step.output === undefined || step.output === ""
      ? []
      : [`      <system-out>${toXmlContent(step.output)}</system-out>`];
  return child === undefined
    ? [`${opening}/>`]
    : [`${opening}>`, child, ...printed, "    </testcase>"];
}

function renderOutcome(step: TestedStep): string | undefined {
  switch (step.outcome) {
    case "passed":
      return undefined;
    case "pending":
    case "cancelled":
      return '      <skipped message="not run"/>';
    case "skipped":
      return `      <skipped message="${toXmlAttribute(step.reason ?? "skipped")}"/>`;
    default: {
      const text = [step.reason ?? "", step.difference ?? ""].filter((part) => part !== "");
      return `      <failure type="${step.outcome}" message="${toXmlAttribute(nameFailure(step))}">${toXmlContent(text.join("\n"))}</failure>`;
    }
  }
}

function seconds(durationMs: number | undefined): string {
  return ((durationMs ?? 0) / 1000).toFixed(3);
}
