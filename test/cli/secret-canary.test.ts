import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { program } from "../program.ts";
import { createProject } from "./run-opswright.ts";

const token = `Tr0ub4dor "&3" it's $x/ü\\`;
const key = `-----BEGIN KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASC
q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ
-----END KEY-----`;

/** Prints the secrets in all their forms, to either stream. */
const leak = `
printf '%s %s\\n' "$TOKEN" "$KEY"; echo $KEY | tr ' ' ','
printf '%s' "\${TOKEN:0:9}"; sleep 0.05; echo "\${TOKEN:9}"
for before in '' a ab; do printf '%s' "$before$TOKEN" | base64; printf '%s' "$before$KEY" | base64; done
printf '%s' "$TOKEN" | base64 -w0 | tr '+/' '-_'; echo
printf '%q %s %s\\n' "$TOKEN" "\${TOKEN@Q}" "\${KEY@Q}"; declare -p TOKEN KEY AUTH; export -p | grep TOKEN
( set -x; : "$TOKEN" "$KEY" )
node -e 'const { TOKEN, KEY } = process.env;
for (const one of [TOKEN, KEY]) console.log(JSON.stringify(one), encodeURIComponent(one), new URLSearchParams({ one }).toString());' | tee /dev/stderr
`;

const runbook = `---
title: Canary
inputs:
  TOKEN: { type: secret, required: true }
contracts:
  box: { variables: { KEY: { secret: true, from: { file: ~/key } }, PIN: { secret: true } } }
procedures:
  main: { onFailure: back, steps: [{ step: prepare }, { step: leak }, { step: restored }, { step: mismatch }] }
  back: { steps: [{ step: undo }] }
---

\`\`\`bash id=prepare
AUTH="Bearer $TOKEN"; BASIC=$(printf 'me:%s' "$TOKEN" | base64 -w0); options=(-H "X: $TOKEN")
login() { echo "$TOKEN"; }; trap 'echo "$TOKEN"' USR1; set -- "$TOKEN" "$KEY"; : "$KEY$PIN"
(until [ -e late ]; do sleep 0.01; done; printf 'late %s' "$TOKEN" "$KEY"; echo >> late) &
\`\`\`

\`\`\`bash id=leak exit=3
${leak}
exit 3
\`\`\`

\`\`\`bash id=restored
echo "$AUTH"; [ "$AUTH" = "Bearer $TOKEN" ]; [ "\${BASIC-gone}" = gone ]; [ "\${options[1]}" = "X: $TOKEN" ]
touch late; until [ -s late ]; do sleep 0.01; done
echo "$TOKEN" >&2; touch there; until [ -e go ]; do sleep 0.01; done
\`\`\`

\`\`\`bash id=mismatch env.TOKEN=other
[ "$AUTH" != "Bearer $TOKEN" ]; echo "\${AUTH#Bearer }"
\`\`\`

\`\`\`output
nothing
\`\`\`

\`\`\`bash id=undo
[ "$AUTH" = "Bearer $TOKEN" ]; ${leak}
\`\`\`
`;

/** Made here by other means than the program's, in pieces that no form lacks. */
const traces = [
  "Tr0ub4dor",
  "it's $x",
  "3%22",
  "MIIEvQIBADANBgkq",
  "q83vEjRWeJCr",
  ...[token, key].flatMap((value) =>
    ["", "a", "ab"].map((before) =>
      Buffer.from(before + value)
        .toString("base64")
        .slice(4, 20),
    ),
  ),
];

const findTraces = (text: string): readonly string[] =>
  traces.filter((trace) => text.includes(trace));

function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function readArguments(): string {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .map((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, "utf8");
      } catch {
        // It has ended.
        return "";
      }
    })
    .join("\n");
}

test("a secret that steps print and keep is in no file, no stream and no argument", async () => {
  await using project = await createProject({
    "runbooks/a.mdx": runbook,
    "../home/key": `${key}\n`,
  });
  const { directory } = project;
  const environment = { ...project.environment, TOKEN: token, PIN: "712" };
  const args = ["--rollback", "auto", "--json"];
  const runner = spawn(process.execPath, [program, "run", "a:main", ...args], {
    cwd: directory,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let shown = "";
  for (const stream of [runner.stdout, runner.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (shown += text));
  }
  while (!existsSync(path.join(directory, "there")) && runner.exitCode === null) await sleep(10);
  expect(existsSync(path.join(directory, "there")), shown).toBe(true);
  expect(findTraces(readArguments())).toEqual([]);
  runner.kill("SIGKILL");
  await once(runner, "close");
  expect(findTraces(shown)).toEqual([]);
  expect(shown).toContain("shorter than 4 characters: the value of PIN.");
  expect(shown).toContain("The new shell lacks BASIC: ");
  const runs = path.join(directory, ".opswright/runs");
  const [run = ""] = readdirSync(runs);
  const control = readFileSync(path.join(runs, run, "session/control"), "utf8");
  for (const [, pid] of control.matchAll(/ keeper 0 (\d+)$/gmu))
    process.kill(Number(pid), "SIGKILL");

  await writeFile(path.join(directory, "go"), "");
  const refused = await project.run(["resume"]);
  expect(refused.exitCode, refused.stderr).toBe(3);
  expect(refused.stderr).toContain("The input `TOKEN` has no value.");
  const reports = ["junit", "markdown", "json"].flatMap((one) => [
    "--report",
    `${one}=report.${one}`,
  ]);
  const { stdout, stderr, exitCode } = await project.run(
    ["resume", "--unknown", "rerun", ...reports, ...args],
    { environment, isRaw: true },
  );

  expect(exitCode, stdout + stderr).toBe(4);
  expect(stdout).toContain('"outcome":"mismatched"');
  expect(stdout).toContain("+[secret TOKEN]");
  expect(stdout).toContain('"outcome":"rolled-back"');
  expect(findTraces(stdout + stderr)).toEqual([]);
  const files = listFiles(directory).filter((file) => !file.includes("/runbooks/"));
  expect(files.filter((file) => /report\.(?:junit|markdown|json)$/u.test(file))).toHaveLength(3);
  expect(files.length).toBeGreaterThan(25);
  for (const file of files) {
    expect(findTraces(readFileSync(file, "utf8")), file).toEqual([]);
    if (file.startsWith(runs)) expect(statSync(file).mode & 0o77, file).toBe(0);
  }
});
