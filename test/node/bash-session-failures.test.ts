import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openBashSession } from "../../src/node/open-bash-session.ts";
import type { Session } from "../../src/run/ports.ts";
import { SessionError } from "../../src/run/session-error.ts";
import { currentEnvironment, makeTemporaryFolder, openTestSession } from "./open-test-session.ts";

vi.setConfig({ testTimeout: 60_000 });

describe("the end of a step", () => {
  it.each([
    ["a failing command", "echo a; (exit 7); echo b", 7],
    ["exit", "exit 3; echo b", 3],
    ["exit in a function", "f() { exit 4; }; f; echo b", 4],
    ["return", "return 5; echo b", 5],
    ["a failing pipeline", "true | (exit 6) | true; echo b", 6],
    ["a syntax error", "if then", 2],
    ["a command that is not there", "no-such-command-here; echo b", 127],
    ["an unset variable", "set -u; echo $undefined_here; echo b", 1],
    ["exec of a failing program", "exec false", 1],
    ["exec of nothing", "exec no-such-command-here; echo b", 127],
    ["a read-only variable", "readonly x=1; x=2; echo b", 1],
    ["a signal to itself", "kill -TERM $$; sleep 5; echo b", 143],
    ["KILL to itself", "kill -KILL $$; echo b", 137],
    ["a stop of itself", "kill -STOP $$; echo b", 137],
    ["a signal to its group", "kill 0; sleep 5; echo b", 143],
    ["a sourced file that fails", "echo 'return 8' > r.sh; . ./r.sh; echo b", 8],
    ["a failure with errexit off", "set +e; false; (exit 9)", 9],
    ["local outside of a function", "local x=1; echo b", 1],
  ])("is recorded for %s", async (_, script, exitCode) => {
    const { run } = await openTestSession();

    const outcome = await run(script);

    expect(outcome).toMatchObject({ ended: "exited", exitCode });
    expect(outcome.stdout).not.toContain("b");
    expect((await run("echo next")).stdout).toBe("next\n");
  });

  it.each([
    [
      "functions named like builtins",
      'for n in cd trap exit echo printf set export read declare source eval return kill shopt alias umask unset local test true mapfile pwd; do eval "$n() { :; }"; done',
    ],
    [
      "aliases named like keywords and builtins",
      "alias builtin='x' source='x' set='x' if='x' then='x' true='false' while='x' do='x'",
    ],
    ["no PATH", "PATH=/nowhere"],
    ["closed descriptors", 'for fd in {3..255}; do eval "exec $fd>&-"; done'],
    ["output to nowhere", "exec >/dev/null 2>&1"],
    ["few descriptors", "ulimit -n 12"],
    ["a debug trap that says no", "shopt -s extdebug; trap '[[ $BASH_COMMAND != :* ]]' DEBUG"],
    ["a debug trap that prints", "trap 'echo debug' DEBUG"],
    ["an error trap", "trap 'echo error' ERR"],
    ["noglob, nounset and friends", "set -f -u -k -C -T -E; shopt -s failglob nocasematch"],
    ["posix mode", "set -o posix"],
    ["loops that are left too often", "for i in 1 2; do break 5; done; break || true"],
    ["a command function", "command() { :; }"],
    ["positional parameters", "set -- -- --x '*'"],
    ["a background job", "sleep 300 & disown"],
  ])("survives %s", async (_, script) => {
    const { run } = await openTestSession();

    expect(await run(script)).toMatchObject({ ended: "exited", exitCode: 0 });
    const next = await run("\\unalias -a\nbuiltin printf 'still %s' here");
    const failing = await run("builtin exit 3");

    expect(next).toMatchObject({ ended: "exited", exitCode: 0, stdout: "still here" });
    expect(failing).toMatchObject({ ended: "exited", exitCode: 3 });
  });

  it.each([
    ["reading commands without executing them", "set -n"],
    ["a function named builtin", "builtin() { :; }"],
  ])("is lost, not passed, by %s", async (_, script) => {
    const { run } = await openTestSession();
    await run("value=kept");

    expect(await run(script)).toMatchObject({ ended: "lost", exitCode: undefined });
    expect((await run("echo $value")).stdout).toBe("kept\n");
  });

  it("is no success when the shell may no longer write records", async () => {
    const { run } = await openTestSession();

    const outcome = await run("set -r; echo restricted");

    expect(outcome.ended === "exited" ? outcome.exitCode : outcome.ended).not.toBe(0);
    expect((await run("cd /; echo next")).stdout).toBe("next\n");
  });

  it("is that of a program that takes the shell's place", async () => {
    const { run } = await openTestSession();

    expect(await run("exec echo instead")).toMatchObject({ exitCode: 0, stdout: "instead\n" });
    expect((await run("echo next")).stdout).toBe("next\n");
  });

  it("is not believed from the output or from a record without the run's mark", async () => {
    const { run, runDirectory } = await openTestSession();
    const control = path.join(runDirectory, "session", "control");

    const outcome = await run(`printf '0000 done step-1 0 \\n' >> '${control}'; exit 6`);

    expect(outcome).toMatchObject({ ended: "exited", exitCode: 6 });
  });

  it("runs an EXIT trap of the step's own, with its output", async () => {
    const { run } = await openTestSession();

    const passed = await run("trap 'echo cleaned $kept' EXIT; kept=1");
    const failed = await run("trap 'echo cleaned' EXIT; false");
    const quietly = await run("set +e; trap 'echo cleaned' EXIT; false");

    expect(passed).toMatchObject({ exitCode: 0, stdout: "cleaned 1\n" });
    expect(failed).toMatchObject({ exitCode: 1, stdout: "cleaned\n" });
    expect(quietly).toMatchObject({ exitCode: 1, stdout: "cleaned\n" });
    expect(await run("echo $kept")).toMatchObject({ exitCode: 0, stdout: "1\n" });
  });

  it("names the script's file and line in bash's own messages", async () => {
    const { run, runDirectory } = await openTestSession();

    const { stderr } = await run("true\ntrue\nno-such-command-here\n", { key: "push" });

    const file = path.join(runDirectory, "steps", "push.sh");
    expect(stderr).toBe(`${file}: line 3: no-such-command-here: command not found\n`);
  });

  it("lets a script see that it is the one that runs", async () => {
    const { run } = await openTestSession();

    const { stdout } = await run('[[ "${BASH_SOURCE[0]}" == "$0" ]] && echo main');

    expect(stdout).toBe("main\n");
  });
});

