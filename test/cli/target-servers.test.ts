import { readFile, readdir, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { isAlive } from "../../src/node/process-table.ts";
import type { FixtureProject } from "./run-opswright.ts";
import { startUntilPrinted, type StartedCall } from "./start-until-printed.ts";
import { createTargets, environmentOf, fence, inConnections, run } from "./target-project.ts";
import { findFolders, waitForDetached } from "./wait-for-detached.ts";

/** Goes on until it is ended, and says so; a child of its own dies with it. */
const server = (name: string): string =>
  `trap 'echo ${name} >>ended; exit 0' TERM
echo ${name} is up; echo "asked as $NAME" >&2
sleep 300 & echo $! >>pids; while :; do sleep 0.05; done`;

/** Answers requests over HTTP, and says what they were. */
const httpServer = `cat >serve.py <<'EOF'
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/health" else 503)
        self.end_headers()
        print("asked for", self.path, "accepting", self.headers["Accept"], flush=True)
    def log_message(self, *words): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
EOF
exec python3 serve.py "$PORT"`;

const home = (project: FixtureProject, name: string): string =>
  inConnections(project, path.join("home-web", name));

const readHome = (project: FixtureProject, name: string): Promise<string> =>
  readFile(home(project, name), "utf8");

function findFreePort(): Promise<string> {
  const listener = createServer();
  return new Promise((resolve, reject) => {
    listener.once("error", reject).listen(0, "127.0.0.1", () => {
      const address = listener.address();
      listener.close(() => resolve(String(typeof address === "object" ? address?.port : 0)));
    });
  });
}

const isOpen = (port: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(port), "127.0.0.1");
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => settle(true)).once("error", () => settle(false));
  });

const areAlive = (pids: string): readonly boolean[] =>
  pids
    .trim()
    .split("\n")
    .map((pid) => isAlive(Number(pid)));

test("servers on a target run beside its steps, print what is theirs, and are ended the last one first", async () => {
  await using project = await createTargets(
    [
      fence('id=one on=web background ready="output:/one is up/" title=One', server("one")),
      fence(
        'id=two on=web background ready=file:pids stop="echo stopping >>ended" title=Two',
        server("two"),
      ),
      fence("id=use on=web title=Use timeout=20s", "echo used; jobs; wait; grep -c . pids"),
    ].join(""),
  );
  const call = await run(project, ["run", "a"]);
  expect(call.stdout).toContain(`
▸ 1/3  One · on web  change
`);
  expect(call.stdout).toMatch(
    /│ one is up\n {2}┆ asked as db\n {2}✓|┆ asked as db\n {2}│ one is up\n {2}✓/u,
  );
  expect(call.stdout).toContain(`
  │ used
  │ 2
  ✓ [DURATION]
  · The server of step two was stopped.
  · The server of step one was stopped.
`);
  expect(call).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await readHome(project, "ended")).toBe("stopping\ntwo\none\n");
  expect(areAlive(await readHome(project, "pids"))).toEqual([false, false]);
  expect(await findFolders(project)).toEqual([]);
  const logs = await run(project, ["runs", "logs", "last", "--step", "two"]);
  expect(logs.stdout).toContain("two is up\n");
  expect(logs.stdout).not.toContain("one is up");
});

test("a port and an address are looked at from the target", async () => {
  await using project = await createTargets(
    fence(
      "id=serve on=web background ready=http://localhost:$PORT/health title=Serve",
      httpServer,
    ) + fence("id=use on=web background ready=port:$PORT title=Use", "sleep 300"),
    { "runbooks/b.mdx": "" },
  );
  const port = await findFreePort();
  await writeFile(
    path.join(project.directory, "runbooks/a.mdx"),
    (await readFile(path.join(project.directory, "runbooks/a.mdx"), "utf8")).replace(
      "inputs:",
      "inputs:\n  PORT: { required: true }",
    ),
  );
  const call = await run(project, ["run", "a", "--input", `PORT=${port}`]);
  expect(call).toMatchObject({ exitCode: 0, stderr: "" });
  // By whoever is there: what looks from here sends no such header.
  expect(call.stdout).toContain("│ asked for /health accepting */*");
  expect(await isOpen(port)).toBe(false);
});

