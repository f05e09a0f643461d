import { readFileSync, readdirSync } from "node:fs";
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

/** Everything below the run's folder that is a file, as one text. */
function readRun(runDirectory: string): string {
  return readdirSync(runDirectory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

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
    expect(readRun(runDirectory)).not.toContain("s3cr3t");
  });
});

describe("a shell with secrets", () => {
  it("has them again after a step that ended it, with what was made of them, and no file has any", async () => {
    const { run, runDirectory, session } = await openSession();
    const set = `
AUTH="Bearer $TOKEN"; export URL="https://u:$TOKEN@h/\\$TOKEN"
options=(-H "X: $TOKEN" plain); declare -r PIN; declare +x PIN
trap "echo " USR1
plain=$'a\nb'; OTHER=7; export -f greet 2>/dev/null || true
set -- "one $TOKEN" two
`;
    const show = `
trap -p USR1 | sha256sum
for one in "$TOKEN" "$PIN" "$AUTH" "$URL" "\${options[1]}" "\${options[2]}" "$plain" "$1" "$2" "$OTHER"; do
  printf '%s' "$one" | sha256sum
done
declare -p PIN >&2; pwd
bash -c 'printf %s "$TOKEN$PIN$AUTH$URL"' | sha256sum
compgen -e | grep -i opswright
`;
    expect(await run(set)).toMatchObject({ exitCode: 0, stderr: "" });
    const before = await run(show);
    expect(before.stderr).toBe('declare -r PIN="7"\n');
    await run("TOKEN=changed; false");
    expect(await run(show)).toMatchObject({ stdout: before.stdout, stderr: before.stderr });
    expect(session.generation).toBe(2);
    await run("unset TOKEN; false; :", { keepsStateOn: "any" });
    await run("unset TOKEN");
    await run("exit 3");
    expect((await run('echo "${TOKEN-gone} $AUTH"')).stdout).toBe("gone Bearer [secret TOKEN]\n");
    expect(session.takeNotices?.()).toEqual([]);

    expect(readRun(runDirectory)).not.toMatch(/s3cr3t|czNjcjN0|M2NyM3|zY3Iz/u);
  });

  it("lacks what cannot be taken apart after that, and says so by name", async () => {
    const { run, runDirectory, session } = await openSession();
    await run(`
BASIC=$(printf 'user:%s' "$TOKEN" | base64 -w0)
declare -A map=([k]="$TOKEN")
eval "leak() { echo $(printf %q "$TOKEN"); }"; kept() { echo kept; }
alias a="echo $TOKEN" b='echo b'
set -x -- "$TOKEN"
`);
    await run("exit 1");
    const { stdout } = await run('echo "${BASIC-no} ${map-no}"; kept; b; type -t leak a || true');
    expect(stdout).toBe("no no\nkept\nb\n");
    expect(session.takeNotices?.()).toEqual([
      expect.stringMatching(/^The new shell lacks BASIC, map, alias a, leak\(\): /u),
    ]);
    expect(readRun(runDirectory)).not.toMatch(/s3cr3t|czNjcjN0|M2NyM3|zY3Iz/u);
  });

  it("takes a variable of a step's own back, though its value is written nowhere", async () => {
    const { run, runDirectory } = await openSession();
    await run('BASIC=$(printf %s "$TOKEN" | base64 -w0)');
    const environment = { TOKEN: "other", BASIC: "other" };
    expect((await run('echo "$TOKEN $BASIC"', { environment })).stdout).toBe("other other\n");
    const after = await run('[ "$(printf %s "$TOKEN" | base64 -w0)" = "$BASIC" ]; echo "$TOKEN"');
    expect(after.stdout).toBe("[secret TOKEN]\n");
    expect(readRun(runDirectory)).not.toMatch(/s3cr3t|czNjcjN0/u);
  });
});
