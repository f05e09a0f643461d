import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { createRedactor } from "../run/create-redactor.ts";
import { endProcesses } from "./end-processes.ts";
import { findPrograms } from "./find-program.ts";
import { findPersonTerminal } from "./person-terminal.ts";
import { findVariable, readProcessTable } from "./process-table.ts";

/** Where and how a secret is read. */
export interface SecretPlace {
  /** Where commands are run and paths begin, absolute. */
  readonly directory: string;
  /** The whole environment of commands. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** True where a command may use the terminal of this process: its standard input and error are that. */
  readonly hasTerminal: boolean;
  /** Ends a command when aborted. */
  readonly interrupted: AbortSignal;
  /** Called with what a command without a terminal has printed on standard error, without the secret. */
  readonly onMessage: (text: string) => void;
}

/** What a command printed on standard output, from its start, or why there is nothing of use. */
export type PrintedSecret =
  | { readonly kind: "printed"; readonly bytes: Buffer }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "interrupted" };

/** In the environment of the command, and so of all that it starts. */
const mark = "OPSWRIGHT_SECRET_SOURCE";
const graceMs = 1000;
/** So long a process that the command has left behind may keep its standard output open. */
const lastOutputMs = 500;
/** Where a command prints more, what it says beside it is not worth the search. In characters. */
const mostRedacted = 16 * 1024;

/**
 * Runs a command that prints a secret, and keeps the first bytes of its standard output, one more than
 * `mostBytes` at most.
 *
 * At a terminal it is a program of the foreground like any other: it can ask for a passphrase, and what
 * it prints on standard error is seen. Without one it reads nothing, and its standard error is handed on
 * when it has ended, rid of what it printed on standard output. After `timeoutMs` it is ended, with
 * all that it has started. Never rejects.
 */
export async function readSecretCommand(
  command: string,
  place: SecretPlace & { readonly mostBytes: number },
): Promise<PrintedSecret> {
  const { directory, environment, hasTerminal, mostBytes } = place;
  const bash = findPrograms("bash", { path: environment["PATH"], directory })[0];
  if (bash === undefined) return { kind: "failed", reason: "bash is not on PATH" };
  const token = randomUUID();
  let child: ChildProcess;
  try {
    child = spawn(bash, ["-c", command], {
      cwd: directory,
      env: { ...environment, [mark]: token },
      // In a process group of its own it could not read from the terminal.
      stdio: hasTerminal ? ["inherit", "pipe", "inherit"] : ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    // A command that is too long, or holds a NUL byte, is refused at once.
    return { kind: "failed", reason: describeStart(error as NodeJS.ErrnoException) };
  }
  // A command that was ended may have left the terminal without echo.
  const lent = hasTerminal ? findPersonTerminal(() => () => {})?.lend(() => {}) : undefined;
  const stdout = collectStart(child.stdout, mostBytes + 1);
  const stderr = collectStart(child.stderr, mostBytes);
  const ending = await waitForEnd(child, place);
  if (ending.kind !== "ended") await endMarked(token);
  await Promise.race([closed(child), sleep(lastOutputMs, undefined, { ref: false })]);
  child.stdout?.destroy();
  child.stderr?.destroy();
  lent?.release();
  const bytes = stdout();
  const message = redact(stderr().toString("utf8"), bytes.toString("utf8"));
  if (message !== "") place.onMessage(message);
  if (ending.kind !== "ended") return ending;
  return ending.reason === undefined
    ? { kind: "printed", bytes }
    : { kind: "failed", reason: ending.reason };
}

type Ending =
  | { readonly kind: "ended"; readonly reason?: string | undefined }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "interrupted" };

async function waitForEnd(child: ChildProcess, place: SecretPlace): Promise<Ending> {
  const { timeoutMs, interrupted } = place;
  const ended = Promise.withResolvers<Ending>();
  const timer = setTimeout(() => {
    ended.resolve({ kind: "failed", reason: `it did not end within ${timeoutMs / 1000} s` });
  }, timeoutMs);
  const interrupt = (): void => ended.resolve({ kind: "interrupted" });
  if (interrupted.aborted) interrupt();
  interrupted.addEventListener("abort", interrupt);
  child.once("error", (error: NodeJS.ErrnoException) => {
    ended.resolve({ kind: "ended", reason: describeStart(error) });
  });
  child.once("exit", (code, signal) => {
    ended.resolve({ kind: "ended", reason: describeExit(code, signal) });
  });
  try {
    return await ended.promise;
  } finally {
    clearTimeout(timer);
    interrupted.removeEventListener("abort", interrupt);
  }
}

function describeStart({ code, name }: NodeJS.ErrnoException): string {
  return `it cannot be started (${code ?? name})`;
}

function describeExit(code: number | null, signal: NodeJS.Signals | null): string | undefined {
  if (code === 0) return undefined;
  return code === null ? `it was ended by ${signal ?? "a signal"}` : `exit code ${code}`;
}

function endMarked(token: string): Promise<readonly number[]> {
  const find = () =>
    readProcessTable()
      .filter(({ environment }) => findVariable(environment, mark) === token)
      // Their group is that of this process, which must not be stopped with them.
      .map(({ pid }) => ({ pid, group: 0 }));
  return endProcesses(find, graceMs);
}

async function closed(child: ChildProcess): Promise<void> {
  const isOpen = [child.stdout, child.stderr].some((one) => one !== null && !one.closed);
  if (isOpen) await once(child, "close").catch(() => {});
}

/** Keeps the first bytes of a stream, and lets the rest go by. */
function collectStart(stream: ChildProcess["stdout"], mostBytes: number): () => Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  stream?.on("data", (chunk: Buffer) => {
    if (length < mostBytes) chunks.push(chunk.subarray(0, mostBytes - length));
    length += chunk.length;
  });
  return () => Buffer.concat(chunks);
}

/** What was printed on standard output may be the secret, whether the command failed or not. */
function redact(message: string, printed: string): string {
  if (message === "" || printed.length > mostRedacted) return "";
  const values = [printed, ...printed.split(/\r?\n/u)].filter((text) => text.trim() !== "");
  const secrets = values.map((value) => ({ name: "value", value }));
  return createRedactor(secrets)?.redactText(message) ?? message;
}
