import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { isAlive } from "../../src/node/process-table.ts";
import { program } from "../program.ts";
import type { FixtureProject } from "./run-opswright.ts";
import { startUntilPrinted, type StartedCall } from "./start-until-printed.ts";
import {
  createTargets,
  environmentOf,
  fence,
  inConnections,
  run,
  waitFor,
} from "./target-project.ts";
import { findFolders, waitForDetached } from "./wait-for-detached.ts";

test("each target has a shell of its own, and inputs and captured values go everywhere", async () => {
  await using project = await createTargets(
    [
      fence(
        'id=look on=web capture=WHERE title="Step 1"',
        'STATE=kept; cd ..; mkdir -p sub; cd sub; basename "$PWD"',
      ),
      fence(
        'id=again on=web title="Step 2"',
        'echo "$STATE $(basename "$PWD") $NAME ${HERE-nothing of here}"',
      ),
      fence(
        'id=there on=db dir=.. title="Step 3"',
        'echo "${STATE-no state} $WHERE $(basename "$PWD")"',
      ),
      fence('id=here on=local title="Step 4"', 'echo "${STATE-no state} $WHERE ${HERE-}"'),
      fence('id=fail on=web title="Step 5"', 'STATE=changed\necho "$KEY" >&2\nfalse'),
    ].join(""),
  );
  const call = await run(project, ["run", "a"]);
  expect(call).toEqual({
    exitCode: 4,
    stderr: "",
    stdout: expect.stringContaining(`
▸ 1/5  Step 1 · on web  change
  $ STATE=kept; cd ..; mkdir -p sub; cd sub; basename "$PWD"
  │ sub
  ✓ [DURATION]

▸ 2/5  Step 2 · on web
  $ echo "$STATE $(basename "$PWD") $NAME \${HERE-nothing of here}"
  │ kept sub db nothing of here
  ✓ [DURATION]

▸ 3/5  Step 3 · on db
  $ echo "\${STATE-no state} $WHERE $(basename "$PWD")"
  │ no state sub connections
  ✓ [DURATION]

▸ 4/5  Step 4
  $ echo "\${STATE-no state} $WHERE \${HERE-}"
  │ no state sub this machine's alone
  ✓ [DURATION]

▸ 5/5  Step 5 · on web
  $ STATE=changed
    echo "$KEY" >&2
    false
  ┆ [secret KEY]
  ✗ exit 1 after [DURATION]
`) as string,
  });
  // What becomes of the session is no output of its steps.
  const logs = await run(project, ["runs", "logs"]);
  expect(`${logs.stdout}${logs.stderr}`).not.toContain("Killed");
  // Nothing is left of the sessions, here or there.
  expect(await findFolders(project)).toEqual([]);
});

test("the plan names each target, where it is, and what must be there", async () => {
  await using project = await createTargets(
    fence("id=look on=web", "jq . /dev/null") + fence("id=there on=db", "no-such-program --now"),
  );
  const plan = await run(project, ["plan", "a"]);
  expect(plan.stdout).toContain(`Targets
  - db: connect db; needs there: no-such-program
  - web: connect web; needs there: jq
`);
  const call = await run(project, ["run", "a", "--only", "there"]);
  expect(call.exitCode).toBe(6);
  expect(call.stdout.replaceAll(/\s+/gu, " ")).toContain(
    "The target db does not have no-such-program (for there). Nothing was run.",
  );
});

