import type { ScriptRequest } from "../run/ports.ts";
import { OutputSink } from "./output-sink.ts";
import type { OutputFilter } from "./output-sink.ts";
import type { StepFiles } from "./session-files.ts";

/** What a step of a target prints: kept in its files on this machine, and handed on. */
export class StepOutput {
  readonly #sinks: { readonly stdout: OutputSink; readonly stderr: OutputSink };
  readonly #failed = new AbortController();

  /** With `isContinued` it goes on with what the files have. Opens nothing yet. */
  constructor(
    { stdout, stderr }: StepFiles,
    { onOutput }: Pick<ScriptRequest, "onOutput">,
    openFilter: (() => OutputFilter) | undefined,
    isContinued: boolean,
  ) {
    const open = (stream: "stdout" | "stderr", file: string): OutputSink =>
      new OutputSink({
        file,
        isContinued,
        filter: openFilter?.(),
        deliver: (chunk) => onOutput(stream, chunk),
        onFailure: (cause) => this.#failed.abort(cause),
      });
    this.#sinks = { stdout: open("stdout", stdout), stderr: open("stderr", stderr) };
  }

  /** Aborted, with the cause, once the output can no longer be kept. */
  get failed(): AbortSignal {
    return this.#failed.signal;
  }

  push(stream: "stdout" | "stderr", bytes: Uint8Array): void {
    this.#sinks[stream].push(bytes);
  }

  /** How much was kept of each stream; what comes later is kept too, and handed to nobody. */
  settle(): { readonly stdoutBytes: number; readonly stderrBytes: number } {
    const { stdout, stderr } = this.#sinks;
    for (const sink of [stdout, stderr]) {
      sink.flush();
      sink.mute();
    }
    return { stdoutBytes: stdout.bytes, stderrBytes: stderr.bytes };
  }

  close(): void {
    for (const sink of [this.#sinks.stdout, this.#sinks.stderr]) sink.close();
  }
}
