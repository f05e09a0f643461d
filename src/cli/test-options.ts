import { InvalidArgumentError, Option, type Command } from "commander";
import type { RefusalKind } from "../model/document-test.ts";
import { parseDurationMs } from "../parse/parse-duration.ts";
import type { CommonOptions } from "./command-context.ts";
import { addInputOptions } from "./input-options.ts";

/** What can be allowed by name; of `manual`, the rest of a document is run. */
const allowedKinds = ["destructive", "confirm", "manual"] as const satisfies RefusalKind[];

/** A report to be written when all documents have been tested. */
export interface TestReportRequest {
  readonly format: "junit" | "tap";
  readonly file: string;
}

/** Options of `opswright test`. */
export interface TestOptions extends CommonOptions {
  readonly input?: readonly string[] | undefined;
  readonly inputs?: string | undefined;
  readonly filter?: string | undefined;
  readonly shard?: { readonly index: number; readonly count: number } | undefined;
  readonly jobs?: number | undefined;
  /** How many failures are enough; `true`: one. */
  readonly bail?: number | true | undefined;
  readonly timeout: number;
  readonly allow?: readonly RefusalKind[] | undefined;
  /** `NAME` or `NAME=value`. */
  readonly env?: readonly string[] | undefined;
  readonly cleanPath?: true | undefined;
  readonly keep?: true | undefined;
  readonly watch?: true | undefined;
  readonly tap?: true | undefined;
  readonly report?: readonly TestReportRequest[] | undefined;
}

/** Adds the options of `opswright test`. */
export function addTestOptions(command: Command): Command {
  return addInputOptions(command)
    .option(
      "--filter <pattern>",
      "only documents with this in their path or title; *?[{ make it a pattern of paths",
    )
    .addOption(
      new Option("--shard <i/n>", "one of so many parts of the documents: 2/4").argParser(
        readShard,
      ),
    )
    .addOption(
      new Option("--jobs <count>", "documents at a time; default: the machine's cores").argParser(
        readCount,
      ),
    )
    .addOption(
      new Option("--bail [count]", "stop after the first failure, or after so many").argParser(
        readBail,
      ),
    )
    .addOption(
      new Option("--timeout <duration>", "time limit of a step that has none of its own")
        .argParser(readDuration)
        .default(60_000, "60s"),
    )
    .addOption(
      new Option("--allow <what>", "run what is refused otherwise; can be repeated")
        .choices(allowedKinds)
        .argParser(readAllowed),
    )
    .addOption(
      new Option(
        "--env <name[=value]>",
        "let a variable through, or set it; can be repeated",
      ).argParser(readVariable),
    )
    .option("--clean-path", "for PATH take the system's own folders, not yours")
    .option("--keep", "leave the temporary folders, and print where they are")
    .option("--watch", "run what changes again, until Ctrl-C")
    .option("--tap", "print TAP 14 instead")
    .addOption(
      new Option(
        "--report <format=file>",
        "write a report: junit or tap; can be repeated",
      ).argParser(readReport),
    );
}

function readShard(text: string): { readonly index: number; readonly count: number } {
  const [, index = 0, count = 0] = (/^(\d{1,6})\/(\d{1,6})$/u.exec(text) ?? []).map(Number);
  if (index < 1 || index > count) {
    throw new InvalidArgumentError("It must be I/N, with I from 1 to N: 2/4.");
  }
  return { index, count };
}

function readCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/u.test(text))
    throw new InvalidArgumentError("It must be a number from 1 up.");
  return Number(text);
}

function readBail(text: string): number {
  if (/^[1-9]\d{0,5}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError(
    "It must be a number from 1 up. Without a number, put --bail behind the paths.",
  );
}

function readDuration(text: string): number {
  const durationMs = parseDurationMs(text);
  if (durationMs === undefined || durationMs === 0) {
    throw new InvalidArgumentError("It must be a duration: 500ms, 30s, 2m.");
  }
  return durationMs;
}

function readAllowed(text: string, previous: readonly string[] = []): readonly string[] {
  if (!allowedKinds.some((kind) => kind === text)) {
    throw new InvalidArgumentError(`Allowed can be: ${allowedKinds.join(", ")}.`);
  }
  return [...previous, text];
}

function readVariable(text: string, previous: readonly string[] = []): readonly string[] {
  if (!/^[A-Za-z_][A-Za-z0-9_]*(?:=|$)/u.test(text)) {
    throw new InvalidArgumentError("It must be NAME or NAME=value.");
  }
  return [...previous, text];
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

/**
 * The variables that the options give to the tests by name; one that is let through and not set is not
 * among them. No I/O.
 *
 * @example readGivenVariables(["LEVEL=3", "TOKEN"], { TOKEN: "x" }) → Map { LEVEL → "3", TOKEN → "x" }
 */
export function readGivenVariables(
  given: readonly string[] = [],
  caller: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  return new Map(
    given.flatMap((text) => {
      const equals = text.indexOf("=");
      if (equals !== -1) return [[text.slice(0, equals), text.slice(equals + 1)] as const];
      const value = caller[text];
      return value === undefined ? [] : [[text, value] as const];
    }),
  );
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
