import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { openTargetSession } from "../../src/node/open-target-session.ts";
import type { TargetSession, TargetSessionOptions } from "../../src/node/target-session.ts";
import { isAlive } from "../../src/node/process-table.ts";
import type { ScriptRequest, ScriptResult } from "../../src/run/ports.ts";

interface Opened {
  readonly session: TargetSession;
  readonly runDirectory: string;
  run(
    script: string,
    request?: Partial<ScriptRequest>,
  ): Promise<{ result: ScriptResult; stdout: Buffer; stderr: string }>;
}

async function open(options: Partial<TargetSessionOptions> = {}): Promise<Opened> {
  const folder = mkdtempSync(path.join(tmpdir(), "opswright-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const runDirectory = path.join(folder, "run");
  const session = await openTargetSession({
    name: "there",
    command: ["bash"],
    directory: folder,
    programEnvironment: { PATH: process.env["PATH"], HOME: folder },
    runDirectory,
    environment: {},
    secrets: [],
    toolsOn: () => [],
    servers: ["server"],
    ...options,
  });
  onTestFinished(() => session.close());
  let count = 0;
  return {
    session,
    runDirectory,
    run: async (script, request = {}) => {
      count += 1;
      const chunks: { readonly stdout: Uint8Array[]; readonly stderr: Uint8Array[] } = {
        stdout: [],
        stderr: [],
      };
      const result = await session.runScript({
        key: `script-${count}`,
        script,
        interpreter: "bash",
        graceMs: 500,
        onOutput: (stream, chunk) => chunks[stream].push(Buffer.from(chunk)),
        ...request,
      });
      return {
        result,
        stdout: Buffer.concat(chunks.stdout),
        stderr: Buffer.concat(chunks.stderr).toString(),
      };
    },
  };
}

const folderOf = async ({ runDirectory }: Opened): Promise<string> =>
  (
    JSON.parse(await readFile(path.join(runDirectory, "targets/there.json"), "utf8")) as {
      folder: string;
    }
  ).folder;

describe("a session on a target", () => {
  test("hands bytes on as they are, also those that look like its own frames", async () => {
    const { run } = await open();
    const { stdout, result } = await run(
      `printf 'a\\036b\\000c\\377\\n'; head -c 3000000 /dev/zero; printf '\\036'`,
    );
    const expected = Buffer.concat([
      Buffer.from("a\u001eb\0c\u00ff\n", "latin1"),
      Buffer.alloc(3_000_000),
      Buffer.from("\u001e"),
    ]);
    expect(stdout.equals(expected)).toBe(true);
    expect(result).toMatchObject({ stdoutBytes: expected.length, stderrBytes: 0 });
  });

  test("runs scripts of other programs, with what the shell exports", async () => {
    const { run } = await open({ environment: { NAME: "it's" } });
    await run("export MORE=more");
    const { stdout } = await run("import os\nprint(os.environ['NAME'], os.environ['MORE'])", {
      interpreter: "python3",
    });
    expect(stdout.toString()).toBe("it's more\n");
  });

  test("knows nothing of the end of a step that disables its shell, and goes on", async () => {
    const { run } = await open();
    await run("value=kept");
    const { result } = await run("set -n");
    expect(result.ended).toBe("lost");
    expect((await run("echo $value")).stdout.toString()).toBe("kept\n");
  });

  test("ends all that a step has started, whatever it made of its environment", async () => {
    const opened = await open();
    const pids = path.join(opened.runDirectory, "pids");
    await opened.run(`sleep 300 & echo $! >>'${pids}'`);
    const { result } = await opened.run(
      `env -i sleep 300 & echo $! >>'${pids}'
setsid sleep 300 & echo $! >>'${pids}'
trap '' TERM
sleep 300 & echo $! >>'${pids}'
wait`,
      { timeoutMs: 300 },
    );
    expect(result.ended).toBe("timed-out");
    const started = (await readFile(pids, "utf8")).trim().split("\n").map(Number);
    expect(started).toHaveLength(4);
    // The first is of the step before, and lives until the session ends.
    expect(started.map((pid) => isAlive(pid))).toEqual([true, false, false, false]);
    await opened.session.close();
    await sleep(50);
    expect(started.filter((pid) => isAlive(pid))).toEqual([]);
  });

  test("says where it cannot write, and has run nothing", async () => {
    const opened = await open();
    await opened.run("true");
    rmSync(path.join(await folderOf(opened), "steps"), { recursive: true });
    await expect(opened.run(`touch '${opened.runDirectory}/mark'`)).rejects.toThrow(
      "The target there could not write the step's files, so it was not run.",
    );
    expect(existsSync(path.join(opened.runDirectory, "mark"))).toBe(false);
  });

  test("takes its folder away, and keeps the shell's state for a session after it", async () => {
    const opened = await open();
    await opened.run("value=one");
    const folder = await folderOf(opened);
    expect(existsSync(folder)).toBe(true);
    await opened.run("value=two; false");
    await opened.session.close();
    expect(existsSync(folder)).toBe(false);

    const { runDirectory } = opened;
    const next = await open({ runDirectory });
    expect((await next.run("echo $value", { key: "next" })).stdout.toString()).toBe("one\n");
  });
});
