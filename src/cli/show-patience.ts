import type { Terminal } from "./terminal.ts";

/** Shorter waits need no word. */
const patienceMs = 1000;

/**
 * Says on standard error that something takes its time, after a second, and takes it back at the end.
 *
 * Says nothing where no line can be taken back. Gives back what `work` gives.
 */
export async function showPatience<Result>(
  terminal: Pick<Terminal, "canTakeErrorsBack" | "errorStyle" | "writeError">,
  note: string,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!terminal.canTakeErrorsBack) return work();
  let isShown = false;
  const timer = setTimeout(() => {
    isShown = true;
    terminal.writeError(terminal.errorStyle.colors.dim(note));
  }, patienceMs);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    if (isShown) terminal.writeError("\r\u001B[K");
  }
}
