import { describe, expect, it } from "vitest";
import type { ScriptRequest, ScriptResult, Session } from "../../src/run/ports.ts";

/**
 * What every session must do, whatever it runs scripts with.
 *
 * Scripts are of the few commands that the session in memory knows too.
 */
export function describeSession(name: string, open: () => Promise<Session>): void {
  describe(name, () => {
    it("hands over each stream and says how much came", async () => {
      const session = await open();

      const { stdout, stderr, result } = await run(
        session,
        "echo out\necho problem >&2\necho more",
      );

      expect([stdout, stderr]).toEqual(["out\nmore\n", "problem\n"]);
      expect(result).toMatchObject({
        ended: "exited",
        exitCode: 0,
        stdoutBytes: 9,
        stderrBytes: 8,
      });
      expect(result.durationMs).toBeGreaterThan(0);
    });

    it("hands over both streams as one where they are to be merged, in order", async () => {
      const session = await open();

      const { stdout, stderr, result } = await run(
        session,
        "echo out\necho problem >&2\necho more",
        { mergesStreams: true },
      );
      const next = await run(session, "echo out\necho problem >&2");

      expect([stdout, stderr]).toEqual(["out\nproblem\nmore\n", ""]);
      expect(result).toMatchObject({ stdoutBytes: 17, stderrBytes: 0 });
      expect([next.stdout, next.stderr]).toEqual(["out\n", "problem\n"]);
    });

    it("reads output back, up to a limit", async () => {
      const session = await open();

      const { result } = await run(session, "echo out\necho more");

      expect(Buffer.from(await result.readOutput("stdout", 100)).toString()).toBe("out\nmore\n");
      expect(Buffer.from(await result.readOutput("stdout", 5)).toString()).toBe("out\nm");
      expect(await result.readOutput("stderr", 100)).toHaveLength(0);
    });

    it("reads all of an output back, piece by piece", async () => {
      const session = await open();

      const { result } = await run(session, "echo out\necho problem >&2\necho more");

      const read = async (stream: "stdout" | "stderr"): Promise<string> => {
        let text = "";
        for await (const piece of result.openOutput(stream)) text += Buffer.from(piece).toString();
        return text;
      };
      expect([await read("stdout"), await read("stderr")]).toEqual(["out\nmore\n", "problem\n"]);
    });

    it("tells the exit code and runs nothing behind it", async () => {
      const session = await open();

      const { stdout, result } = await run(session, "echo before\nexit 3\necho behind");

      expect(result).toMatchObject({ ended: "exited", exitCode: 3 });
      expect(stdout).toBe("before\n");
    });

    it("stops at the first command that fails", async () => {
      const session = await open();

      const { stdout, result } = await run(session, "false\necho behind");

      expect(result).toMatchObject({ ended: "exited", exitCode: 1 });
      expect(stdout).toBe("");
    });

    it("keeps what a script did where it passed, and only there", async () => {
      const session = await open();

      await run(session, "value=one");
      await run(session, "value=two\nfalse");
      await run(session, "value=three\nexit 3");
      expect((await run(session, "echo $value")).stdout).toBe("one\n");
      await run(session, "value=four\nexit 3", { keepsStateOn: [0, 3] });
      expect((await run(session, "echo $value")).stdout).toBe("four\n");
    });

    it("takes a script back that has passed, to what it was before", async () => {
      const session = await open();
      await run(session, "value=one");
      const { generation } = session;

      const { key } = await run(session, "value=two\nother=three");
      await session.takeBack([{ key, interpreter: "bash" }]);

      expect((await run(session, "echo $value [$other]")).stdout).toBe("one []\n");
      expect(session.generation).toBe(generation + 1);
    });

    it("sets variables for a script and all that follow", async () => {
      const session = await open();

      const first = await run(session, "echo $ID", { variables: { ID: "it's 7" } });
      await run(session, "ID=8\nfalse", { variables: { ID: "it's 7" } });

      expect(first.stdout).toBe("it's 7\n");
      expect((await run(session, "echo $ID")).stdout).toBe("it's 7\n");
    });

    it("gives a script an environment of its own, for that script alone", async () => {
      const session = await open();
      await run(session, "KNOWN=before");

      const inside = await run(session, "echo $KNOWN $FRESH", {
        environment: { KNOWN: "inside", FRESH: "new" },
      });
      await run(session, "true");

      expect(inside.stdout).toBe("inside new\n");
      expect((await run(session, "echo [$FRESH]")).stdout).toBe("[]\n");
    });

    it("ends a script that takes too long, and goes on with what was before it", async () => {
      const session = await open();
      await run(session, "value=one");

      const { result, stdout } = await run(
        session,
        "value=two\necho begun\nsleep 60\necho behind",
        {
          timeoutMs: 200,
        },
      );

      expect(result.ended).toBe("timed-out");
      expect(result.exitCode).toBeUndefined();
      expect(stdout).toBe("begun\n");
      expect((await run(session, "echo $value")).stdout).toBe("one\n");
    });

    it("waits for a time that no timer can be set to", async () => {
      const session = await open();

      const { result } = await run(session, "echo done", { timeoutMs: 30 * 86_400_000 });

      expect(result).toMatchObject({ ended: "exited", exitCode: 0 });
    });

    it("ends a script that is cancelled", async () => {
      const session = await open();
      const cancel = new AbortController();

      const { result } = await run(session, "echo begun\nsleep 60", {
        signal: cancel.signal,
        onOutput: () => cancel.abort(),
      });

      expect(result.ended).toBe("cancelled");
      expect((await run(session, "echo next")).stdout).toBe("next\n");
    });

    it("gets a new generation no sooner than a script has ended its shell", async () => {
      const session = await open();
      await run(session, "echo");
      const first = session.generation;

      await run(session, "exit 1");
      await run(session, "echo");

      expect(first).toBe(1);
      expect(session.generation).toBe(2);
    });

    it("refuses two scripts at once, a key that was used, and scripts once it is closed", async () => {
      const session = await open();
      const running = run(session, "sleep 0.2", { key: "first" });

      await expect(run(session, "echo", { key: "second" })).rejects.toThrow("one script at a time");
      await running;
      await expect(run(session, "echo", { key: "first" })).rejects.toThrow("used before");
      await session.close();
      await session.close();
      await expect(run(session, "echo")).rejects.toThrow("closed");
    });

    it("ends the script that is running when it is closed", async () => {
      const session = await open();
      const closed: Promise<void>[] = [];

      const { result } = await run(session, "echo begun\nsleep 60", {
        onOutput: () => closed.push(session.close()),
      });

      await Promise.all(closed);
      expect(closed).toHaveLength(1);
      expect(result.ended).toBe("cancelled");
    });
  });
}

let count = 0;

async function run(
  session: Session,
  script: string,
  options: Partial<ScriptRequest> = {},
): Promise<{ key: string; stdout: string; stderr: string; result: ScriptResult }> {
  count += 1;
  const key = `script-${count}`;
  const text = { stdout: "", stderr: "" };
  const result = await session.runScript({
    key,
    script,
    interpreter: "bash",
    graceMs: 500,
    ...options,
    onOutput: (stream, chunk) => {
      text[stream] += Buffer.from(chunk).toString();
      options.onOutput?.(stream, chunk);
    },
  });
  return { key, ...text, result };
}
