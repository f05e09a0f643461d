import type { UpdatedDocument } from "../../model/document-test.ts";
import type { StepUpdate } from "../../model/expectation-update.ts";
import { countNoun } from "../count-noun.ts";
import { formatDuration } from "../format-duration.ts";
import { escapeControlCharacters, escapeToLine } from "../sanitise-terminal-text.ts";
import { wrapText } from "../text-layout.ts";
import type { TextStyle } from "../text-style.ts";
import {
  renderCommand,
  renderTestedDocument,
  type TestedDocumentOptions,
} from "./render-tested-document.ts";

/** Of a longer list the beginning tells enough: the difference has all of it. */
const mostChanges = 40;

/**
 * Shows what became of a document that was updated: one line where it is as it was, else each step that was
 * rewritten or left, with what happened to its lines. Every line ends with a line feed.
 *
 * Lines that are kept are told where they stand for more than themselves. No I/O.
 *
 * @example
 *   ✎ docs/install.md  1 step rewritten
 *     docs/install.md:12  Unpack
 *       $ ./tool --version
 *       kept      18  [..]/tool (glob)
 *       dropped   19  version 1
 *       new       19  version 2
 */
export function renderUpdatedDocument(
  document: UpdatedDocument,
  options: TestedDocumentOptions,
): string {
  const { tested, update } = document;
  const { verbosity, style } = options;
  if (update === undefined) {
    return tested.map((one) => renderTestedDocument(one, options)).join("");
  }
  // What was run and lost its shell, or was stopped, says so itself.
  const others = tested
    .filter(({ outcome }) => outcome !== "passed" && outcome !== "failed")
    .map((one) => renderTestedDocument({ ...one, steps: [] }, options));
  const { steps } = update;
  const shown = verbosity === "quiet" ? steps.filter(({ kind }) => kind === "left") : steps;
  const details = [
    ...shown.flatMap((step) => ["", ...renderStep(step, style)]),
    ...renderProblem(document, style),
    ...tested.flatMap(({ folder }) =>
      folder === undefined ? [] : [`  Kept: ${escapeToLine(folder)}`],
    ),
  ];
  if (verbosity === "quiet" && details.length === 0) return others.join("");
  const gap = details.length === 0 ? [] : [""];
  return `${[renderHead(document, style), ...details, ...gap].join("\n")}\n${others.join("")}`;
}

function renderHead({ path, update, problem }: UpdatedDocument, { colors }: TextStyle): string {
  const name = escapeToLine(path);
  const [rewritten, left] = (["rewritten", "left"] as const).map(
    (wanted) => update?.steps.filter(({ kind }) => kind === wanted).length ?? 0,
  ) as [number, number];
  if (rewritten + left === 0) return `${colors.green("✓")} ${name}  ${colors.dim("as it was")}`;
  const parts = [
    ...(rewritten > 0
      ? [`${countNoun(rewritten, "step")} ${problem === undefined ? "" : "not "}rewritten`]
      : []),
    ...(left > 0 ? [`${countNoun(left, "step")} left`] : []),
  ].join(", ");
  const isBad = left > 0 || problem !== undefined;
  const sign = isBad ? colors.red("✗") : colors.yellow("✎");
  return `${sign} ${colors.bold(name)}  ${parts}`;
}

function renderStep(step: StepUpdate, style: TextStyle): readonly string[] {
  const { colors, columns } = style;
  const { title, path, line, script, kind, reason, exitCode, changes } = step;
  const head = `  ${colors.bold(`${escapeToLine(path)}:${line}`)}  ${escapeToLine(title)}`;
  const command = script === "" ? [] : renderCommand(script, style);
  if (kind === "left") {
    const words = wrapText(escapeControlCharacters(reason ?? ""), columns - 6);
    return [
      head,
      ...command,
      ...words.map((one, index) => `    ${index === 0 ? colors.red("✗") : " "} ${one}`),
    ];
  }
  const told = changes.filter((change) => change.kind !== "kept" || change.isMatcher === true);
  const shown = told.slice(0, mostChanges);
  const width = Math.max(0, ...shown.map((change) => String(change.line).length));
  const rest = told.length - shown.length;
  return [
    head,
    ...command,
    ...(exitCode === undefined ? [] : [`    exit code ${exitCode}`]),
    ...shown.map((change) => {
      const word = change.kind.padEnd(8);
      const number = String(change.line).padStart(width);
      return `    ${colorsOf(change.kind, style)(word)}  ${number}  ${escapeToLine(change.text)}`;
    }),
    ...(rest > 0 ? [`    ${colors.dim(`… ${countNoun(rest, "more line")}`)}`] : []),
  ];
}

function colorsOf(
  kind: StepUpdate["changes"][number]["kind"],
  { colors }: TextStyle,
): (text: string) => string {
  switch (kind) {
    case "dropped":
      return colors.red;
    case "new":
      return colors.green;
    case "loosened":
      return colors.yellow;
    case "kept":
      return colors.dim;
  }
}

function renderProblem(
  { problem }: UpdatedDocument,
  { colors, columns }: TextStyle,
): readonly string[] {
  if (problem === undefined) return [];
  const words = wrapText(`Not written. ${escapeControlCharacters(problem)}`, columns - 4);
  return ["", ...words.map((one, index) => `  ${index === 0 ? colors.red("✗") : " "} ${one}`)];
}

/**
 * Says in one line what became of all documents. No I/O.
 *
 * @example "3 documents: 2 steps rewritten in 1 document, 1 step left (2.1s)\n"
 */
export function renderUpdateSummary(
  updated: readonly UpdatedDocument[],
  {
    durationMs,
    exitCode,
    isDryRun,
  }: {
    readonly durationMs: number;
    readonly exitCode: number;
    readonly isDryRun: boolean;
  },
): string {
  const count = (kind: StepUpdate["kind"], documents: readonly UpdatedDocument[]): number =>
    documents.flatMap(({ update }) => update?.steps.filter((step) => step.kind === kind) ?? [])
      .length;
  const written = updated.filter(({ file }) => file !== undefined);
  const rewritten = count("rewritten", written);
  const left = count("left", updated);
  const unwritten = updated.filter(({ problem }) => problem !== undefined).length;
  const isWritten = !isDryRun && exitCode !== 130;
  const verb = isWritten ? "rewritten" : "would be rewritten";
  const parts = [
    ...(rewritten > 0
      ? [`${countNoun(rewritten, "step")} ${verb} in ${countNoun(written.length, "document")}`]
      : []),
    ...(rewritten + unwritten === 0 ? ["nothing to rewrite"] : []),
    ...(unwritten > 0 ? [`${countNoun(unwritten, "document")} not written`] : []),
    ...(left > 0 ? [`${countNoun(left, "step")} left`] : []),
  ];
  const stopped = exitCode === 130 ? "Stopped: nothing was written.\n" : "";
  return `${stopped}${countNoun(updated.length, "document")}: ${parts.join(", ")} (${formatDuration(durationMs)})\n`;
}