describe("a target that cannot be used ends the run before its first step", () => {
  test.each([
    [
      "no program of that name",
      { exec: ["no-such-connection"] },
      "The target web cannot be reached.",
    ],
    [
      "a program that says why",
      { exec: ["sh", "-c", "echo No route to host >&2; exit 255"] },
      "The target web cannot be reached. sh says: No route to host.",
    ],
    [
      "a program that ends at once",
      { exec: ["sh", "-c", "exit 3"] },
      "The target web cannot be reached. sh ended with exit code 3. Try it by hand: sh -c 'exit 3'.",
    ],
    [
      "another shell",
      { exec: ["dash"] },
      "The target web reads commands with something that is no bash.",
    ],
    [
      "an interactive shell",
      { exec: ["bash", "--norc", "-i"] },
      "The target web reads commands with an interactive bash.",
    ],
  ])("%s", async (_name, target, message) => {
    await using project = await createTargets(
      fence("id=here", "touch here") + fence("id=there on=web", "touch there"),
      { "opswright.config.json": JSON.stringify({ targets: { web: target } }) },
    );
    const call = await run(project, ["run", "a"]);
    expect(call.exitCode).toBe(6);
    expect(call.stdout.replaceAll(/\s+/gu, " ")).toContain(message);
    expect(existsSync(path.join(project.directory, "here"))).toBe(false);
  });
});

describe("a step for an operating system runs on a target by what that one is", () => {
  /** What stands in for `uname` where `web` is. */
  const uname = (name: string): Record<string, string> => ({
    "connections/bin-web/uname": `#!/bin/sh\necho ${name}\n`,
  });
  const makeExecutable = ({ directory }: FixtureProject): Promise<void> =>
    chmod(path.join(directory, "connections/bin-web/uname"), 0o755);
  const variants = [
    fence("id=here os=linux title=Here", "echo here >>marks"),
    fence("id=mac on=web os=darwin title=Mac", 'echo mac >>"${CONNECTIONS-}/marks"'),
    fence("id=linux on=web os=linux title=Linux", 'echo linux >>"${CONNECTIONS-}/marks"'),
    fence("id=windows on=web os=windows,darwin title=Both", "no-such-program-here; exit 3"),
  ].join("");

  test("and not by this machine, also when the run is resumed", async () => {
    await using project = await createTargets(variants, uname("Darwin"));
    await makeExecutable(project);
    const call = await run(project, ["run", "a", "--skip", "windows"]);
    expect(call).toMatchObject({ exitCode: 0, stderr: "" });
    expect(call.stdout.replaceAll(/\s+/gu, " ")).toContain(
      "Linux · on web – skipped: It is for linux; the target web is darwin.",
    );
    expect(await marksOf(project)).toBe("mac\n");
    const exported = JSON.parse((await run(project, ["runs", "export"])).stdout) as {
      readonly events: readonly { readonly type: string }[];
    };
    expect(exported.events).toContainEqual(
      expect.objectContaining({ type: "target-connected", target: "web", system: "darwin" }),
    );
  });

  test("a program is asked for only where its step is done", async () => {
    await using project = await createTargets(variants, uname("Linux"));
    await makeExecutable(project);
    const call = await run(project, ["run", "a"]);
    expect(call).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await marksOf(project)).toBe("linux\n");
  });

  test("what must be there or be answered is asked for by what the target told", async () => {
    await using project = await createTargets(
      fence("id=first on=web", "test -e ../../go") +
        fence('id=windows on=web os=windows confirm="Sure?"', "echo windows") +
        fence("id=linux on=web os=linux", "echo linux"),
      uname("MINGW64_NT-10.0-22631"),
    );
    await makeExecutable(project);
    // Nobody knows yet that it is for another machine.
    const call = await run(project, ["run", "a"]);
    expect(call.exitCode).toBe(7);
    expect(await run(project, ["run", "a", "--yes"])).toMatchObject({ exitCode: 4 });
    expect(await run(project, ["resume"])).toMatchObject({ exitCode: 7 });
    const file = path.join(project.directory, "connections/bin-web/uname");
    await writeFile(file, "#!/bin/sh\necho Linux\n");
    expect(await run(project, ["resume", "--yes"])).toMatchObject({ exitCode: 4 });
    await writeFile(path.join(project.directory, "go"), "");
    // By now it is known that the step which asks is not done.
    const resumed = await run(project, ["resume"]);
    expect(resumed).toMatchObject({ exitCode: 0, stderr: "" });
    expect(resumed.stdout).toContain("│ linux");
    expect(resumed.stdout).not.toContain("│ windows");
    const { stdout: told } = await run(project, ["runs", "export"]);
    expect(told).toContain(
      "The target web is linux now, and was windows before: steps are chosen by what it is now.",
    );
  });

  test("and a run of which nothing is for its machines runs nothing", async () => {
    await using project = await createTargets(
      fence("id=here os=darwin", "touch here") + fence("id=there on=web os=windows", "touch there"),
      uname("Linux"),
    );
    await makeExecutable(project);
    const call = await run(project, ["run", "a"]);
    expect(call.exitCode).toBe(6);
    expect(call.stdout.replaceAll(/\s+/gu, " ")).toContain(
      "Nothing was run: no step is for the machine that it would run on. Step here is for darwin, and this machine is linux. Step there is for windows, and the target web is linux.",
    );
  });

  test("and one that does not tell what it is ends the run before its first step", async () => {
    await using project = await createTargets(fence("id=there on=web", "touch there"), uname(""));
    await makeExecutable(project);
    const call = await run(project, ["run", "a"]);
    expect(call.exitCode).toBe(6);
    expect(call.stdout).toContain("The target web does not tell its operating system.");
    expect(existsSync(inConnections(project, "home-web/there"))).toBe(false);
  });
});

