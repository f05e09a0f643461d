import { writeFileWhole } from "../node/write-file-whole.ts";
import type { RunProgress } from "../report/run-view/run-progress.ts";
import { stringifyHarmless } from "../report/stringify-harmless.ts";
import { recallOutput } from "./recall-output.ts";
import type { ReportRequest } from "./run-options.ts";

/** The run that is reported. */
export interface ReportedRun {
  readonly progress: RunProgress;
  /** The run's folder, absolute. */
  readonly directory: string;
  /** True where the run has no end and its process is gone. */
  readonly hasDied?: boolean;
}

/**
 * Writes reports of a run; gives back why those could not be written that could not.
 *
 * What the steps printed that this process has not seen is read from the run's folder. Writes the
 * files.
 */
export async function writeRunReports(
  requests: readonly ReportRequest[],
  run: ReportedRun,
): Promise<readonly string[]> {
  await recallOutput(run.progress, run.directory);
  const problems: string[] = [];
  for (const { format, file } of requests) {
    try {
      await writeFileWhole(file, await renderReport(format, run));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      problems.push(`The report ${file} cannot be written: ${reason}`);
    }
  }
  return problems;
}

/** Loads the one form that is asked for: a run must not wait for the others. */
async function renderReport(
  format: ReportRequest["format"],
  { progress, hasDied = false }: ReportedRun,
): Promise<string> {
  switch (format) {
    case "html": {
      const { runToHtml } = await import("../report/html-report/run-to-html.ts");
      return runToHtml(progress, hasDied);
    }
    case "junit": {
      const { runToJunit } = await import("../report/run-report/run-to-junit.ts");
      return runToJunit(progress);
    }
    case "markdown": {
      const { runToMarkdown } = await import("../report/run-report/run-to-markdown.ts");
      return runToMarkdown(progress, hasDied);
    }
    case "json": {
      const { runToJson } = await import("../report/run-report/run-to-json.ts");
      return `${stringifyHarmless(runToJson(progress), 2)}\n`;
    }
    default:
      return format satisfies never;
  }
}
