import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { openBashSession } from "../../src/node/open-bash-session.ts";
import type { Secret } from "../../src/run/list-secrets.ts";
import type { ScriptRequest, ScriptResult, Session } from "../../src/run/ports.ts";

/** What a test looks at after a script. */
export interface ScriptOutcome {
  readonly ended: ScriptResult["ended"];
  readonly exitCode: number | undefined;
  /** As it was handed to `onOutput`. */
  readonly stdout: string;
  readonly stderr: string;
  readonly result: ScriptResult;
}

export interface TestSession {
  readonly session: Session;
  /** A temporary folder in which the session starts. */
  readonly directory: string;
  readonly runDirectory: string;
  run(script: string, options?: Partial<ScriptRequest>): Promise<ScriptOutcome>;
}

/** A temporary folder that is removed when the test ends. */
export function makeTemporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "opswright-test-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The environment of this process, with `extra` over it. */
export function currentEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  const entries = Object.entries({ ...process.env, ...extra });
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** A real session in a temporary folder; both are gone when the test ends. */
export async function openTestSession(
  environment: Record<string, string> = {},
  secrets: readonly Secret[] = [],
): Promise<TestSession> {
  const folder = makeTemporaryFolder();
  const directory = makeTemporaryFolder();
  const runDirectory = path.join(folder, "run");
  const session = await openBashSession({
    runDirectory,
    directory,
    environment: currentEnvironment(environment),
    secrets,
  });
  onTestFinished(() => session.close());
  let count = 0;
  return {
    session,
    directory,
    runDirectory,
    run: async (script, options = {}) => {
      count += 1;
      const chunks = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
      const result = await session.runScript({
        key: `step-${count}`,
        script,
        interpreter: "bash",
        graceMs: 500,

        onOutput: (stream, chunk) => chunks[stream].push(Uint8Array.from(chunk)),
        ...options,
      });
      return {
        ended: result.ended,
        exitCode: result.exitCode,
        stdout: Buffer.concat(chunks.stdout).toString(),
        stderr: Buffer.concat(chunks.stderr).toString(),
        result,
      };
    },
  };
}