/** The second step leaves its mark only once a file is there. */
const slow = [
  fence("id=first on=web title=First", 'STATE=kept; cd "${CONNECTIONS-}"; echo first >>marks'),
  fence(
    "id=second on=web title=Second timeout=60s",
    "echo begun; until [ -e go ]; do sleep 0.02; done\nsleep 0.3; echo second >>marks; echo ended",
  ),
  "\n```output\nbegun\nended\n```\n",
  fence("id=third on=web title=Third", 'echo "third $STATE" >>marks'),
].join("");

/** Starts a run and waits until its second step has begun. */
const startSlow = (project: FixtureProject): Promise<StartedCall> =>
  startUntilPrinted(project, ["run", "a"], "second", environmentOf(project));

async function release(project: FixtureProject): Promise<void> {
  await writeFile(inConnections(project, "go"), "");
}

const marksOf = (project: FixtureProject): Promise<string> =>
  readFile(inConnections(project, "marks"), "utf8");

describe("a connection that is cut in the middle of a step", () => {
  test("makes the step unknown, and resuming takes its end from the target, with its output", async () => {
    await using project = await createTargets(slow);
    const { ended } = await startSlow(project);
    process.kill(Number(await readFile(inConnections(project, "pid-web"), "utf8")), "SIGKILL");
    expect(await ended).toEqual([4, null]);
    await waitForDetached(project);
    const shown = await run(project, ["runs", "show"]);
    expect(shown.stdout).toContain("2  Second  ? unknown  [DURATION]\n  3  Third   · not run");
    expect(await findFolders(project)).toHaveLength(1);

    await release(project);
    await waitFor(async () => (await marksOf(project)).includes("second"));
    const call = await run(project, ["resume"]);

    expect(call.stdout).toContain(`
  · The target web is connected again, and tells how step second goes.

▸ 2/3  Second · on web  change
`);
    expect(call.stdout).toContain("│ begun\n  │ ended\n  ✓ [DURATION]");
    expect(call).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await marksOf(project)).toBe("first\nsecond\nthird kept\n");
    expect(await findFolders(project)).toEqual([]);
  });

  test("waits for a step that is still running there", async () => {
    await using project = await createTargets(slow);
    const { ended } = await startSlow(project);
    process.kill(Number(await readFile(inConnections(project, "pid-web"), "utf8")), "SIGKILL");
    await ended;
    await waitForDetached(project);

    const resumed = run(project, ["resume"]);
    await sleep(500);
    await release(project);

    expect(await resumed).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await marksOf(project)).toBe("first\nsecond\nthird kept\n");
  });

  test("leaves a session there, which cleaning ends", async () => {
    await using project = await createTargets(slow);
    const { ended } = await startSlow(project);
    process.kill(Number(await readFile(inConnections(project, "pid-web"), "utf8")), "SIGKILL");
    await ended;
    const [folder = ""] = await findFolders(project);
    expect(existsSync(folder)).toBe(true);

    const call = await run(project, ["runs", "clean"]);

    expect(call).toEqual({
      exitCode: 0,
      stderr: "",
      stdout: "[RUN]: its session on the target web is ended.\n",
    });
    expect(existsSync(folder)).toBe(false);
    await release(project);
    await sleep(600);
    expect(await marksOf(project)).toBe("first\n");
    // What it had done by then nobody knows.
    expect(await run(project, ["resume"])).toMatchObject({ exitCode: 7 });
    expect(await run(project, ["resume", "--unknown", "rerun"])).toMatchObject({ exitCode: 0 });
    expect(await marksOf(project)).toBe("first\nsecond\nthird kept\n");
  });
});

