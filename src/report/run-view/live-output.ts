import { sanitiseProgramOutput } from "../sanitise-terminal-text.ts";
import type { Colors } from "../text-style.ts";
import { appendTail } from "../../run/output-tail.ts";

type Stream = "stdout" | "stderr";

/** Turns a step's output into lines with a gutter, as it comes. */
export interface LiveOutput {
  /** Takes one piece of output and gives back the lines that it completes. */
  write(stream: Stream, text: string): string;
  /** Gives back what stands unfinished in each stream, as lines of their own. */
  flush(): string;
  /** True where a stream holds the beginning of a line. */
  readonly hasUnfinishedLine: boolean;
}

/** Characters of a flood that are kept for its last lines, and how many lines of them are shown. */
const floodTail = 8192;
const floodTailLines = 10;

/** Characters after which an unfinished line is broken, so that memory stays bounded. */
const longestLine = 16_384;
const resetColours = "\u001B[0m";
const colourSequence = /\u001B\[[\d;]*m/gu;

/**
 * Starts the output of one step.
 *
 * Standard output has the gutter `│ `, standard error `┆ `, so that they can be told apart without
 * colours. Text that a carriage return overwrote is left out, which `␍` tells; the whole stays in
 * the run's log. Colours carry over from line to line and end with each. Behind the first
 * `limit` characters, what comes is left out but for its last lines, and how much that was is told.
 * No I/O.
 */
export function createLiveOutput(
  colors: Colors,
  indent: string,
  limit = Number.POSITIVE_INFINITY,
): LiveOutput {
  const keepsColours = colors.isColorSupported;
  const pending: Record<Stream, string> = { stdout: "", stderr: "" };
  const active: Record<Stream, string> = { stdout: "", stderr: "" };
  const gutters: Record<Stream, string> = {
    stdout: `${indent}${colors.dim("│")} `,
    stderr: `${indent}${colors.yellow("┆")} `,
  };

  let shown = 0;
  let leftOut = 0;

  const renderLine = (stream: Stream, line: string) => {
    const text = sanitiseProgramOutput(keepLastOverwrite(line), { keepsColours });
    const before = active[stream];
    const colours = text.match(colourSequence) ?? [];
    for (const colour of colours) {
      const isReset = colour === resetColours;
      active[stream] = isReset ? "" : (active[stream] + colour).slice(-256);
    }
    const isPainted = before !== "" || colours.length > 0;
    return `${gutters[stream]}${before}${text}${isPainted ? resetColours : ""}`.trimEnd() + "\n";
  };

  return {
    write(stream, text) {
      if (shown > limit) {
        leftOut += text.length;
        pending[stream] = appendTail(pending[stream], text, floodTail);
        return "";
      }
      shown += text.length;
      const lines = (pending[stream] + text).split("\n");
      let rest = lines.pop() ?? "";
      while (rest.length > longestLine) {
        lines.push(rest.slice(0, longestLine));
        rest = rest.slice(longestLine);
      }
      pending[stream] = rest;
      return lines.map((line) => renderLine(stream, line)).join("");
    },
    flush() {
      let text =
        leftOut === 0 ? "" : `${indent}⋯ ${formatCount(leftOut)} characters are not shown\n`;
      for (const stream of ["stdout", "stderr"] as const) {
        const lines = pending[stream] === "" ? [] : pending[stream].replace(/\n$/u, "").split("\n");
        const last = leftOut === 0 ? lines : lines.slice(-floodTailLines);
        text += last.map((line) => renderLine(stream, line)).join("");
        pending[stream] = "";
      }
      return text;
    },
    get hasUnfinishedLine() {
      return pending.stdout !== "" || pending.stderr !== "";
    },
  };
}

/** @example formatCount(1234567) → "1,234,567" */
function formatCount(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/gu, ",");
}

/** Leaves what a terminal would show last of a line that overwrites itself. */
function keepLastOverwrite(line: string): string {
  const parts = line.replace(/\r+$/u, "").split("\r");
  const last = parts.findLast((part) => part !== "") ?? "";
  return parts.filter((part) => part !== "").length > 1 ? `␍ ${last}` : last;
}
