import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openTargetSession } from "../../src/node/open-target-session.ts";
import { createProject, type FixtureProject } from "../cli/run-opswright.ts";
import { runOnTerminal } from "../cli/run-on-terminal.ts";
import { startUntilPrinted, type StartedCall } from "../cli/start-until-printed.ts";
import { waitForDetached } from "../cli/wait-for-detached.ts";
import { describeSession } from "../contract/session-contract.ts";
import { openSshServer, type SshServer } from "./open-ssh-server.ts";

let server: SshServer;

beforeAll(async () => {
  server = await openSshServer();
});

afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
});

describeSession("a session over SSH", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "opswright-test-"));
  const session = await openTargetSession({
    name: "web1",
    command: ["ssh", "-F", server.clientConfiguration, "-T", "web1", "exec bash --norc"],
    directory: folder,
    programEnvironment: process.env,
    runDirectory: path.join(folder, "run"),
    environment: {},
    secrets: [],
    toolsOn: () => [],
    servers: ["server"],
  });
  onTestFinished(async () => {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return session;
});

const head = `---
title: Elsewhere
inputs:
  HOST: { default: web1 }
  PLACE: { type: string }
---
`;

const fence = (line: string, code: string): string => `\n\`\`\`bash ${line}\n${code}\n\`\`\`\n`;

const usualSteps = [
  fence(
    "id=first on=web title=First",
    'STATE=kept; cd "$PLACE"; echo first >>marks; echo "${SSH_CONNECTION:+over SSH}"',
  ),
  fence(
    "id=second on=web title=Second timeout=60s",
    "echo begun; until [ -e go ]; do sleep 0.02; done\nsleep 0.3; echo second >>marks; echo ended",
  ),
  fence("id=third on=web title=Third", 'echo "third $STATE" >>marks'),
];

/** A project whose `ssh` knows the server as `web1`, as a person's own configuration would. */
async function createRemote({
  target = "ssh://$HOST",
  steps = usualSteps,
}: {
  readonly target?: string;
  readonly steps?: readonly string[];
} = {}): Promise<FixtureProject> {
  const project = await createProject({
    "opswright.config.json": JSON.stringify({ targets: { web: target } }),
    "runbooks/a.mdx": [head, ...steps].join(""),
    "place/readme": "",
    "bin/ssh": `#!/bin/sh\nPATH=/usr/local/bin:/usr/bin:/bin exec ssh -F ${server.clientConfiguration} "$@"\n`,
  });
  return project;
}

const placeOf = ({ directory }: FixtureProject, file = ""): string =>
  path.join(directory, "place", file);

const argsOf = (project: FixtureProject): readonly string[] => [
  "run",
  "a",
  "--input",
  `PLACE=${placeOf(project)}`,
];

const startRun = (project: FixtureProject): Promise<StartedCall> =>
  startUntilPrinted(project, argsOf(project), "second");

const marksOf = (project: FixtureProject): Promise<string> =>
  readFile(placeOf(project, "marks"), "utf8");

test("steps run on a host by the person's own configuration of SSH", async () => {
  await using project = await createRemote();
  await writeFile(placeOf(project, "go"), "");

  const call = await project.run(argsOf(project));

  expect(call).toMatchObject({ exitCode: 0, stderr: "" });
  expect(call.stdout).toContain("▸ 1/3  First · on web  change");
  expect(call.stdout).toContain("  │ over SSH\n");
  expect(await marksOf(project)).toBe("first\nsecond\nthird kept\n");
});