test("a runner that is killed leaves the step running there, and resuming waits for it", async () => {
  await using project = await createTargets(slow);
  const { kill } = await startSlow(project);
  await kill();

  await waitForDetached(project);
  await release(project);
  const call = await run(project, ["resume"]);

  expect(call).toMatchObject({ exitCode: 0, stderr: "" });
  expect(call.stdout).toContain("│ begun\n  │ ended\n  ✓ [DURATION]");
  expect(await marksOf(project)).toBe("first\nsecond\nthird kept\n");
});

test.each([
  ["has answered it well meanwhile", true],
  ["has not answered yet", false],
])(
  "a step that a killed runner was ending there has not passed, though it %s",
  async (_what, hasAnswered) => {
    await using project = await createTargets(
      fence(
        "id=late on=web timeout=200ms",
        "trap 'touch asked; until [ -e go ]; do sleep 0.02; done; exit 0' TERM\nuntil [ -e never ]; do sleep 0.02; done",
      ) + fence("id=next on=web", "touch next"),
    );
    const child = spawn(process.execPath, [program, "run", "a"], {
      cwd: project.directory,
      env: { ...project.environment, ...environmentOf(project) },
    });
    const home = (name: string): string => inConnections(project, `home-web/${name}`);
    await waitFor(() => existsSync(home("asked")));
    child.kill("SIGKILL");
    await once(child, "exit");
    if (hasAnswered) {
      await writeFile(home("go"), "");
      const [folder = ""] = await findFolders(project);
      const control = path.join(folder, "session/control");
      await waitFor(async () => / ended 1 0\s/u.test(await readFile(control, "utf8")));
    }

    const call = await run(project, ["resume"]);

    expect(call.stdout).toContain("timed out");
    expect(call.exitCode).toBe(4);
    expect(existsSync(home("next"))).toBe(false);
  },
);

test("a connection that hangs there takes nothing from the one that resumes", async () => {
  await using project = await createTargets(slow);
  const { kill } = await startSlow(project);
  // The other end does not learn that nobody is here any more, as where a network is gone.
  const relay = Number(await readFile(inConnections(project, "pid-web"), "utf8"));
  process.kill(relay, "SIGSTOP");
  try {
    await kill();
    const detached = waitForDetached(project);
    const resumed = run(project, ["resume"]);
    await detached;
    await release(project);
    const call = await resumed;
    expect(call).toMatchObject({ exitCode: 0, stderr: "" });
    expect(call.stdout).toContain("│ begun\n  │ ended\n  ✓ [DURATION]");
    expect(await marksOf(project)).toBe("first\nsecond\nthird kept\n");
  } finally {
    process.kill(relay, "SIGKILL");
  }
});