describe("other interpreters", () => {
  it("run as programs in the session's directory and environment", async () => {
    const { run, directory } = await openTestSession();
    mkdirSync(path.join(directory, "sub"));
    await run("cd sub; export SEEN=yes; hidden=no");
    const script =
      'process.stdout.write([process.cwd(), process.env.SEEN, process.env.hidden].join("|")); process.exit(5)';

    const outcome = await run(script, { interpreter: process.execPath });

    expect(outcome).toMatchObject({ ended: "exited", exitCode: 5 });
    expect(outcome.stdout).toBe(`${directory}/sub|yes|`);
  });

  it("that are missing fail with 127 and leave the shell as it was", async () => {
    const { run, session } = await openTestSession();

    const outcome = await run("text", { interpreter: "no-such-interpreter-here" });

    expect(outcome).toMatchObject({ ended: "exited", exitCode: 127 });
    expect(outcome.stderr).toContain("no-such-interpreter-here: command not found");
    expect((await run("echo next")).stdout).toBe("next\n");
    expect(session.generation).toBe(2);
  });
});

describe("a session that fails", () => {
  it("says that there is no bash", async () => {
    const folder = makeTemporaryFolder();

    const opening = openBashSession({
      runDirectory: path.join(folder, "run"),
      directory: folder,
      environment: { PATH: folder },
    });

    await expect(opening).rejects.toThrow(SessionError);
    await expect(opening).rejects.toThrow("No bash was found on PATH.");
  });

  it("says that bash is too old, unless a later one on PATH is not", async () => {
    const folder = makeTemporaryFolder();
    const oldBash = path.join(folder, "bash");
    // As an old bash, the keeper's first lines would do the same.
    const program = `#!/bin/sh
nonce=$(/bin/sed -n "s/.*printf '%s too-old %s.n' \\([0-9a-f]*\\) .*/\\1/p" "$3")
echo "$nonce too-old 3.2.57(1)-release" >>"\${3%/*}/control"
exit 3
`;
    writeFileSync(oldBash, program, { mode: 0o755 });
    const open = (PATH: string, name: string): Promise<Session> =>
      openBashSession({
        runDirectory: path.join(folder, name),
        directory: folder,
        environment: currentEnvironment({ PATH }),
      });

    await expect(open(folder, "first")).rejects.toThrow(
      `No bash on PATH is new enough: ${oldBash} is 3.2.57(1)-release.`,
    );
    const session = await open(`${folder}:${process.env["PATH"]}`, "second");
    onTestFinished(() => session.close());
    expect(session.generation).toBe(1);
  });

  it("says that its keeper was killed, and can be closed", async () => {
    const { run, session } = await openTestSession();

    await expect(run("kill -KILL $PPID; sleep 300")).rejects.toThrow("ended from outside");

    await expect(session.close()).resolves.toBeUndefined();
  });
});
