import type { Readable, Writable } from "node:stream";
import type { PromptStreams } from "./prompt-streams.ts";

/** The terminal at which is asked. */
export interface AskedTerminal {
  /** Default: the process's own. */
  readonly input?: Readable;
  readonly output?: Writable;
  /** What questions pass before they are shown; default: they are shown as they are. */
  readonly escapeText?: (text: string) => string;
}

/**
 * Asks, and takes the question back where the terminal goes away: nobody can answer it then. Listens to
 * the terminal's end while it lasts.
 */
export async function askWhileThere<Answer>(
  options: AskedTerminal,
  ask: (streams: PromptStreams) => Promise<Answer>,
): Promise<Answer | { readonly answer: "unavailable" }> {
  const input = options.input ?? process.stdin;
  const gone = new AbortController();
  const onGone = (): void => gone.abort();
  const events = ["end", "close", "error"] as const;
  for (const event of events) input.once(event, onGone);
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
  }
}