test("a session that is gone is told, and what is not known is asked", async () => {
  await using project = await createTargets(slow);
  const { kill } = await startSlow(project);
  await kill();
  const [folder = ""] = await findFolders(project);
  const control = await readFile(path.join(folder, "session/control"), "utf8");
  const keeper = Number(/ keeper 0 (\d+)/u.exec(control)?.[1]);
  const shell = Number(/ ready 1 (\d+)/u.exec(control)?.[1]);
  process.kill(keeper, "SIGKILL");
  process.kill(-shell, "SIGKILL");

  const call = await run(project, ["resume", "--unknown", "done"]);

  expect(call.exitCode).toBe(7);
  expect(call.stdout.replaceAll(/\s+/gu, " ")).toContain(
    "A part of the shell's state is lost, and a person must decide",
  );
  expect(await marksOf(project)).toBe("first\n");
});

test("Ctrl-C ends a run that waits for a target", async () => {
  await using project = await createTargets(fence("id=there on=web", "touch there"), {
    "opswright.config.json": JSON.stringify({ targets: { web: { exec: ["sleep", "300"] } } }),
  });
  const child = spawn(process.execPath, [program, "run", "a"], {
    cwd: project.directory,
    env: { ...project.environment, ...environmentOf(project) },
  });
  let printed = "";
  let isPressed = false;
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
    if (isPressed || !printed.includes("Connecting to the target web: sleep 300")) return;
    // Once: the run has let go of the signal when it tells its end.
    isPressed = child.kill("SIGINT");
  });
  expect(await once(child, "exit")).toEqual([130, null]);
});

describe("a step that takes its own session away", () => {
  const folder = "D=${BASH_SOURCE[0]%/steps/*}";
  test.each([
    ["by its keeper", "kill -9 $PPID", "exit 1", 4],
    ["by its folder", `${folder}; rm -rf "$D"`, "echo two", 4],
    ["by its folder, later", `${folder}; X=prod; (sleep 0.5; rm -rf "$D") & true`, "echo two", 6],
  ])("%s is no success, and what it was is asked", async (_name, first, second, exitCode) => {
    await using project = await createTargets(
      fence("id=first on=web timeout=20s", first) +
        fence("id=wait", "sleep 1") +
        fence("id=second on=web timeout=20s", second),
    );
    const call = await run(project, ["run", "a", "--yes", "--allow", "destructive"]);
    expect(call.exitCode, call.stdout).toBe(exitCode);
    const resumed = await run(project, ["resume", "--yes", "--allow", "destructive"]);
    expect(resumed.exitCode, resumed.stdout).toBe(7);
    expect(resumed.stdout.replaceAll(/\s+/gu, " ")).toMatch(
      /A part of the shell's state is lost|How step \w+ ended is not known/u,
    );
    // Nothing of it is left there.
    expect(await findFolders(project)).toEqual([]);
  });
});

test("a run that failed is resumed with the state that its shell there had", async () => {
  await using project = await createTargets(
    fence("id=first on=web", 'STATE=kept; cd "${CONNECTIONS-}"; f() { echo "f $1"; }') +
      fence("id=second on=web dir=..", "test -e go || exit 3; cd /") +
      fence("id=third on=web", 'echo "$STATE $(basename "$PWD") $(f 1)"'),
  );
  expect(await run(project, ["run", "a"])).toMatchObject({ exitCode: 4 });
  await writeFile(path.join(project.directory, "go"), "");

  const call = await run(project, ["resume"]);

  expect(call).toMatchObject({ exitCode: 0, stderr: "" });
  expect(call.stdout).toContain("  │ kept connections f 1\n");
});

