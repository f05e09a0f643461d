import { toMarkdownCode, toMarkdownLine } from "../../report/markdown-text.ts";

/** A run that was done by hand, for those who read of it afterwards. */
export interface ReportedRun {
  readonly title: string;
  /** Where the runbook is, with the values that were filled in. */
  readonly link: string;
  /** The version of its text, in hexadecimal digits. */
  readonly digest: string;
  readonly procedure?: string | undefined;
  /** Without secrets. */
  readonly inputs: Iterable<readonly [string, string]>;
  readonly steps: readonly ReportedStep[];
}

/** A step of such a run. */
export interface ReportedStep {
  readonly title: string;
  /** When it was marked, as `localIsoTime` writes it; absent while it is open. */
  readonly time?: string | undefined;
  readonly note?: string | undefined;
}

/**
 * Describes a run in Markdown that shows the same on any host: no text of the runbook or of the reader
 * becomes markup, a mention or a link. No I/O.
 */
export function reportRun(run: ReportedRun): string {
  const done = run.steps.filter(({ time }) => time !== undefined);
  const times = done.flatMap(({ time = "" }) => time).toSorted();
  const inputs = [...run.inputs];
  const facts = [
    `- Runbook: <${run.link.replaceAll(/[<>\s]/gu, encodeURIComponent)}> (version ${run.digest.slice(0, 12)})`,
    run.procedure === undefined ? "" : `- Procedure: ${toMarkdownLine(run.procedure)}`,
    ...inputs.map(([name, value]) => `- ${toMarkdownCode(name)}: ${toMarkdownCode(value)}`),
    `- Done: ${done.length} of ${run.steps.length} steps`,
    times.length === 0 ? "" : `- From ${times[0] ?? ""} to ${times.at(-1) ?? ""}`,
  ];
  return [
    `# ${toMarkdownLine(run.title)}`,
    "",
    ...facts.filter((fact) => fact !== ""),
    "",
    ...run.steps.map(reportStep),
    "",
  ].join("\n");
}

function reportStep({ title, time, note }: ReportedStep): string {
  const when = time === undefined ? "" : `${time} `;
  const line = `- [${time === undefined ? " " : "x"}] ${when}${toMarkdownLine(title)}`;
  const lines = (note ?? "").split("\n").filter((one) => one.trim() !== "");
  return [line, ...lines.map((one) => `  > ${toMarkdownLine(one)}  `)].join("\n");
}
