import { InvalidArgumentError, Option, type Command } from "commander";
import type { EventTarget } from "../node/open-event-sink.ts";
import type { CommonOptions } from "./command-context.ts";
import type { PlanOptions } from "./input-options.ts";

/** A report to be written when the run has ended. */
export interface ReportRequest {
  readonly format: "html" | "junit" | "markdown" | "json";
  readonly file: string;
}

/** Where other programs read a run's events. */
export interface EventOptions extends CommonOptions {
  /** A file, or the number of an open descriptor. */
  readonly events?: EventTarget | undefined;
}

/** Options of `opswright run`. */
export interface RunCommandOptions extends PlanOptions, EventOptions {
  readonly yes?: true | undefined;
  readonly allow?: readonly "destructive"[] | undefined;
  /** A file of answers by step. */
  readonly answers?: string | undefined;
  readonly rollback: "ask" | "auto" | "never";
  readonly dryRun?: true | undefined;
  /** True enters what passed into the ledger of verifications. */
  readonly ledger?: true | undefined;
  readonly report?: readonly ReportRequest[] | undefined;
}

/** What the options answer in a person's place. No I/O. */
export function readConsent(options: Pick<RunCommandOptions, "yes" | "allow">): {
  assumeYes: boolean;
  allowDestructive: boolean;
} {
  return {
    assumeYes: options.yes === true,
    allowDestructive: options.allow?.includes("destructive") === true,
  };
}

/** Adds the options that say how a run goes and what it leaves; a rollback itself has no `--rollback`. */
export function addRunOptions(
  command: Command,
  { hasRollback = true }: { readonly hasRollback?: boolean } = {},
): Command {
  if (hasRollback) {
    command.addOption(
      new Option("--rollback <when>", "what to do after a failure")
        .choices(["ask", "auto", "never"])
        .default("ask"),
    );
  }
  return command
    .option("--yes", "answer yes to manual steps and confirmations; never to destructive steps")
    .addOption(
      new Option("--allow <what>", "run destructive steps without asking")
        .choices(["destructive"])
        .argParser(readAllowed),
    )
    .option("--answers <file>", "answers given beforehand, by step, from a YAML or JSON file")
    .addOption(createReportOption())
    .addOption(
      new Option(
        "--events <fd|file>",
        "also write each event as a line of JSON to an open descriptor, or to the end of a file",
      ).argParser(readEventTarget),
    )
    .option(
      "--ledger",
      "where the run completes, enter what passed into the runbooks' .verified.json",
    );
}

/** Makes the option that asks for reports of a run. */
export function createReportOption(): Option {
  return new Option(
    "--report <format=file>",
    "write a report: html, junit, markdown or json; can be repeated",
  ).argParser(collectReport);
}

function readAllowed(text: string, previous: readonly string[] = []): readonly string[] {
  if (text !== "destructive") throw new InvalidArgumentError("Only destructive can be allowed.");
  return [...previous, text];
}

function readEventTarget(text: string): EventTarget {
  if (text === "") throw new InvalidArgumentError("It must be a descriptor's number or a file.");
  return /^\d+$/u.test(text) ? { descriptor: Number(text) } : { file: text };
}

function collectReport(
  text: string,
  previous: readonly ReportRequest[] = [],
): readonly ReportRequest[] {
  const [, format, file] = /^(html|junit|markdown|json)=(.+)$/su.exec(text) ?? [];
  if (format === undefined || file === undefined) {
    throw new InvalidArgumentError("It must be html=FILE, junit=FILE, markdown=FILE or json=FILE.");
  }
  return [...previous, { format: format as ReportRequest["format"], file }];
}