describe("back to an earlier step on a target", () => {
  const counting = [
    fence("id=first on=web", "n=1; f() { echo f$n; }; echo first >>marks"),
    fence(
      "id=second on=web",
      'n=$((n + 1)); export LEVEL=$n; mkdir -p sub; cd sub; sleep 600 & echo $! >>../pids; echo "second $n" >>../marks',
    ),
    fence("id=here", "m=$((${m-0} + 1)); echo $m"),
    fence(
      "id=third on=web",
      'n=$((n + 10)); echo "third $n $(basename "$PWD")" >>../marks; [ -e ../go ]',
    ),
    fence("id=fourth on=web", 'echo "fourth $n $LEVEL $(f)" >>../marks'),
  ].join("");
  const home = (project: FixtureProject, name: string): string =>
    inConnections(project, `home-web/${name}`);
  const marks = (project: FixtureProject): Promise<string> =>
    readFile(home(project, "marks"), "utf8");
  const end = "second 2\nthird 12 sub\nfourth 12 2 f12\n";

  async function leaveFailed(): Promise<FixtureProject> {
    const project = await createTargets(counting);
    const call = await run(project, ["run", "a", "--yes"]);
    expect(call.exitCode, call.stdout + call.stderr).toBe(4);
    return project;
  }

  test("the step begins from the state before it, again and again, from the very first too", async () => {
    await using project = await leaveFailed();
    await writeFile(home(project, "go"), "");
    const call = await run(project, ["resume", "--from", "second"]);
    expect(call).toMatchObject({ exitCode: 0, stderr: "" });
    let all = `first\nsecond 2\nthird 12 sub\n${end}`;
    expect(await marks(project)).toBe(all);
    // From a run that is completed, whose sessions are closed.
    expect(await run(project, ["resume", "--from", "third"])).toMatchObject({ exitCode: 0 });
    all += "third 12 sub\nfourth 12 2 f12\n";
    expect(await marks(project)).toBe(all);
    expect(await run(project, ["resume", "--from", "here"])).toMatchObject({ exitCode: 0 });
    all += "third 12 sub\nfourth 12 2 f12\n";
    expect(await marks(project)).toBe(all);
    expect(await run(project, ["resume", "--from", "first"])).toMatchObject({ exitCode: 0 });
    all += `first\n${end}`;
    expect(await marks(project)).toBe(all);
    expect(await run(project, ["resume", "--from", "second"])).toMatchObject({ exitCode: 0 });
    expect(await marks(project)).toBe(all + end);
    const pids = (await readFile(home(project, "pids"), "utf8")).trim().split("\n").map(Number);
    expect(pids).toHaveLength(4);
    expect(pids.filter((pid) => isAlive(pid))).toEqual([]);
    expect(await findFolders(project)).toEqual([]);
  });

  test("and the shell that has lived on after its runner goes back too, with what it left running", async () => {
    await using project = await createTargets(
      counting.replace("[ -e ../go ]", "echo third; until [ -e ../go ]; do sleep 0.02; done"),
    );
    const { kill } = await startUntilPrinted(
      project,
      ["run", "a", "--yes"],
      "third",
      environmentOf(project),
    );
    await kill();
    const refused = await run(project, ["resume", "--from", "second"]);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("How its step third ends is not known yet.");
    await writeFile(home(project, "go"), "");
    expect(await run(project, ["resume", "--yes"])).toMatchObject({ exitCode: 0 });

    const call = await run(project, ["resume", "--from", "second"]);

    expect(call).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await marks(project)).toBe(`first\n${end}${end}`);
  });

  test("it comes to the same where the runner dies as it goes back", async () => {
    await using project = await leaveFailed();
    await writeFile(home(project, "go"), "");
    for (const told of ["rewound", "session-started"]) {
      const child = spawn(process.execPath, [program, "resume", "--from", "second", "--json"], {
        cwd: project.directory,
        env: { ...project.environment, ...environmentOf(project) },
      });
      let printed = "";
      child.stdout.on("data", (chunk: Buffer) => {
        printed += chunk.toString();
        if (printed.includes(`"${told}"`)) child.kill("SIGKILL");
      });
      await once(child, "exit");
    }
    const call = await run(project, ["resume", "--unknown", "rerun"]);
    expect(call, call.stdout).toMatchObject({ exitCode: 0, stderr: "" });
    // Killed between two steps or in one: whatever was done, was done with the state before it.
    expect((await marks(project)).endsWith(end)).toBe(true);
    expect(await marks(project)).not.toMatch(/second [^2]|third (?!12 sub)/u);
  });

  test("a server that was begun since is ended and begun again", async () => {
    await using project = await createTargets(
      fence("id=first on=web", "n=1") +
        fence(
          "id=serve on=web background ready=file:up",
          'echo "up $n" >>up; trap "echo ended >>up; exit 0" TERM; while :; do sleep 0.05; done',
        ) +
        fence("id=last on=web", "n=2"),
    );
    expect(await run(project, ["run", "a"])).toMatchObject({ exitCode: 0 });
    expect(await run(project, ["resume", "--from", "serve"])).toMatchObject({ exitCode: 0 });
    expect(await readFile(home(project, "up"), "utf8")).toBe("up 1\nended\nup 1\nended\n");
  });
});

