import { targetOf } from "../../plan/target-of.ts";
import type { PlannedStep } from "../../model/plan.ts";
import { escapeControlCharacters } from "../sanitise-terminal-text.ts";
import { wrapText, wrapWithIndent } from "../text-layout.ts";
import type { Colors, TextStyle } from "../text-style.ts";
import { renderScript } from "./render-script.ts";

/** Lines of a command that a run shows; the whole stands in the runbook and in `opswright plan`. */
const mostScriptLines = 40;

/**
 * Says in one or two words what sort of step this is where that matters; empty otherwise. No I/O.
 *
 * @example "destructive"; "check"; "by hand"
 */
function nameStepKind(step: PlannedStep): string {
  if (step.kind === "manual") return "by hand";
  if (step.risk.level !== "safe") return step.risk.level;
  return step.isCheck ? "check" : "";
}

/** The colour of a step's kind. No I/O. */
export function paintStepKind(kind: string, colors: Colors): string {
  if (kind === "destructive") return colors.bold(colors.red(kind));
  if (kind === "change") return colors.yellow(kind);
  return colors.cyan(kind);
}

/** A step's title on one line, and where it runs if that is not here: `Restart it · on web`. No I/O. */
export function nameStepAndTarget({
  title,
  planned,
}: {
  readonly title: string;
  readonly planned: PlannedStep | undefined;
}): string {
  const target = targetOf(planned);
  return escapeControlCharacters(
    target === undefined ? title : `${title} · on ${target}`,
  ).replaceAll("\n", " ");
}

/**
 * Shows a step as it begins: its number, title and kind, where it stands, and what is run or to be
 * done; of the sections that hold it, the first `sharedSections` are left out. No I/O.
 *
 * @example
 * ▸ 3/12  Push to develop  change
 *   Deployment › Automatic
 *   $ git push origin develop
 */
export function renderStepHeader(
  step: {
    readonly number: number;
    readonly count: number;
    readonly title: string;
    readonly planned: PlannedStep | undefined;
  },
  style: TextStyle,
  options: {
    readonly sharedSections: number;
    /** Tells the step's place in the document too. */
    readonly isVerbose: boolean;
    /** Shows every line of a long command. */
    readonly isWhole?: boolean;
  },
): string[] {
  const { colors, columns } = style;
  const { planned } = step;
  const kind = planned === undefined ? "" : nameStepKind(planned);
  const title = nameStepAndTarget(step);
  const [first = "", ...rest] = wrapWithIndent(
    `▸ ${step.number}/${step.count}  `,
    kind === "" ? title : `${title}  ${kind}`,
    columns,
  );
  const paint = (line: string) =>
    kind !== "" && line.endsWith(kind)
      ? `${colors.bold(line.slice(0, -kind.length))}${paintStepKind(kind, colors)}`
      : colors.bold(line);
  const lines = [first, ...rest].map(paint);
  if (planned === undefined) return lines;
  const context = planned.context
    .slice(options.sharedSections)
    .filter((section) => section !== planned.title);
  if (context.length > 0) {
    const place = escapeControlCharacters(context.join(" › "));
    lines.push(...wrapText(place, columns - 2).map((line) => `  ${colors.dim(line)}`));
  }
  if (options.isVerbose) {
    lines.push(`  ${colors.dim(escapeControlCharacters(`${planned.path}:${planned.line}`))}`);
  }
  if (planned.kind === "manual") {
    const text = escapeControlCharacters(planned.text).trim();
    if (text !== planned.title.trim())
      lines.push(...wrapText(text, columns - 2).map((line) => `  ${line}`));
  } else {
    const isWhole = options.isVerbose || options.isWhole === true;
    const mostLines = isWhole ? undefined : mostScriptLines;
    lines.push(...renderScript(planned, colors, { indent: "  ", mostLines }));
  }
  return lines;
}