describe("a connection that is cut in the middle of a step", () => {
  test("makes it unknown; what it did goes on there, and resuming takes its end", async () => {
    await using project = await createRemote();
    const { ended } = await startRun(project);

    expect(await server.cutConnections()).toBeGreaterThan(0);
    expect(await ended).toEqual([4, null]);
    await waitForDetached(project);
    const shown = await project.run(["runs", "show"]);
    expect(shown.stdout).toContain("2  Second  ? unknown  [DURATION]\n  3  Third   · not run");

    await writeFile(placeOf(project, "go"), "");
    const call = await project.run(["resume"]);

    expect(call).toMatchObject({ exitCode: 0, stderr: "" });
    expect(call.stdout).toContain("The target web is connected again");
    // What the client says as it loses its host stands between.
    expect(call.stdout).toMatch(/│ begun\n(?: {2}┆ .*\n)? {2}│ ended\n {2}✓ \[DURATION\]/u);
    expect(await marksOf(project)).toBe("first\nsecond\nthird kept\n");
  });

  test("together with a runner that is killed, loses nothing either", async () => {
    await using project = await createRemote();
    const { kill } = await startRun(project);
    await kill();
    await server.cutConnections();
    await waitForDetached(project);
    await writeFile(placeOf(project, "go"), "");

    const call = await project.run(["resume"]);

    expect(call).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await marksOf(project)).toBe("first\nsecond\nthird kept\n");
  });
});

test("a server on a host lives on when the connection is cut, and is ended by who resumes", async () => {
  await using project = await createRemote({
    steps: [
      fence(
        'id=serve on=web background ready="output:/up/" title=Serve',
        `cd "$PLACE"; trap 'echo ended >>marks; exit 0' TERM; echo up
while :; do sleep 0.05; echo tick; done`,
      ),
      fence(
        "id=second on=web title=Second timeout=60s",
        'cd "$PLACE"; echo begun; until [ -e go ]; do sleep 0.02; done; echo second >>marks',
      ),
    ],
  });
  const { ended } = await startRun(project);
  expect(await server.cutConnections()).toBeGreaterThan(0);
  expect(await ended).toEqual([4, null]);
  await waitForDetached(project);
  await writeFile(placeOf(project, "go"), "");

  const call = await project.run(["resume"]);

  expect(call).toMatchObject({ exitCode: 0, stderr: "" });
  expect(call.stdout).not.toContain("begun again");
  expect(call.stdout).toContain("· The server of step serve was stopped.");
  expect(await marksOf(project)).toBe("second\nended\n");
});

test("an interactive step has the person's terminal on the host, its Ctrl-C included, and its state carries over", async () => {
  await using project = await createRemote({
    steps: [
      fence(
        "id=greet on=web interactive",
        `cd "$PLACE"; read -r -p "$((6 * 7)) is your name? " name
[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && stty size >size
bash -c 'trap "echo caught; exit 0" INT; echo "waiting $((1 + 1))"; while :; do sleep 0.05; done'
stty -echo raw`,
      ),
      fence("id=fails on=web interactive continue-on-error", "name=Nobody; false"),
      fence("id=tell on=web", 'echo "Hello $name over ${SSH_TTY-no} $(cat size)"'),
    ],
  });

  const run = await runOnTerminal(project, argsOf(project), [
    ["42 is your name?", "Xerxes\r"],
    ["waiting 2", "\u0003"],
  ]);

  expect(run.shown).toContain("caught");
  expect(run.shown).toContain("│ Hello Xerxes over no 24 80\n");
  expect(run.exitCode).toBe(0);
  const alone = await project.run(argsOf(project));
  expect(alone.exitCode).toBe(7);
});

test("a new size of the window comes to the program on the host", async () => {
  await using project = await createRemote({
    steps: [
      fence(
        "id=first on=web interactive timeout=30s",
        `cd "$PLACE"; runner=$(sed -n 's/.*"pid":\\([0-9]*\\).*/\\1/p; q' ../.opswright/runs/*/events.ndjson)
touch resized; trap 'stty size >>resized' WINCH
stty -F "$(readlink "/proc/$runner/fd/0")" rows 50 columns 132
until grep -q "^50 132$" resized; do sleep 0.05; done
trap - WINCH`,
      ),
    ],
  });
  const run = await runOnTerminal(project, argsOf(project), []);
  expect(run.exitCode, run.shown).toBe(0);
});