test("a secret is in no file and no argument, here or there", async () => {
  await using project = await createTargets(
    [
      fence("id=first on=web", 'COPY="<$KEY>"; echo "$COPY"; echo "$KEY" | base64'),
      fence(
        "id=second on=web title=Second timeout=60s",
        'echo begun; until [ -e "${CONNECTIONS-}/go" ]; do sleep 0.02; done; test "$COPY" = "<$KEY>" && echo same',
      ),
    ].join(""),
  );
  const { ended } = await startSlow(project);
  const folders = [
    ...(await findFolders(project)),
    path.join(project.directory, ".opswright"),
    path.join(project.directory, "connections"),
  ];
  const found: string[] = [];
  const encoded = Buffer.from("it's swordfish-9000").toString("base64").slice(0, 20);
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const text = await readFile(file, "latin1");
      if (text.includes("swordfish") || text.includes(encoded)) found.push(file);
    }
  }
  expect(folders).toHaveLength(3);
  expect(found).toEqual([]);
  for (const pid of await readdir("/proc")) {
    const line = await readFile(`/proc/${pid}/cmdline`, "latin1").catch(() => "");
    expect(line).not.toContain("swordfish");
  }
  await release(project);
  expect(await ended).toEqual([0, null]);
  expect((await run(project, ["runs", "logs"])).stdout).toContain("begun\nsame\n");
});

describe("a drill", () => {
  const world = (targets: string): Readonly<Record<string, string>> => ({
    "runbooks/_worlds/w/world.yaml": `title: W
setup: setup
teardown: teardown
${targets}
environment: { CONNECTIONS: "\${WORLD}" }
cases: [{ name: c, target: a }]
`,
    "runbooks/_worlds/w/setup": "#!/bin/sh\n",
    "runbooks/_worlds/w/teardown": "#!/bin/sh\n",
  });

  const drill = async (project: FixtureProject) => {
    for (const name of ["setup", "teardown"]) {
      await chmod(path.join(project.directory, "runbooks/_worlds/w", name), 0o755);
    }
    return run(project, ["drill", "a"]);
  };

  test("reaches no target that its world does not stand in for", async () => {
    await using project = await createTargets(fence("id=look on=web", "pwd"), world(""));
    const call = await drill(project);
    expect(call.exitCode).toBe(3);
    expect(call.stderr.replaceAll(/\s+/gu, " ")).toContain(
      "error[undeclared-target]: The step `look` runs on `web`, and no such target is declared.",
    );
    expect(existsSync(inConnections(project, "pid-web"))).toBe(false);
  });

  test("runs the steps of a target in what stands in for it", async () => {
    await using project = await createTargets(
      fence("id=set on=web", "STATE=kept") + fence("id=look on=web", 'echo "state $STATE"'),
      world("targets: { web: local }"),
    );
    const call = await drill(project);
    expect(call).toMatchObject({ exitCode: 0 });
    expect(call.stdout).toContain("state kept");
    expect(existsSync(inConnections(project, "pid-web"))).toBe(false);
  });
});
