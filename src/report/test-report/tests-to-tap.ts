import type { DocumentTestResult, TestedDocument, TestedStep } from "../../model/document-test.ts";
import { nameFailure } from "../run-view/outcome-words.ts";
import { escapeToLine, sanitiseProgramOutput } from "../sanitise-terminal-text.ts";
import { describeDocumentFailure } from "./tests-to-junit.ts";

/**
 * Writes tested documents as TAP 14, one test point a step, in the order of the documents; a document
 * that was not run is one point that is not ok. No I/O.
 *
 * @example
 * TAP version 14
 * 1..1
 * ok 1 - docs/install.md:12 Unpack
 */
export function testsToTap({ documents }: DocumentTestResult): string {
  const points = documents.flatMap((document) => [
    ...document.steps.map(stepToPoint),
    ...documentToPoints(document),
  ]);
  const lines = points.flatMap(({ isOk, title, directive, details }, index) => [
    `${isOk ? "ok" : "not ok"} ${index + 1} - ${escapeTitle(title)}${directive}`,
    ...renderDetails(details),
  ]);
  return ["TAP version 14", `1..${points.length}`, ...lines, ""].join("\n");
}

interface TestPoint {
  readonly isOk: boolean;
  readonly title: string;
  /** ` # SKIP why`, or empty. */
  readonly directive: string;
  /** Keys and values of its YAML block; texts of several lines stay so. */
  readonly details: readonly (readonly [string, string | number | undefined])[];
}

function stepToPoint(step: TestedStep): TestPoint {
  const title = `${step.path}:${step.line} ${step.title}`;
  switch (step.outcome) {
    case "passed":
      return { isOk: true, title, directive: "", details: [] };
    case "skipped":
    case "pending":
    case "cancelled": {
      const why = step.outcome === "skipped" ? (step.reason ?? "") : "not run";
      return { isOk: true, title, directive: ` # SKIP ${escapeTitle(why)}`, details: [] };
    }
    default:
      return {
        isOk: false,
        title,
        directive: "",
        details: [
          ["message", step.reason ?? nameFailure(step)],
          ["severity", "fail"],
          ["step", step.stepId],
          ["exitCode", step.exitCode],
          ["command", step.script],
          ["difference", step.difference],
          ["stderr", step.errorOutput === "" ? undefined : step.errorOutput],
        ],
      };
  }
}

function documentToPoints(document: TestedDocument): readonly TestPoint[] {
  const text = describeDocumentFailure(document);
  if (text === undefined) return [];
  const { name, outcome, isHarmless } = document;
  if (isHarmless) {
    return [{ isOk: true, title: name, directive: ` # SKIP ${escapeTitle(text)}`, details: [] }];
  }
  return [
    { isOk: false, title: `${name} ${outcome}`, directive: "", details: [["message", text]] },
  ];
}

/** Of a title, `#` would begin a directive. */
function escapeTitle(text: string): string {
  return escapeToLine(text).replaceAll(/[\\#]/gu, String.raw`\$&`);
}

function renderDetails(details: TestPoint["details"]): readonly string[] {
  const known = details.filter(([, value]) => value !== undefined);
  if (known.length === 0) return [];
  return ["  ---", ...known.flatMap(([name, value]) => renderDetail(name, value ?? "")), "  ..."];
}

function renderDetail(name: string, value: string | number): readonly string[] {
  if (typeof value === "number") return [`  ${name}: ${value}`];
  const text = sanitiseProgramOutput(value.replaceAll("\r", "\n"), { keepsColours: false });
  const lines = text.replace(/\n+$/u, "").split("\n");
  // A text that begins with a blank needs its indentation told.
  return lines.length === 1
    ? [`  ${name}: ${JSON.stringify(lines[0])}`]
    : [`  ${name}: |2`, ...lines.map((line) => `    ${line}`.trimEnd())];
}
