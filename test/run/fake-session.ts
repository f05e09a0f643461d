import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { ScriptRequest, ScriptResult, Session } from "../../src/run/ports.ts";

/** A session in memory, which knows a few commands and what it was asked. */
export interface FakeSession extends Session {
  readonly requests: readonly ScriptRequest[];
  readonly isClosed: boolean;
}

/**
 * A session without processes.
 *
 * One command a line: `echo WORDS [>&2]`, `NAME=VALUE`, `exit CODE`, `sleep SECONDS`, `false`;
 * `$NAME` is replaced. It keeps the contract of sessions as far as that goes.
 */
export function createFakeSession(): FakeSession {
  const requests: ScriptRequest[] = [];
  let variables = new Map<string, string>();
  let before = variables;
  let generation = 1;
  let isBusy = false;
  const closing = new AbortController();

  const runScript = async (request: ScriptRequest): Promise<ScriptResult> => {
    if (closing.signal.aborted) throw new Error("the session is closed");
    if (isBusy) throw new Error("the session runs one script at a time");
    if (requests.some(({ key }) => key === request.key)) throw new Error("the key was used before");
    requests.push(request);
    isBusy = true;
    const own = new Map([
      ...variables,
      ...Object.entries(request.variables ?? {}),
      ...Object.entries(request.environment ?? {}),
    ]);
    const output = { stdout: "", stderr: "" };
    const print = (from: "stdout" | "stderr", text: string): void => {
      const stream = request.mergesStreams === true ? "stdout" : from;
      output[stream] += text;
      request.onOutput(stream, Buffer.from(text));
    };
    const end = await interpret(request, own, print, closing.signal);
    isBusy = false;
    const isKept = end.ended === "exited" && accepts(request, end.exitCode);
    if (isKept) {
      for (const name of Object.keys(request.environment ?? {})) own.delete(name);
      before = variables;
      variables = own;
    } else generation += 1;
    return {
      ...end,
      durationMs: 1,
      stdoutBytes: Buffer.byteLength(output.stdout),
      stderrBytes: Buffer.byteLength(output.stderr),
      readOutput: async (stream, limit) =>
        new Uint8Array(Buffer.from(output[stream]).subarray(0, limit)),
      openOutput: (stream) =>
        Readable.from(output[stream] === "" ? [] : [Buffer.from(output[stream])]),
    };
  };

  return {
    pid: 4711,
    get generation() {
      return generation;
    },
    get isClosed() {
      return closing.signal.aborted;
    },
    requests,
    runScript,
    signalScript: () => {},
    findBackground: () => ({
      look: async () => ({ isRunning: true }),
      readOutput: async () => new Uint8Array(),
      end: async () => {},
    }),
    takeBack: async (scripts) => {
      const [script] = scripts;
      if (scripts.length !== 1 || requests.at(-1)?.key !== script?.key)
        throw new Error("only the last script can be taken back");
      variables = before;
      generation += 1;
    },
    close: async () => closing.abort(),
  };
}

function accepts(request: ScriptRequest, exitCode: number | undefined): boolean {
  const accepted = request.keepsStateOn ?? [0];
  return exitCode !== undefined && (accepted === "any" || accepted.includes(exitCode));
}

async function interpret(
  request: ScriptRequest,
  variables: Map<string, string>,
  print: (stream: "stdout" | "stderr", text: string) => void,
  closed: AbortSignal,
): Promise<Pick<ScriptResult, "ended" | "exitCode">> {
  const { timeoutMs } = request;
  // No test waits for longer than a timer of Node's can be.
  const timeout =
    timeoutMs === undefined ? [] : [AbortSignal.timeout(Math.min(timeoutMs, 2_147_483_647))];
  const stop = AbortSignal.any([closed, ...timeout, ...(request.signal ? [request.signal] : [])]);
  for (const line of request.script.split("\n")) {
    if (stop.aborted) break;
    const text = line.replaceAll(/\$(\w+)/g, (_, name: string) => variables.get(name) ?? "");
    const [command, ...words] = text.split(" ");
    const assignment = /^(\w+)=(.*)$/.exec(text);
    if (assignment?.[1] !== undefined) variables.set(assignment[1], assignment[2] ?? "");
    else if (command === "false") return { ended: "exited", exitCode: 1 };
    else if (command === "exit") return { ended: "exited", exitCode: Number(words[0]) };
    else if (command === "sleep") {
      await sleep(Number(words[0]) * 1000, undefined, { signal: stop }).catch(() => {});
    } else if (command === "echo" && words.at(-1) === ">&2") {
      print("stderr", `${words.slice(0, -1).join(" ")}\n`);
    } else if (command === "echo") print("stdout", `${words.join(" ")}\n`);
  }
  if (timeout.some((signal) => signal.aborted)) return { ended: "timed-out" };
  return stop.aborted ? { ended: "cancelled" } : { ended: "exited", exitCode: 0 };
}
