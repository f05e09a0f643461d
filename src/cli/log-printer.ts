import type { StepOutputPiece } from "../node/read-step-output.ts";
import { sanitiseProgramOutput } from "../report/sanitise-terminal-text.ts";
import type { Terminal } from "./terminal.ts";

/** Prints what steps have printed, line by line. */
export interface LogPrinter {
  print(stepId: string, piece: StepOutputPiece): void;
  /** Ends a step's last line. */
  endStep(): void;
}

/**
 * Starts a printer of logs: sanitised as all output of programs is, without gutter, so that lines
 * can be searched and copied.
 *
 * Titles tell which step and stream follow; without them only standard error is announced, where it
 * follows standard output. Writes to the terminal.
 */
export function createLogPrinter(
  terminal: Terminal,
  options: { readonly hasTitles: boolean },
): LogPrinter {
  const { colors } = terminal.style;
  let shown = "";
  let rest = "";

  const write = (text: string) =>
    terminal.write(sanitiseProgramOutput(text, { keepsColours: colors.isColorSupported }));
  const endLine = () => {
    if (rest !== "") write(`${rest}\n`);
    rest = "";
  };

  return {
    print(stepId, { stream, text }) {
      const part = `${stepId} ${stream}`;
      if (part !== shown) {
        const isFirst = shown === "" || options.hasTitles;
        const title = stream === "stderr" ? `${stepId} (standard error)` : stepId;
        endLine();
        if (options.hasTitles || (stream === "stderr" && !isFirst)) {
          terminal.write(`${colors.bold(`── ${title}`)}\n`);
        }
        shown = part;
      }
      const lines = (rest + text).replaceAll(/\r\n|\r(?!$)/gu, "\n");
      const end = lines.lastIndexOf("\n") + 1;
      if (end > 0) write(lines.slice(0, end));
      rest = lines.slice(end);
    },
    endStep: endLine,
  };
}
