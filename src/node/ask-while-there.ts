import type { Readable, Writable } from "node:stream";
import { ReadStream } from "node:tty";
import type { PromptStreams } from "./prompt-streams.ts";

/** The terminal at which is asked. */
export interface AskedTerminal {
  /** Default: the process's own. */
  readonly input?: Readable;
  readonly output?: Writable;
  /** What questions pass before they are shown; default: they are shown as they are. */
  readonly escapeText?: (text: string) => string;
  /** Aborted where the answer is of no use any more; default: it always is. */
  readonly withdrawn?: AbortSignal;
}

/**
 * Asks, and takes the question back where the terminal goes away, since nobody can answer it then, or where
 * it is withdrawn. Listens to the terminal's end while it lasts.
 */
export async function askWhileThere<Answer>(
  options: AskedTerminal,
  ask: (streams: PromptStreams) => Promise<Answer>,
): Promise<Answer | { readonly answer: "unavailable" }> {
  const input = options.input ?? process.stdin;
  const { withdrawn } = options;
  if (withdrawn?.aborted === true) return { answer: "unavailable" };
  const gone = new AbortController();
  const takeBack = (): void => gone.abort();
  const onGone = (): void => {
    letGo(input);
    takeBack();
  };
  const events = ["end", "close", "error"] as const;
  for (const event of events) input.once(event, onGone);
  withdrawn?.addEventListener("abort", takeBack, { once: true });
  try {
    const { output } = options;
    const streams: PromptStreams = {
      ...(options.input === undefined ? {} : { input }),
      ...(output === undefined ? {} : { output }),
      escapeText: options.escapeText ?? ((text) => text),
      signal: gone.signal,
    };
    const answer = await ask(streams);
    return gone.signal.aborted ? { answer: "unavailable" } : answer;
  } finally {
    for (const event of events) input.off(event, onGone);
    withdrawn?.removeEventListener("abort", takeBack);
  }
}

/** Of a terminal that is gone, what the prompt still wants of it fails, and would end the program. */
function letGo(input: Readable): void {
  input.on("error", () => {});
  if (input instanceof ReadStream) input.setRawMode = () => input;
}