test("one that is never ready, ends, or falls later stops the run, with what it said", async () => {
  const never = "sleep 300";
  await using project = await createTargets(
    fence("id=late on=web background ready=file:never timeout=2s", `echo begun; ${never}`) +
      fence("id=shut on=web background ready=port:1 timeout=2s", never) +
      fence("id=silent on=web background ready=http://localhost:1/ timeout=2s", never) +
      fence(
        "id=dead on=web background ready=output:/go/ retry=1 interval=10ms",
        "echo hmm; exit 3",
      ) +
      fence("id=brief on=web background", "while [ ! -e used ]; do sleep 0.01; done; exit 4") +
      fence("id=use", 'touch "${CONNECTIONS-}/home-web/used"; sleep 3') +
      fence("id=after", "touch never"),
  );
  const only = async (...steps: readonly string[]): Promise<string> => {
    const skipped = ["late", "shut", "silent", "dead", "brief", "use", "after"].filter(
      (step) => !steps.includes(step),
    );
    const call = await run(project, [
      "run",
      "a",
      "--yes",
      ...skipped.flatMap((one) => ["--skip", one]),
    ]);
    expect(call.exitCode, call.stdout).toBe(4);
    return call.stdout.replaceAll(/\s+/gu, " ");
  };
  const late = await only("late");
  expect(late).toContain("begun");
  expect(late).toContain("It was not ready within 2 s and was ended: there is no never there.");
  expect(await only("shut")).toContain("port 1 is closed there (connection refused)");
  expect(await only("silent")).toContain(
    "http://localhost:1/ does not answer there (connection refused)",
  );
  const dead = await only("dead");
  expect(dead).toContain("↻ attempt 2 of 2 │ hmm");
  expect(dead).toContain("It ended with exit code 3 instead of going on.");
  const brief = await only("brief", "use", "after");
  expect(brief).toContain("The server of step brief has ended with exit code 4: the run stops");
  expect(brief).toContain("It was ready, and then ended with exit code 4");
  await expect(readFile(path.join(project.directory, "never"))).rejects.toThrow("ENOENT");
});

test("a step that is ended leaves the servers beside it alone, and one that ends its shell does too", async () => {
  await using project = await createTargets(
    fence('id=one on=web background ready="output:/up/"', server("one")) +
      fence("id=slow on=web timeout=1s continue-on-error", "exec >log; sleep 300") +
      fence("id=ends on=web continue-on-error", "exit 3") +
      fence("id=look on=web", "kill -0 $(cat pids) && ! test -e ended && echo lives"),
  );
  const call = await run(project, ["run", "a"]);
  expect(call.stdout).toContain("│ lives");
  expect(call.exitCode).toBe(0);
  expect(await readHome(project, "ended")).toBe("one\n");
});

/** One server, and a step that waits for a file. */
const slow =
  fence('id=serve on=web background ready="output:/up/" title=Serve', server("one")) +
  fence(
    "id=second on=web title=Second timeout=60s",
    "echo begun; until [ -e go ]; do sleep 0.02; done; echo on",
  ) +
  fence("id=third on=web title=Third", "kill -0 $(cat pids)");

describe("after kill -9 of the runner", () => {
  test("resuming finds the server, goes on beside it and ends it", async () => {
    await using project = await createTargets(slow);
    const { kill } = await startUntilPrinted(
      project,
      ["run", "a"],
      "second",
      environmentOf(project),
    );
    await kill();
    await waitForDetached(project);
    expect(areAlive(await readHome(project, "pids"))).toEqual([true]);
    await writeFile(home(project, "go"), "");

    const call = await run(project, ["resume"]);

    expect(call).toMatchObject({ exitCode: 0, stderr: "" });
    expect(call.stdout).not.toContain("begun again");
    expect(call.stdout).toContain("· The server of step serve was stopped.");
    expect(await readHome(project, "ended")).toBe("one\n");
    expect(areAlive(await readHome(project, "pids"))).toEqual([false]);
    expect(await findFolders(project)).toEqual([]);
  });

  test("cleaning ends it", async () => {
    await using project = await createTargets(slow);
    const { kill } = await startUntilPrinted(
      project,
      ["run", "a"],
      "second",
      environmentOf(project),
    );
    await kill();

    expect(await run(project, ["runs", "clean"])).toMatchObject({ exitCode: 0, stderr: "" });

    expect(areAlive(await readHome(project, "pids"))).toEqual([false]);
    expect(await findFolders(project)).toEqual([]);
  });

  test("one that has ended meanwhile is begun again, and told", async () => {
    await using project = await createTargets(slow);
    const { kill } = await startUntilPrinted(
      project,
      ["run", "a"],
      "second",
      environmentOf(project),
    );
    await kill();
    await waitForDetached(project);
    const [pid] = (await readHome(project, "pids")).trim().split("\n");
    const [, parent] = /\) \S+ (\d+) /u.exec(await readFile(`/proc/${pid}/stat`, "utf8")) ?? [];
    process.kill(Number(parent), "SIGKILL");
    process.kill(Number(pid), "SIGKILL");
    await writeFile(home(project, "pids"), "");
    const resumed = run(project, ["resume"]);
    // The shell is at work for the step that was left.
    await sleep(1000);
    await writeFile(home(project, "go"), "");

    const call = await resumed;

    expect(call.stdout).toContain(
      "The server of step serve went with its session: it is begun again.",
    );
    expect(call).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await readHome(project, "ended")).toBe("one\n");
  });
});

