import { InvalidArgumentError, Option, type Command } from "commander";
import { addDocumentOptions, type DocumentOptions } from "./document-options.ts";

/** A report to be written when all documents have been tested. */
export interface TestReportRequest {
  readonly format: "junit" | "tap";
  readonly file: string;
}

/** Options of `opswright test`. */
export interface TestOptions extends DocumentOptions {
  /** How many failures are enough; `true`: one. */
  readonly bail?: number | true | undefined;
  readonly watch?: true | undefined;
  readonly tap?: true | undefined;
  readonly report?: readonly TestReportRequest[] | undefined;
}

/** Adds the options of `opswright test`. */
export function addTestOptions(command: Command): Command {
  return addDocumentOptions(command)
    .addOption(
      new Option("--bail [count]", "stop after the first failure, or after so many").argParser(
        readBail,
      ),
    )
    .option("--watch", "run what changes again, until Ctrl-C")
    .option("--tap", "print TAP 14 instead")
    .addOption(
      new Option(
        "--report <format=file>",
        "write a report: junit or tap; can be repeated",
      ).argParser(readReport),
    );
}

function readBail(text: string): number {
  if (/^[1-9]\d{0,5}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError(
    "It must be a number from 1 up. Without a number, put --bail behind the paths.",
  );
}

function readReport(
  text: string,
  previous: readonly TestReportRequest[] = [],
): readonly TestReportRequest[] {
  const [, format, file] = /^(junit|tap)=(.+)$/su.exec(text) ?? [];
  if (format === undefined || file === undefined) {
    throw new InvalidArgumentError("It must be junit=FILE or tap=FILE.");
  }
  return [...previous, { format: format as TestReportRequest["format"], file }];
}

/** Says which options do not go together; undefined where all is well. No I/O. */
export function findTestOptionConflict(options: TestOptions): string | undefined {
  const { json, tap, watch, report, shard } = options;
  if (json === true && tap === true) return "--json and --tap do not go together";
  if (watch !== true) return undefined;
  if (shard !== undefined) return "--watch and --shard do not go together";
  if (json === true || tap === true || report !== undefined) {
    return "--watch prints for a person: leave out --json, --tap and --report";
  }
  return undefined;
}
