import { statSync } from "node:fs";
import type { RecoveredSession, ScriptRequest, ScriptResult } from "../run/ports.ts";
import type { BashSessionOptions } from "./bash-session-options.ts";
import { BashSession } from "./bash-session.ts";
import { openBashSession } from "./open-bash-session.ts";
import { deliverKeptOutput } from "./deliver-kept-output.ts";
import { RenewableSession } from "./renewable-session.ts";
import { readFileChunks } from "./read-file-chunks.ts";
import { readFileStart } from "./read-file-start.ts";
import { countSessions, nameSessionFiles, nameStepFiles, readCard } from "./session-files.ts";
import type { SessionCard, SessionFiles } from "./session-files.ts";
import type { RecordedEnd } from "./session-history.ts";

/**
 * Makes the session of a run usable again whose runner has died: takes it over where it still lives,
 * else opens a new one with the state of the last complete snapshot.
 *
 * `key` is the script that was going on, or about to. Of a session that is beyond control, because its
 * keeper is gone, all processes are ended first. `options.environment` counts where there was no
 * snapshot yet. Throws `SessionError`. Starts and ends processes.
 */
export async function recoverBashSession(
  options: BashSessionOptions,
  key: string | undefined,
): Promise<RecoveredSession> {
  const { runDirectory } = options;
  const count = countSessions(runDirectory);
  const files = nameSessionFiles(runDirectory, count);
  const card = count === 0 ? undefined : readCard(files);
  if (card === undefined) {
    // The card is written before anything is started.
    const session = await openBashSession(options);
    return { session, isSame: false, fate: key === undefined ? "none" : "not-begun", losses: [] };
  }
  const session = new BashSession(options, count, card);
  if (session.adopt(key)) return adopt(session, key, { options, card });
  return replace(session, key, { options, files, card, number: count + 1 });
}

async function adopt(
  session: BashSession,
  key: string | undefined,
  { options, card }: { readonly options: BashSessionOptions; readonly card: SessionCard },
): Promise<RecoveredSession> {
  const hasBegun = key !== undefined && (await session.hasBegun(key));
  const losses = listLosses(session, card);
  if (losses.length > 0) session.forgetLost();
  return {
    session: new RenewableSession(session, options),
    isSame: true,
    fate: key === undefined ? "none" : hasBegun ? "begun" : "not-begun",
    finish: hasBegun ? (request) => session.adoptScript(request) : undefined,
    losses,
  };
}

/** Opens a new session in place of one whose keeper is gone. */
async function replace(
  old: BashSession,
  key: string | undefined,
  context: {
    readonly options: BashSessionOptions;
    readonly files: SessionFiles;
    readonly card: SessionCard;
    readonly number: number;
  },
): Promise<RecoveredSession> {
  const { options, files, card, number } = context;
  await old.close();
  const losses = listLosses(old, card);
  const session = new BashSession(options, number);
  try {
    const { directory, environment } = options;
    await session.start({
      bash: card.bash,
      directory,
      environment,
      snapshot: old.snapshot,
      losses,
    });
  } catch (error) {
    await session.close();
    throw error;
  }
  const end = key === undefined ? undefined : old.history.endOf(key);
  const cut = key === undefined ? undefined : old.history.cutOf(key);
  const isBegun = key !== undefined && old.history.begunKey === key;
  return {
    session: new RenewableSession(session, options),
    isSame: false,
    fate:
      key === undefined ? "none" : end !== undefined ? "begun" : isBegun ? "unknown" : "not-begun",
    finish:
      end &&
      (async (request) => ({
        ...tellEnd(request, end, files),
        ...(cut === undefined ? {} : { ended: cut, exitCode: undefined }),
      })),
    losses,
  };
}

/** What a script's files and its record tell of it, when its session is gone. */
function tellEnd(
  request: ScriptRequest,
  { status, isUnstarted }: RecordedEnd,
  files: SessionFiles,
): ScriptResult {
  const step = nameStepFiles(files, request.key, request.interpreter);
  deliverKeptOutput(step, request.onOutput);
  const sizes = { stdout: sizeOf(step.stdout), stderr: sizeOf(step.stderr) };
  const startedMs = statSync(step.script, { throwIfNoEntry: false })?.mtimeMs;
  const recordedMs = statSync(files.control).mtimeMs;
  return {
    ...(isUnstarted ? { ended: "not-started" } : { ended: "exited", exitCode: status }),
    durationMs: startedMs === undefined ? 0 : Math.max(0, recordedMs - startedMs),
    stdoutBytes: sizes.stdout,
    stderrBytes: sizes.stderr,
    isOutputPartial: true,
    readOutput: (stream, limitBytes) =>
      readFileStart(step[stream], Math.min(limitBytes, sizes[stream])),
    openOutput: (stream) => readFileChunks(step[stream], sizes[stream]),
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Those of the sessions before it are among them: a person may not have been asked about them yet. */
function listLosses({ history }: BashSession, { losses = [] }: SessionCard): readonly string[] {
  const { pendingKey, isShellAlive } = history;
  if (pendingKey === undefined || isShellAlive) return losses;
  return [
    ...losses,
    `What ${pendingKey} did to the shell is lost, since the shell was ended right after it: directory, variables, functions.`,
  ];
}
