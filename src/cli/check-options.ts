import type { CommonOptions } from "./command-context.ts";

/** The formats that a check can be printed in, the default first. */
export const checkFormats = ["text", "json", "sarif", "junit", "github", "markdown"] as const;

/** The name of a format: `sarif`. */
export type CheckFormat = (typeof checkFormats)[number];

/** What `opswright check` can be told. */
export interface CheckOptions extends CommonOptions {
  readonly format?: CheckFormat | undefined;
  /** A file that the report is written to; the text is printed then. */
  readonly output?: string | undefined;
  readonly maxWarnings?: number | undefined;
  readonly observe?: readonly string[] | undefined;
  readonly fix?: true | undefined;
  readonly dryRun?: true | undefined;
  /** A revision of git. */
  readonly changedSince?: string | undefined;
  /** A file, `false` for `--no-baseline`, or absent. */
  readonly baseline?: string | false | undefined;
  readonly writeBaseline?: true | undefined;
}

/**
 * Says what is wrong with options that do not go together; undefined where all is well. No I/O.
 *
 * `paths` are the documents that were asked for.
 */
export function findOptionConflict(
  options: CheckOptions,
  paths: readonly string[],
): string | undefined {
  const { format, json, output, fix, dryRun, writeBaseline, baseline, changedSince } = options;
  if (json === true && format !== undefined && format !== "json") {
    return `--json and --format ${format} do not go together`;
  }
  if (output === "") return "--output needs the name of a file";
  if (dryRun === true && fix !== true) return "--dry-run goes with --fix";
  if (dryRun === true && (json === true || format !== undefined || output !== undefined)) {
    return "--fix --dry-run prints a difference, which has no --format, --json or --output";
  }
  if (writeBaseline !== true) return undefined;
  if (baseline === false) return "--write-baseline and --no-baseline do not go together";
  if (dryRun === true) return "--write-baseline and --dry-run do not go together";
  if (changedSince !== undefined || paths.length > 0) {
    return "--write-baseline takes all findings of the project: leave out paths and --changed-since";
  }
  return undefined;
}