test("a connection that is lost is no success: the server is left, and resuming ends it", async () => {
  await using project = await createTargets(
    fence('id=serve on=web background ready="output:/up/" title=Serve', server("one")) +
      fence(
        "id=second title=Second timeout=60s",
        "echo begun; until [ -e go ]; do sleep 0.02; done",
      ),
  );
  const { ended } = await startUntilPrinted(
    project,
    ["run", "a"],
    "second",
    environmentOf(project),
  );
  process.kill(Number(await readFile(inConnections(project, "pid-web"), "utf8")), "SIGKILL");
  await waitForDetached(project);
  await writeFile(path.join(project.directory, "go"), "");

  expect(await ended).toEqual([6, null]);
  const shown = await run(project, ["runs", "show"]);
  expect(shown.stdout.replaceAll(/\s+/gu, " ")).toContain(
    "The connection to a target was lost, so its server could not be stopped: serve on web.",
  );
  expect(areAlive(await readHome(project, "pids"))).toEqual([true]);

  const call = await run(project, ["resume"]);
  expect(call).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await readHome(project, "ended")).toBe("one\n");
  expect(await findFolders(project)).toEqual([]);
});

describe("a connection that is lost while a server is waited for", () => {
  const waited = fence(
    "id=serve on=web background ready=file:ready timeout=60s title=Serve",
    server("one"),
  );
  const start = (project: FixtureProject): Promise<StartedCall> =>
    startUntilPrinted(project, ["run", "a"], "serve", environmentOf(project));
  const cut = async (project: FixtureProject): Promise<void> => {
    process.kill(Number(await readFile(inConnections(project, "pid-web"), "utf8")), "SIGKILL");
    await waitForDetached(project);
  };

  test("is made again, and the server is waited for on", async () => {
    await using project = await createTargets(waited);
    const { ended } = await start(project);
    await cut(project);
    await writeFile(home(project, "ready"), "");
    expect(await ended).toEqual([0, null]);
    expect(await readHome(project, "ended")).toBe("one\n");
  });

  test("makes it unknown where it cannot be made again, and resuming finds out", async () => {
    await using project = await createTargets(waited);
    const { ended } = await start(project);
    const program = path.join(project.directory, "bin/connect");
    const works = await readFile(program, "utf8");
    await writeFile(program, "#!/bin/sh\necho No route to host >&2; exit 255\n");
    await cut(project);
    expect(await ended).toEqual([6, null]);
    const shown = await run(project, ["runs", "show"]);
    expect(shown.stdout.replaceAll(/\s+/gu, " ")).toContain(
      "It was begun, and whether it is ready is not known. The target web cannot be reached. connect says: No route to host.",
    );
    await writeFile(program, works);
    await writeFile(home(project, "ready"), "");

    const call = await run(project, ["resume"]);

    expect(call).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await readHome(project, "ended")).toBe("one\n");
    expect((await readHome(project, "pids")).trim().split("\n")).toHaveLength(1);
  });
});

test("what a server prints is kept byte for byte, and no secret with it", async () => {
  await using project = await createTargets(
    fence(
      'id=serve on=web background ready="output:/THE END/" title=Serve timeout=60s',
      `printf 'a\\036b\\000c\\\\n\\377\\n'; for ((i = 0; i < 20000; i++)); do echo "line $i"; done
echo "<$KEY>"; printf '%s' "it's sword"; sleep 0.3; echo "fish-9000"; echo THE END; sleep 300`,
    ) + fence("id=use on=web", "echo beside"),
  );
  const call = await run(project, ["run", "a"]);
  expect(call).toMatchObject({ exitCode: 0, stderr: "" });
  const [id = ""] = await readdir(path.join(project.directory, ".opswright/runs"));
  const steps = path.join(project.directory, ".opswright/runs", id, "steps");
  const file = (await readdir(steps)).find((name) => /serve.*\.out$/u.test(name)) ?? "";
  const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}\n`).join("");
  expect(await readFile(path.join(steps, file), "latin1")).toBe(
    `a\u001eb\0c\\n\u00ff\n${lines}<[secret KEY]>\n[secret KEY]\nTHE END\n`,
  );
});
