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

/** Connects a view to the terminal: events and time go in, its text goes out. */
export function openLiveView(view: RunView, terminal: Terminal): LiveView {
  const write = (text: string) => {
    if (text !== "") terminal.write(text);
  };
  // Who sets the machine's clock meanwhile does not make a step run for longer.
  const measureMs = (): number => performance.timeOrigin + performance.now();
  const timer = setInterval(() => write(view.tick(measureMs())), tickMs);
  // A view alone keeps no process alive.
  timer.unref();
  return {
    observe: (event) => write(view.handle(event, measureMs())),
    settle: () => write(view.settle()),
    close: () => {
      clearInterval(timer);
      write(view.settle());
    },
  };
}
