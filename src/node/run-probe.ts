/** What a probe printed and how it ended. */
export type ProbeResult =
  | {
      readonly kind: "ended";
      readonly exitCode: number;
      readonly stdout: string;
      readonly stderr: string;
    }
  /** Not startable, ended by a signal, or too slow; `reason` in words, without anything it printed. */
  | { readonly kind: "failed"; readonly reason: string };

/**
 * Runs a read-only command to learn something: nothing on its standard input, ended with all its
 * process group after `timeoutMs`.
 *
 * Starts a process. Never rejects.
 */
export async function runProbe(
  file: string,
  args: readonly string[],
  options: {
    readonly environment: Readonly<Record<string, string>>;
    readonly directory: string;
    readonly timeoutMs: number;
  },
): Promise<ProbeResult> {
  // Loaded where something is probed: few runbooks ask for the version of a tool.
  const { execa } = await import("execa");
  const probe = execa(file, args, {
    cwd: options.directory,
    env: { ...options.environment },
    extendEnv: false,
    stdin: "ignore",
    reject: false,
    detached: true,
    maxBuffer: 4 * 1024 * 1024,
  });
  const limit = Promise.withResolvers<ProbeResult>();
  const timer = setTimeout(() => {
    endGroup(probe.pid);
    limit.resolve({
      kind: "failed",
      reason: `it did not end within ${options.timeoutMs / 1000} s`,
    });
  }, options.timeoutMs);
  const ended = probe.then((result): ProbeResult => {
    if (result.exitCode === undefined) {
      const code = result.code ?? result.signal ?? "unknown reason";
      return { kind: "failed", reason: `it could not be run to its end (${code})` };
    }
    return {
      kind: "ended",
      exitCode: result.exitCode,
      stdout: result.stdout,
      stderr: result.stderr,
    };
  });
  try {
    return await Promise.race([ended, limit.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It ended meanwhile.
  }
}
