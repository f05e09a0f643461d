import { writeFileWhole } from "../node/write-file-whole.ts";
import { runToJson } from "../report/run-report/run-to-json.ts";
import { runToJunit } from "../report/run-report/run-to-junit.ts";
import { runToMarkdown } from "../report/run-report/run-to-markdown.ts";
import type { RunProgress } from "../report/run-view/run-progress.ts";
import type { ReportRequest } from "./run-options.ts";

/** Writes one report of a run; gives back why it could not be written. Writes the file. */
export async function writeRunReport(
  { format, file }: ReportRequest,
  progress: RunProgress,
): Promise<string | undefined> {
  try {
    await writeFileWhole(file, renderReport(format, progress));
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `The report ${file} cannot be written: ${reason}`;
  }
}

function renderReport(format: ReportRequest["format"], progress: RunProgress): string {
  switch (format) {
    case "junit":
      return runToJunit(progress);
    case "markdown":
      return runToMarkdown(progress);
    case "json":
      return `${JSON.stringify(runToJson(progress), undefined, 2)}\n`;
    default:
      return format satisfies never;
  }
}
