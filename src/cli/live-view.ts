import type { RunEvent } from "../model/run-event.ts";
import type { RunView } from "../report/run-view/create-run-view.ts";
import type { Terminal } from "./terminal.ts";

/** A run's view that is connected to the terminal. */
export interface LiveView {
  readonly observe: (event: RunEvent) => void;
  /** Takes back the progress line, before something else writes. */
  readonly settle: () => void;
  /** Ends the timer; idempotent. */
  readonly close: () => void;
}

const tickMs = 100;

/** Sooner than anybody sees, and late enough for what short steps print to be written together. */
const patienceMs = 8;
/** Characters of output that may wait: a flood must not pile up in memory. */
const mostWaiting = 16_384;

/**
 * Connects a view to the terminal: events and time go in, its text goes out.
 *
 * How steps begin and end, and what they print, is shown within 8 milliseconds; everything else at once,
 * since a question or another program may follow.
 */
export function openLiveView(view: RunView, terminal: Terminal): LiveView {
  let waiting: (readonly [event: RunEvent, nowMs: number])[] = [];
  let waitingCharacters = 0;
  let later: NodeJS.Timeout | undefined;
  const write = (text: string) => {
    if (text !== "") terminal.write(text);
  };
  const show = () => {
    clearTimeout(later);
    later = undefined;
    const shown = waiting;
    waiting = [];
    waitingCharacters = 0;
    write(shown.map(([event, nowMs]) => view.handle(event, nowMs)).join(""));
  };
  // Who sets the machine's clock meanwhile does not make a step run for longer.
  const measureMs = (): number => performance.timeOrigin + performance.now();
  const timer = setInterval(() => {
    show();
    write(view.tick(measureMs()));
  }, tickMs);
  // A view alone keeps no process alive.
  timer.unref();
  const settle = () => {
    show();
    write(view.settle());
  };
  return {
    observe: (event) => {
      waiting.push([event, measureMs()]);
      if (event.type === "step-output") waitingCharacters += event.text.length;
      if (canWait(event) && waitingCharacters < mostWaiting) later ??= setTimeout(show, patienceMs);
      else show();
    },
    settle,
    close: () => {
      clearInterval(timer);
      settle();
    },
  };
}

function canWait({ type }: RunEvent): boolean {
  return type === "step-output" || type === "step-ended" || type === "step-started";
}
