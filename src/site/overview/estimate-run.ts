import { parseDurationMs } from "../../parse/parse-duration.ts";
import { procedureOfRun } from "./judge-runs.ts";
import type { RunbookCard } from "./project-overview.ts";

/** How long a run should take by the runbook's own words, in milliseconds. */
export interface RunEstimate {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Finds how long a run of a target should take; undefined where the runbook does not say.
 *
 * An estimate of its own name counts for a procedure. For the default one counts all that the runbook
 * says of no other, and nothing for a single step. No I/O.
 *
 * @example of `estimate: 5m..15m`, for `deployment` → { fromMs: 300_000, toMs: 900_000 }
 */
export function estimateRun(
  { frontMatter: { estimate }, procedures }: Pick<RunbookCard, "frontMatter" | "procedures">,
  target: string,
): RunEstimate | undefined {
  if (estimate === undefined || target.includes("#")) return undefined;
  const procedure = procedureOfRun({ target }) ?? procedures[0]?.name;
  if (typeof estimate !== "string" && procedure !== undefined) {
    const own = Object.hasOwn(estimate, procedure) ? estimate[procedure] : undefined;
    if (own !== undefined) return readRange(own);
  }
  if (procedure !== procedures[0]?.name) return undefined;
  const others = new Set(procedures.slice(1).map(({ name }) => name));
  const texts =
    typeof estimate === "string"
      ? [estimate]
      : Object.entries(estimate).flatMap(([name, range]) => (others.has(name) ? [] : [range]));
  const ranges = texts.map(readRange).filter((range) => range !== undefined);
  if (ranges.length === 0) return undefined;
  return {
    fromMs: Math.min(...ranges.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...ranges.map(({ toMs }) => toMs)),
  };
}

/**
 * Makes one range of all that a runbook says of its time: from the least to the most. No I/O.
 *
 * @example of `automatic: 5m..15m`, `manual: 15m..30m` → "5m..30m"
 */
export function wholeEstimate(
  estimate: RunbookCard["frontMatter"]["estimate"],
): string | undefined {
  if (estimate === undefined || typeof estimate === "string") return estimate;
  const ends = Object.values(estimate).map((range) => range.split(".."));
  const sort = (words: readonly (string | undefined)[]): readonly string[] =>
    words
      .filter((word) => word !== undefined)
      .toSorted((one, other) => (parseDurationMs(one) ?? 0) - (parseDurationMs(other) ?? 0));
  const least = sort(ends.map(([from]) => from))[0];
  const most = sort(ends.map((range) => range.at(-1))).at(-1);
  if (least === undefined || most === undefined) return undefined;
  return least === most ? least : `${least}..${most}`;
}

function readRange(text: string): RunEstimate | undefined {
  const [from = "", to = from] = text.split("..");
  const fromMs = parseDurationMs(from);
  const toMs = parseDurationMs(to);
  return fromMs === undefined || toMs === undefined ? undefined : { fromMs, toMs };
}
