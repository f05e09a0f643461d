import manifest from "../../package.json" with { type: "json" };
import { renderDiff } from "../edit/render-diff.ts";
import { ProjectError } from "../node/read-project.ts";
import { writeFileWhole } from "../node/write-file-whole.ts";
import type { CheckReport } from "../report/check-report/check-report.ts";
import { reportToText } from "../report/check-report/report-to-text.ts";
import { countNoun } from "../report/count-noun.ts";
import { escapeControlCharacters } from "../report/sanitise-terminal-text.ts";
import { createTextStyle, type TextStyle } from "../report/text-style.ts";
import type { CheckFormat, CheckOptions } from "./check-options.ts";
import type { CommandContext } from "./command-context.ts";
import type { FixedProject } from "./fix-problems.ts";
import type { Terminal } from "./terminal.ts";

/** What is told beside the report itself. */
export interface CheckRemarks {
  /** Sentences before the result. */
  readonly remarks: readonly string[];
  /** Said where nothing was checked. */
  readonly emptyNote: string;
  /** How many problems `--fix` repaired; undefined without it. */
  readonly fixedCount: number | undefined;
}

/**
 * Prints a check in the format that was asked for; with `--output` that goes into the file, and the
 * text is printed.
 *
 * Throws `ProjectError` where the file cannot be written.
 */
export async function tellReport(
  { options, terminal }: CommandContext<CheckOptions>,
  report: CheckReport,
  remarks: CheckRemarks,
): Promise<void> {
  const format = options.format ?? (options.json === true ? "json" : "text");
  const render = (style: TextStyle): Promise<string> =>
    renderCheck(format, report, remarks, options, style);
  const { output } = options;
  if (output === undefined) {
    terminal.write(await render(terminal.style));
    return;
  }
  const plain = createTextStyle({ columns: 100, hasColors: false });
  try {
    await writeFileWhole(output, await render(plain));
  } catch (error) {
    throw new ProjectError(`The report ${output} cannot be written.`, { cause: error });
  }
  terminal.write(await renderCheck("text", report, remarks, options, terminal.style));
}

async function renderCheck(
  format: CheckFormat,
  report: CheckReport,
  { remarks, emptyNote, fixedCount }: CheckRemarks,
  { quiet, verbose }: CheckOptions,
  style: TextStyle,
): Promise<string> {
  switch (format) {
    case "text": {
      const verbosity = quiet === true ? "quiet" : verbose === true ? "verbose" : "normal";
      return reportToText(report, { style, verbosity, remarks, emptyNote });
    }
    case "json":
      return (await import("../report/check-report/report-to-json.ts")).reportToJson(
        report,
        fixedCount,
      );
    case "sarif": {
      const { reportToSarif } = await import("../report/check-report/report-to-sarif.ts");
      const { version, homepage } = manifest as { version: string; homepage?: string };
      return reportToSarif(report, { version, homepage });
    }
    case "junit":
      return (await import("../report/check-report/report-to-junit.ts")).reportToJunit(report);
    case "github":
      return (await import("../report/check-report/report-to-github.ts")).reportToGithub(report);
    case "markdown":
      return (await import("../report/check-report/report-to-markdown.ts")).reportToMarkdown(
        report,
      );
    default:
      return format satisfies never;
  }
}

/**
 * Prints what fixes would change as one unified diff, which alone stands on standard output, so that
 * it can be piped into `git apply`; a terminal is shown it without anything that acts on it.
 */
export function tellDifferences(fixed: FixedProject<unknown>, terminal: Terminal): void {
  const diffs = fixed.files.map(({ path, before, after }) => renderDiff(path, before, after));
  const diff = diffs.join("");
  terminal.write(terminal.isOutputTerminal ? colourDiff(diff, terminal.style) : diff);
  const { fixedCount, files, waitingCount } = fixed;
  const waiting =
    waitingCount === 0
      ? ""
      : ` ${countNoun(waitingCount, "more fix", "more fixes")} would follow after them.`;
  terminal.writeError(
    fixedCount === 0
      ? "There is nothing to fix.\n"
      : `Would fix ${countNoun(fixedCount, "problem")} in ${countNoun(files.length, "file")}.${waiting}\n`,
  );
}

function colourDiff(diff: string, { colors }: TextStyle): string {
  return diff
    .split("\n")
    .map((line) => {
      const shown = escapeControlCharacters(line.replace(/\r$/u, ""));
      if (/^(?:---|\+\+\+) /u.test(line)) return colors.bold(shown);
      if (line.startsWith("@@")) return colors.cyan(shown);
      if (line.startsWith("+")) return colors.green(shown);
      return line.startsWith("-") ? colors.red(shown) : shown;
    })
    .join("\n");
}
