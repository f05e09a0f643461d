import type { RunEvent, RunEventBody } from "../model/run-event.ts";
import type { Journal } from "./ports.ts";

/** Puts a run's events on record and shows them, in one order. */
export interface Recorder {
  /** Resolves once this event and all noted before it are flushed: only then may they be acted on. */
  record(event: RunEventBody): Promise<void>;
  /** Appends an event that nothing is done about; it is flushed with the next `record` at the latest. */
  note(event: RunEventBody): void;
  /** Shows a step's output as it comes; the journal has none of it. */
  show(stepId: string, stream: "stdout" | "stderr", text: string): void;
  /** Everything that is on record so far. */
  readonly events: readonly RunEvent[];
}

/**
 * A recorder that writes to a journal and then tells `observe`.
 *
 * Shown output carries the `seq` of the last event before it. An event that cannot be appended makes
 * the next `record` reject with the journal's error.
 */
export function createRecorder(ports: {
  readonly journal: Journal;
  readonly observe: (event: RunEvent) => void;
  readonly now: () => Date;
  /** What earlier runners of the run have put on record. */
  readonly past?: readonly RunEvent[] | undefined;
}): Recorder {
  const events: RunEvent[] = [...(ports.past ?? [])];
  let seq = events.length;
  let noted: Promise<void>[] = [];

  const append = async (body: RunEventBody): Promise<void> => {
    const event = await ports.journal.append(body);
    seq = event.seq;
    events.push(event);
    ports.observe(event);
  };

  return {
    events,
    record: async (body) => {
      const before = noted;
      noted = [];
      const done = append(body);
      ports.journal.flush();
      await Promise.all([...before, done]);
    },
    note: (body) => {
      const done = append(body);
      // It is awaited by the next record; until then its failure must not end the process.
      done.catch(() => {});
      noted.push(done);
    },
    show: (stepId, stream, text) =>
      ports.observe({
        type: "step-output",
        stepId,
        stream,
        text,
        seq,
        time: ports.now().toISOString(),
      }),
  };
}
