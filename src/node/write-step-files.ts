import { writeFileSync } from "node:fs";
import type { ScriptRequest } from "../run/ports.ts";
import { SessionError } from "../run/session-error.ts";
import { nameStepFiles } from "./session-files.ts";
import type { SessionFiles, StepFiles } from "./session-files.ts";
import { renderBefore } from "./render-step-line.ts";
import { stateHead } from "./shell-control-code.ts";

/**
 * Writes the files that a shell reads for a step, readable by their owner alone.
 *
 * Throws `SessionError` where they cannot be written.
 */
export function writeStepFiles(session: SessionFiles, request: ScriptRequest): StepFiles {
  const files = nameStepFiles(session, request.key, request.interpreter);
  const texts: [string, string][] = [
    [files.script, request.script],
    // Made here, so that the step's umask has no say in who may read it.
    [files.state, stateHead],
  ];
  if (hasBefore(request)) {
    texts.push([files.before, renderBefore(request)]);
    texts.push([files.after, ""]);
  }
  try {
    for (const [file, text] of texts) writeFileSync(file, text, { mode: 0o600, flag: "wx" });
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") {
      throw new SessionError(
        `Step ${request.key} was not run: its files are there, so it was begun before, and the run's journal does not say so.`,
        {
          hint: `The journal has lost its end. What the step printed is in ${files.stdout}.`,
          cause,
        },
      );
    }
    throw new SessionError("The step's files could not be written, so it was not run.", {
      hint: `Make sure that there is room for ${files.script}.`,
      cause,
      isUnstarted: true,
    });
  }
  return files;
}

/** Whether something is set before a step: variables, or its own directory and environment. No I/O. */
export function hasBefore(request: ScriptRequest): boolean {
  const { directory, environment = {}, variables = {}, secretNames = [] } = request;
  if (directory !== undefined || secretNames.length > 0) return true;
  return Object.keys({ ...environment, ...variables }).length > 0;
}
