import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { openTestSession, type TestSession } from "./open-test-session.ts";

vi.setConfig({ testTimeout: 60_000 });

const value = `s3cr3t "it's" $x\\/end`;

const openSession = (): Promise<TestSession> =>
  openTestSession({ TOKEN: value, PIN: "7" }, [
    { name: "TOKEN", value },
    { name: "PIN", value: "7" },
  ]);

describe("a secret that a step prints", () => {
  it("is neither shown nor kept, however it is written, also by what it leaves running", async () => {
    const { run, runDirectory, session } = await openSession();
    const script = `
printf '%s' "\${TOKEN:0:5}"; sleep 0.05; printf '%s\\n' "\${TOKEN:5}"
printf '%s' "$TOKEN" | base64 >&2
(until [ -e go ]; do sleep 0.01; done; printf 'late %s' "$TOKEN"; touch gone) &
printf %s "\${TOKEN:0:4}"
`;

    const first = await run(script, { key: "first" });
    await run("touch go; until [ -e gone ]; do sleep 0.01; done");
    await session.close();

    expect(first).toMatchObject({
      stdout: "[secret TOKEN]\ns3cr",
      stderr: "[secret TOKEN]\n",
    });
    const kept = readFileSync(path.join(runDirectory, "steps/first.out"), "utf8");
    expect(kept).toBe("[secret TOKEN]\ns3crlate [secret TOKEN]");
    expect(first.result.stdoutBytes).toBe(first.stdout.length);
  });
});