test("Ctrl-C three times ends an interactive step on a host, whatever its program makes of it", async () => {
  await using project = await createRemote({
    steps: [
      fence(
        "id=first on=web interactive",
        `cd "$PLACE"; bash -c 'trap "echo caught" INT; echo "it is $((6 * 7))"; while :; do sleep 0.05; done'`,
      ),
    ],
  });
  const run = await runOnTerminal(project, argsOf(project), [
    ["it is 42", "\u0003"],
    ["caught", "\u0003"],
    ["caught", "\u0003"],
    ["Go on", "\u0003"],
  ]);
  expect(run.shown).toContain("Step first was cancelled.");
  expect(run.exitCode, run.shown).toBe(130);
});

test("a terminal that goes away ends no step: its end record counts, and its state stays", async () => {
  await using project = await createRemote({
    steps: [
      fence(
        "id=first on=web interactive",
        `cd "$PLACE"; t=$(tty); kill -9 $(ps -o pid= -t "\${t#/dev/}"); sleep 1; STATE=kept`,
      ),
      fence("id=second on=web", 'echo "went on, $STATE"'),
    ],
  });
  const run = await runOnTerminal(project, argsOf(project), []);
  expect(run.shown).toContain("│ went on, kept");
  expect(run.exitCode).toBe(0);
});

test("a runner that is killed gives the terminal back, and resuming takes the end of its step", async () => {
  await using project = await createRemote({
    steps: [
      fence(
        "id=first on=web interactive",
        `cd "$PLACE"; runner=$(sed -n 's/.*"pid":\\([0-9]*\\).*/\\1/p; q' ../.opswright/runs/*/events.ndjson)
echo $$ >>marks; kill -9 "$runner"; until [ -e go ]; do sleep 0.05; done; STATE=kept`,
      ),
      fence("id=second on=web", 'echo "went on, $STATE"'),
    ],
  });
  await runOnTerminal(project, argsOf(project), []);
  const carries = async (): Promise<boolean> => {
    const { stdout } = await execa("ps", ["-eo", "args"]);
    return stdout
      .split("\n")
      .some((line) => /^ssh .*-t /u.test(line) && line.includes(server.clientConfiguration));
  };
  for (let attempt = 0; (await carries()) && attempt < 200; attempt += 1) await sleep(50);
  expect(await carries()).toBe(false);
  await writeFile(placeOf(project, "go"), "");

  const resumed = await runOnTerminal(project, ["resume"], []);

  expect(resumed.shown).toContain("│ went on, kept");
  expect(resumed.exitCode).toBe(0);
  expect((await marksOf(project)).trim().split("\n")).toHaveLength(1);
});

test("a terminal that cannot be had runs nothing of its step", async () => {
  await using project = await createRemote();
  const program = path.join(project.directory, "bin/ssh");
  const works = await readFile(program, "utf8");
  await writeFile(
    program,
    works.replace("PATH=", '[ "$1" != -t ] || { echo "No more sessions"; exit 255; }\nPATH='),
  );
  await writeFile(
    path.join(project.directory, "runbooks/a.mdx"),
    `${head}${fence("id=first on=web interactive continue-on-error", 'touch "$PLACE/ran"')}${fence("id=second on=web", "echo went on")}`,
  );
  const run = await runOnTerminal(project, argsOf(project), []);
  expect(run.shown).toContain("No more sessions");
  expect(run.shown.replaceAll(/\s+/gu, " ")).toContain(
    "The target web gave no terminal: its connection ended with exit code 255. Nothing of it ran.",
  );
  expect(run.shown).toContain("│ went on");
  expect(existsSync(placeOf(project, "ran"))).toBe(false);
});

test("a host that does not know the person ends the run before its first step", async () => {
  await using project = await createRemote({ target: "ssh://nobody@$HOST" });
  const call = await project.run(argsOf(project));
  expect(call.exitCode).toBe(6);
  expect(call.stdout.replaceAll(/\s+/gu, " ")).toMatch(
    /The target web cannot be reached\. ssh says: .*Permission denied.* Try it by hand: ssh ssh:\/\/nobody@web1/u,
  );
  expect(existsSync(placeOf(project, "marks"))).toBe(false);
});
