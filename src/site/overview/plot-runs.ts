import type { RunSummary } from "../../model/run-event.ts";
import type { RunEstimate } from "./estimate-run.ts";
import { judgeOutcome } from "./judge-runs.ts";

/** Bars of past runs' durations, in units of the drawing; the oldest stands left. */
export interface RunPlot {
  readonly width: number;
  readonly height: number;
  readonly bars: readonly PlotBar[];
  /** Where the estimate lies, as far as it is in the drawing. */
  readonly band?: { readonly y: number; readonly height: number } | undefined;
}

/** The bar of one run; sizes are in units of the drawing. */
export interface PlotBar {
  readonly run: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly tone: "good" | "bad" | "open";
}

const mostBars = 24;
const pitch = 10;
const barWidth = 7;
const height = 48;
/** Above the bars there is room for the mark of a run that failed. */
const headroom = 8;
const leastHeight = 2;

/**
 * Lays out the durations of past runs as bars; undefined where fewer than two have one, since one bar
 * says nothing. `runs` has the latest first. No I/O.
 */
export function plotRuns(
  runs: readonly RunSummary[],
  estimate: RunEstimate | undefined,
): RunPlot | undefined {
  const shown = runs
    .filter(({ durationMs }) => durationMs !== undefined)
    .slice(0, mostBars)
    .toReversed();
  if (shown.length < 2) return undefined;
  const longest = Math.max(1, ...shown.map(({ durationMs = 0 }) => durationMs));
  // An estimate far above all runs would flatten them: then its band is left out.
  const top =
    estimate !== undefined && estimate.toMs <= longest * 3
      ? Math.max(longest, estimate.toMs)
      : longest;
  const scale = (durationMs: number): number =>
    Math.round(((height - headroom) * durationMs * 10) / top) / 10;
  const bars = shown.map(({ run, durationMs = 0, outcome }, at): PlotBar => {
    const barHeight = Math.max(leastHeight, scale(durationMs));
    return {
      run,
      x: at * pitch,
      y: Math.round((height - barHeight) * 10) / 10,
      width: barWidth,
      height: barHeight,
      tone: judgeOutcome(outcome),
    };
  });
  return {
    width: shown.length * pitch - (pitch - barWidth),
    height,
    bars,
    band: estimate === undefined || estimate.toMs > top ? undefined : layBand(estimate, scale),
  };
}

function layBand(
  { fromMs, toMs }: RunEstimate,
  scale: (durationMs: number) => number,
): RunPlot["band"] {
  const y = Math.round((height - scale(toMs)) * 10) / 10;
  return { y, height: Math.max(1, Math.round((scale(toMs) - scale(fromMs)) * 10) / 10) };
}
