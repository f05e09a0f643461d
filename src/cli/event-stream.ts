import { stringifyHarmless } from "../report/stringify-harmless.ts";
import type { CommandContext } from "./command-context.ts";
import type { EventOptions } from "./run-options.ts";

/** Where the events of a run are printed for other programs, one JSON value a line. */
export interface EventStream {
  /** Prints an event, or the document that says why nothing is run. */
  print(value: object): void;
  /** Names what is to be done before a warning is written, such as taking back a line of progress. */
  beforeWarning(settle: () => void): void;
  /** Resolves once all is written, or its reader has had its time. */
  close(): Promise<void>;
}

/**
 * Opens the stream that the options ask for: standard output with `--json`, and where `--events` says.
 *
 * A reader that goes away is told once, as a warning. Ends with 2 where a descriptor is not open, and
 * throws `ProjectError` where a file cannot be opened.
 */
export async function openEventStream({
  options,
  terminal,
  fail,
}: CommandContext<EventOptions>): Promise<EventStream> {
  let settle = (): void => {};
  const places: ((line: string) => void)[] = [];
  let close = (): Promise<void> => Promise.resolve();
  const target = options.events;
  if (target !== undefined) {
    const { openEventSink } = await import("../node/open-event-sink.ts");
    const name = "file" in target ? target.file : `descriptor ${target.descriptor}`;
    if ("descriptor" in target) {
      const { findDescriptorProblem } = await import("../node/find-descriptor-problem.ts");
      const problem = findDescriptorProblem(target.descriptor);
      if (problem !== undefined) {
        const { descriptor } = target;
        return fail(
          `--events ${descriptor}: the descriptor ${descriptor} ${problem}\nOpen it for the command: ${descriptor}> FILE. A file of that name is ./${descriptor}.`,
        );
      }
    }
    const sink = openEventSink(target, (reason) => {
      settle();
      terminal.writeError(
        `warning: No more events are written to ${name}: ${reason}. The run goes on, and is recorded as always.\n`,
      );
    });
    places.push((line) => sink.write(line));
    close = () => sink.close();
  }
  if (options.json === true) places.push((line) => terminal.write(line));
  return {
    print: (value) => {
      if (places.length === 0) return;
      const line = `${stringifyHarmless(value)}\n`;
      for (const write of places) write(line);
    },
    beforeWarning: (before) => {
      settle = before;
    },
    close,
  };
}
