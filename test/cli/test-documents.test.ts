import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { isAlive } from "../../src/node/process-table.ts";
import { program } from "../program.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";
import { runOnTerminal } from "./run-on-terminal.ts";

/** A step in a fence, with what it must print where that is said. */
function step(script: string, expected?: string, attributes = ""): string {
  const fence = `\`\`\`bash${attributes}\n${script}\n\`\`\`\n`;
  return expected === undefined ? fence : `${fence}\n\`\`\`output\n${expected}\n\`\`\`\n`;
}

function markdown(title: string, ...blocks: readonly string[]): string {
  return `# ${title}\n\n${blocks.join("\n")}`;
}

const good = markdown(
  "Good",
  step("name=world; echo kept > file"),
  step('echo "hello $name"; cat file', "hello world\nkept"),
);

const bad = markdown(
  "Bad",
  "## Greet\n",
  step('echo one; echo two; echo "warn: old" >&2', "one\nthree"),
  "## Fail\n",
  step("echo before\nfalse"),
  "## Go on\n",
  step("echo still"),
  step("dir", undefined, " os=windows"),
);

/** What tests have left in the folders that they use. */
async function listLeft({ environment }: { environment: Readonly<Record<string, string>> }) {
  const left = await readdir(environment["TMPDIR"] ?? "");
  return left.filter((name) => name.startsWith("opswright-test-"));
}

/** A project with a temporary folder of its own. */
async function createTestProject(
  files: Readonly<Record<string, string>>,
): Promise<FixtureProject & { readonly temporary: string }> {
  const project = await createProject({ "runbooks/a.md": "# A\n", ...files });
  const temporary = path.join(project.directory, "../tmp");
  await mkdir(temporary);
  const environment = { ...project.environment, TMPDIR: temporary };
  return {
    ...project,
    temporary,
    environment,
    run: (args, options = {}) =>
      project.run(args, { ...options, environment: { TMPDIR: temporary, ...options.environment } }),
    [Symbol.asyncDispose]: () => project[Symbol.asyncDispose](),
  };
}

describe("documents", () => {
  test("that pass take one line each, in order of their paths, and leave nothing behind", async () => {
    await using project = await createTestProject({
      "docs/b.md": good,
      "docs/a.md": markdown("Slow", step("sleep 0.2; echo done", "done")),
      "docs/_draft.md": markdown("Draft", step("false")),
      "docs/prose.md": markdown("Prose", "Words."),
    });
    const call = await project.run(["test", "docs"]);
    expect(call).toEqual({
      exitCode: 0,
      stderr: "",
      stdout: `✓ docs/a.md  1 step  [DURATION]
✓ docs/b.md  2 steps  [DURATION]
– docs/prose.md  no step

1 document has no step that was run.
3 documents, 3 steps: 3 passed ([DURATION])
`,
    });
    expect(await listLeft(project)).toEqual([]);
    expect(await readdir(project.directory)).not.toContain(".opswright");
    expect((await project.run(["test", "docs", "--quiet"])).stdout).toBe(
      "1 document has no step that was run.\n3 documents, 3 steps: 3 passed ([DURATION])\n",
    );
  });

  test("that fail show place, command, difference, exit code and what was printed, and go on", async () => {
    await using project = await createTestProject({ "docs/bad.md": bad, "docs/good.md": good });
    const call = await project.run(["test", "docs/good.md", "docs/bad.md"]);
    expect(call).toEqual({
      exitCode: 4,
      stderr: "",
      stdout: `✗ docs/bad.md  4 steps, 2 failed, 1 skipped  [DURATION]

  docs/bad.md:5  Greet
    $ echo one; echo two; echo "warn: old" >&2
    ✗ output differs after [DURATION]
    @@ -10,2 +1,2 @@
     one
    -three
    +two
    │ warn: old

  docs/bad.md:16  Fail
    $ echo before
    > false
    ✗ exit 1 after [DURATION]
    │ before

✓ docs/good.md  2 steps  [DURATION]

2 documents, 6 steps: 3 passed, 2 failed, 1 skipped ([DURATION])
`,
    });
    const verbose = await project.run(["test", "docs/bad.md", "--verbose"]);
    expect(verbose.stdout.split("\n").slice(0, 5)).toEqual([
      "✗ docs/bad.md  4 steps, 2 failed, 1 skipped  [DURATION]",
      "  ✗ docs/bad.md:5  Greet  [DURATION]",
      "  ✗ docs/bad.md:16  Fail  [DURATION]",
      "  ✓ docs/bad.md:23  Go on  [DURATION]",
      "  – docs/bad.md:27  Go on  [DURATION]  It is for windows; this is linux.",
    ]);
  });

  test("with a step that is not run unasked are refused as a whole, with what to do", async () => {
    await using project = await createTestProject({
      "wild.md": markdown(
        "Wild",
        step('echo ran > "$TESTDIR/ran"'),
        step("rm -rf /srv/nothing-of-that-name"),
        "- [ ] call Bob\n",
      ),
      "remote.md": markdown("Remote", step("uptime", undefined, " on=web1")),
    });
    const call = await project.run(["test", "wild.md", "remote.md"]);
    expect(call).toEqual({
      exitCode: 7,
      stderr: "",
      stdout: `✗ remote.md  refused, nothing of it was run
    remote.md:3  it runs on the target web1
    = help: Rehearse it in a world: opswright drill. Targets are not used by
            tests.

✗ wild.md  refused, nothing of it was run
    wild.md:7  rm -r deletes directories with all they hold
    wild.md:11  it is done by a person
    = help: Rehearse it in a world: opswright drill. Or, where it may be run in
            a temporary folder: --allow destructive --allow manual, which leaves
            out what a person does

2 documents were refused.
2 documents, 4 steps: 4 not run ([DURATION])
`,
    });
    expect(await readdir(project.directory)).not.toContain("ran");
    const allowed = ["--allow", "destructive", "--allow", "manual"];
    const { stdout, exitCode } = await project.run(["test", "wild.md", ...allowed]);
    expect(stdout).toContain("1 document, 2 steps: 2 passed");
    expect(exitCode).toBe(0);
    expect(await readdir(project.directory)).toContain("ran");
  });

  test("may delete what lies below their own folder, unless they leave it", async () => {
    await using project = await createTestProject({
      "inside.md": markdown("Inside", step("mkdir -p build/x; cd build"), step("rm -rf x ./*.o")),
      "outside.md": markdown("Outside", step("cd /"), step("rm -rf nothing-of-that-name")),
    });
    const call = await project.run(["test", "inside.md", "outside.md"]);
    expect(call.stdout.split("\n").slice(0, 2)).toEqual([
      "✓ inside.md  2 steps  [DURATION]",
      "✗ outside.md  refused, nothing of it was run",
    ]);
    expect(call.exitCode).toBe(7);
  });

  test("that cannot be planned are told with their errors, and are not run", async () => {
    await using project = await createTestProject({
      "a.md": markdown("A", step('touch "$TESTDIR/ran"; echo $NOBODY', undefined, " timeot=3s")),
    });
    const call = await project.run(["test", "a.md"]);
    expect(call.exitCode).toBe(3);
    expect(call.stdout).toContain(
      "✗ a.md  not valid, nothing of it was run\n\nerror[unknown-attribute]",
    );
    expect(call.stdout).toContain("error[missing-input]: The input `NOBODY` has no value");
    expect(await readdir(project.directory)).not.toContain("ran");
  });

  test.each([
    ["without a step that are named", ["test", "prose.md"]],
    ["of which none in a folder has a step", ["test", "docs"]],
    ["of which no step is for this machine", ["test", "windows.md"]],
  ])("%s are a failure", async (_what, args) => {
    await using project = await createTestProject({
      "prose.md": markdown("Prose", "Words."),
      "docs/prose.md": markdown("Prose", "Words."),
      "windows.md": markdown("Windows", step("dir", undefined, " os=windows")),
    });
    const call = await project.run(args);
    expect(call.stdout).toContain("There is no step to run: nothing was tested.\n");
    expect(call.exitCode).toBe(3);
  });
});

describe("which documents and steps", () => {
  test("a part of a document is a section or a step of it", async () => {
    await using project = await createTestProject({ "docs/bad.md": bad });
    const call = await project.run(["test", "docs/bad.md#go-on"]);
    expect(call.stdout).toBe(
      "✓ docs/bad.md#go-on  2 steps, 1 skipped  [DURATION]\n\n1 document, 2 steps: 1 passed, 1 skipped ([DURATION])\n",
    );
    const unknown = await project.run(["test", "docs/bad.md#gone-on"]);
    expect(unknown.stdout).toContain("error[unknown-target]");
    expect(unknown.stdout).toContain("docs/bad.md#go-on");
    expect(unknown.exitCode).toBe(3);
  });

  test("a filter goes by path and title, and one that fits nothing is a failure", async () => {
    await using project = await createTestProject({
      "docs/one.md": markdown("Alpha", step("true")),
      "docs/sub/two.md": markdown("Beta", step("true")),
    });
    const names = async (filter: string): Promise<readonly string[]> => {
      const { stdout } = await project.run(["test", "docs", "--filter", filter]);
      return stdout.split("\n").filter((line) => line.startsWith("✓"));
    };
    expect(await names("ALPHA")).toEqual(["✓ docs/one.md  1 step  [DURATION]"]);
    expect(await names("sub/")).toEqual(["✓ docs/sub/two.md  1 step  [DURATION]"]);
    expect(await names("docs/*.md")).toEqual(["✓ docs/one.md  1 step  [DURATION]"]);
    expect(await project.run(["test", "docs", "--filter", "gamma"])).toEqual({
      exitCode: 3,
      stdout: "",
      stderr:
        "error: There is no document that --filter gamma lets through below docs: nothing was run.\n",
    });
  });

  test("each document is in exactly one shard, and a shard without one says so", async () => {
    const files = Object.fromEntries(
      ["a", "b", "c", "d", "e"].map((name) => [`docs/${name}.md`, markdown(name, step("true"))]),
    );
    await using project = await createTestProject(files);
    const shards = await Promise.all(
      [1, 2, 3].map(async (index) => {
        const { stdout } = await project.run(["test", "docs", "--shard", `${index}/3`]);
        return [...stdout.matchAll(/docs\/\w\.md/gu)].map(([name]) => name);
      }),
    );
    expect(shards.flat().toSorted()).toEqual(Object.keys(files));
    const sizes = shards.map(({ length }) => length);
    expect(sizes.toSorted((one, other) => one - other)).toEqual([1, 2, 2]);
    const lone = await Promise.all(
      [1, 2].map((index) => project.run(["test", "docs/a.md", "--shard", `${index}/2`])),
    );
    expect(
      lone
        .map(({ stderr }) => stderr)
        .toSorted()
        .join(""),
    ).toMatch(/^Shard [12]\/2 of 1 has no document\.\n$/u);
    expect(lone.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  });

  test("the configuration names them where nobody does", async () => {
    await using project = await createTestProject({
      "opswright.config.json": JSON.stringify({ tests: ["docs"] }),
      "docs/a.md": good,
      "other/b.md": bad,
    });
    expect((await project.run(["test"])).stdout).toContain("1 document, 2 steps: 2 passed");
    await rm(path.join(project.directory, "opswright.config.json"));
    const call = await project.run(["test"]);
    expect(call.exitCode).toBe(2);
    expect(call.stderr).toContain("error: no documents are named\n");
  });

  test("--bail stops everything at the first failure, --bail=N at that many", async () => {
    await using project = await createTestProject({
      "docs/a.md": markdown("A", step("false"), step("false"), step("true")),
      "docs/b.md": good,
    });
    const one = await project.run(["test", "docs", "--jobs", "1", "--bail"]);
    expect(one.exitCode).toBe(4);
    expect(one.stdout.split("\n").slice(6)).toEqual([
      "■ docs/b.md  stopped, 2 steps, 2 not run",
      "",
      "Stopped after a failure (--bail); what was left was not run.",
      "2 documents, 5 steps: 1 failed, 4 not run ([DURATION])",
      "",
    ]);
    const two = await project.run(["test", "docs", "--jobs", "1", "--bail=2"]);
    expect(two.stdout).toContain("2 documents, 5 steps: 2 failed, 3 not run");
    const wrong = await project.run(["test", "--bail", "docs"]);
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toContain("Without a number, put --bail behind the paths.");
  });
});

describe("the place of a test", () => {
  const listEnvironment = `env | grep -Ev '^(_|OPSWRIGHT_(SESSION|STEP))=' | sort > "$TESTDIR/env"`;

  test("has a pinned environment, with what is let through or set by name", async () => {
    await using project = await createTestProject({
      "docs/a.md": markdown("A", step(listEnvironment)),
    });
    const call = await project.run(
      ["test", "docs", "--env", "WANTED", "--env", "ABSENT", "--env", "LEVEL=3=3", "--clean-path"],
      { environment: { WANTED: "yes", STRAY: "no", TZ: "Asia/Tokyo", LC_ALL: "de_DE.UTF-8" } },
    );
    expect(call.exitCode).toBe(0);
    const environment = await readFile(path.join(project.directory, "docs/env"), "utf8");
    const lines = environment
      .replaceAll(project.directory, "[DIR]")
      .replaceAll(/=.*\/opswright-test-[^/]*\/1-/gu, "=[TEST]/")
      .replaceAll(/^((?:USER|LOGNAME)=).*$/gmu, "$1[USER]")
      .replaceAll(/^SHELL=.*\/bash$/gmu, "SHELL=[BASH]")
      .trim()
      .split("\n");
    expect(lines).toEqual([
      "COLUMNS=80",
      "HOME=[TEST]/docs-a.md/home",
      "LANG=C.UTF-8",
      "LC_ALL=C.UTF-8",
      "LEVEL=3=3",
      "LOGNAME=[USER]",
      "NO_COLOR=1",
      "OPSWRIGHT_DOCUMENT=[DIR]/docs/a.md",
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      "PWD=[TEST]/docs-a.md/work",
      "SHELL=[BASH]",
      "SHLVL=2",
      "TERM=dumb",
      "TESTDIR=[DIR]/docs",
      "TMPDIR=[TEST]/docs-a.md/tmp",
      "TZ=UTC",
      "USER=[USER]",
      "WANTED=yes",
    ]);
  });

  test("begins in an empty folder, and `dir` is relative to it", async () => {
    await using project = await createTestProject({
      "a.md": markdown(
        "A",
        step("ls -A | wc -l | tr -d ' '; mkdir sub", "0"),
        step('basename "$PWD"', "sub", " dir=sub"),
      ),
    });
    expect((await project.run(["test", "a.md"])).exitCode).toBe(0);
  });

  test("gives inputs what is given, else their default, else their example", async () => {
    await using project = await createTestProject({
      "a.mdx": `---
title: A
inputs:
  GIVEN: { description: One }
  NAMED: { description: Two }
  FALLBACK: { description: Three, default: from-default }
  SHOWN: { description: Four, required: true, example: from-example }
---

${step('echo "$GIVEN $NAMED $FALLBACK $SHOWN"', "1 2 from-default from-example")}`,
      "b.md": good,
    });
    const args = ["test", "a.mdx", "b.md", "--input", "GIVEN=1", "--env", "NAMED=2"];
    expect((await project.run(args)).exitCode).toBe(0);
    const wrong = await project.run(["test", "a.mdx", "b.md", "--input", "GIVE=1"]);
    expect(wrong.stderr).toContain("error[undeclared-input]");
    expect(wrong.exitCode).toBe(3);
  });

  test("keeps a secret out of what is shown", async () => {
    await using project = await createTestProject({
      "a.mdx": `---
title: A
inputs:
  TOKEN: { type: secret, description: A token, required: true }
---

${step('echo "token is $TOKEN"; echo "$TOKEN" >&2; false', "none")}`,
    });
    const call = await project.run(["test", "a.mdx", "--env", "TOKEN=hunter2hunter2", "--json"]);
    expect(call.exitCode).toBe(4);
    expect(call.stdout).toContain("token is [secret TOKEN]");
    expect(call.stdout).not.toContain("hunter2");
  });

  test("stays with --keep, and where it is is told", async () => {
    await using project = await createTestProject({
      "a.md": markdown("A", step("echo here > file")),
    });
    const { stdout } = await project.run(["test", "a.md", "--keep"], { isRaw: true });
    const [, folder = ""] = /^ {2}Kept: (.+)$/mu.exec(stdout) ?? [];
    expect(await readFile(path.join(folder, "work/file"), "utf8")).toBe("here\n");
  });

  test("is gone, with all that ran in it, after Ctrl-C", async () => {
    await using project = await createTestProject({
      "a.md": markdown("A", step('sleep 300 & echo $! > "$TESTDIR/pid"'), step("sleep 300")),
      "b.md": good,
    });
    const child = spawn(
      process.execPath,
      [program, "test", "a.md", "b.md", "--jobs", "1", "--json"],
      {
        cwd: project.directory,
        env: project.environment,
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (text.includes('"type":"step-ended"')) child.kill("SIGINT");
    });
    const [exitCode] = (await once(child, "close")) as [number | null];
    expect(exitCode).toBe(130);
    expect(stdout).toContain(
      '"document":"b.md","path":"b.md","title":"Good","outcome":"interrupted"',
    );
    expect(await listLeft(project)).toEqual([]);
    const memory = await readdir("/dev/shm").catch(() => []);
    expect(memory.filter((name) => name.startsWith(`opswright-test-${child.pid}-`))).toEqual([]);
    const pid = Number(await readFile(path.join(project.directory, "pid"), "utf8"));
    expect(isAlive(pid)).toBe(false);
  });

  test("is gone with the next test where its own was killed", async () => {
    await using project = await createTestProject({
      "a.md": markdown("A", step('sleep 300 & echo $! > "$TESTDIR/pid"'), step("sleep 300")),
      "b.md": good,
    });
    const child = spawn(process.execPath, [program, "test", "a.md", "--json"], {
      cwd: project.directory,
      env: project.environment,
      stdio: ["ignore", "pipe", "inherit"],
    });
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes('"type":"step-ended"')) child.kill("SIGKILL");
    });
    await once(child, "close");
    const pid = Number(await readFile(path.join(project.directory, "pid"), "utf8"));
    expect([isAlive(pid), (await listLeft(project)).length]).toEqual([true, 1]);

    expect((await project.run(["test", "b.md"])).exitCode).toBe(0);

    expect(await listLeft(project)).toEqual([]);
    const memory = await readdir("/dev/shm").catch(() => []);
    expect(memory.filter((name) => name.startsWith(`opswright-test-${child.pid}-`))).toEqual([]);
    expect(isAlive(pid)).toBe(false);
  });
});

describe("for other programs", () => {
  test("--json prints what happens, an object a line", async () => {
    await using project = await createTestProject({
      "a.md": markdown("A", step("echo one", "two")),
    });
    const call = await project.run(["test", "a.md", "--json"]);
    const events = call.stdout
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    const durationMs = expect.any(Number) as number;
    expect(events).toEqual([
      { type: "tests-started", schemaVersion: 1, documents: ["a.md"] },
      { type: "document-started", document: "a.md", steps: 1 },
      {
        type: "step-ended",
        document: "a.md",
        step: {
          id: "a",
          title: "A",
          path: "a.md",
          line: 3,
          outcome: "mismatched",
          exitCode: 0,
          durationMs,
          reason: "Exit code 0 is right, but the output is not what the runbook expects.",
          difference: "@@ -8 +1 @@\n-two\n+one",
          output: "one\n",
          errorOutput: "",
        },
      },
      {
        type: "document-ended",
        document: "a.md",
        path: "a.md",
        title: "A",
        expectedOutput: { commandCount: 1, expectedCount: 1, strength: 100 },
        outcome: "failed",
        durationMs,
        steps: { passed: 0, failed: 1, skipped: 0, pending: 0 },
      },
      {
        type: "tests-ended",
        exitCode: 4,
        durationMs,
        documents: {
          passed: 0,
          failed: 1,
          refused: 0,
          invalid: 0,
          empty: 0,
          broken: 0,
          interrupted: 0,
        },
        steps: { passed: 0, failed: 1, skipped: 0, pending: 0 },
        isBailed: false,
      },
    ]);
  });

  test("--tap prints a test point a step", async () => {
    await using project = await createTestProject({
      "a.md": markdown(
        "A # 1",
        step("echo one", "two"),
        step("true"),
        step("dir", undefined, " os=windows"),
      ),
      "b.md": markdown("B", step("rm -rf /srv/nothing-of-that-name")),
    });
    const call = await project.run(["test", "a.md", "b.md", "--tap"]);
    expect(call.stdout).toBe(String.raw`TAP version 14
1..5
not ok 1 - a.md:3 A \# 1
  ---
  message: "Exit code 0 is right, but the output is not what the runbook expects."
  severity: "fail"
  step: "a--1"
  exitCode: 0
  command: "echo one"
  difference: |2
    @@ -8 +1 @@
    -two
    +one
  ...
ok 2 - a.md:11 A \# 1
ok 3 - a.md:15 A \# 1 # SKIP It is for windows; this is linux.
ok 4 - b.md:3 B # SKIP not run
not ok 5 - b.md refused
  ---
  message: |2
    Nothing of it was run.
    b.md:3 rm -r deletes directories with all they hold
    Rehearse it in a world: opswright drill. Or, where it may be run in a temporary folder: --allow destructive
  ...
`);
  });

  test("--report writes JUnit and TAP beside the view, and says where it cannot", async () => {
    await using project = await createTestProject({
      "a.md": markdown("A", step("echo 'a & b'", "two"), step("true")),
      "b.md": markdown("B", step("rm -rf /srv/nothing-of-that-name")),
    });
    const reports = ["--report", "junit=out/junit.xml", "--report", "tap=out/tests.tap"];
    const call = await project.run(["test", "a.md", "b.md", ...reports]);
    expect(call.stdout).toContain("2 documents, 3 steps: 1 passed, 1 failed, 1 not run");
    const junit = await readFile(path.join(project.directory, "out/junit.xml"), "utf8");
    expect(junit.replaceAll(/ time="[\d.]+"/gu, "")).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="opswright test" tests="4" failures="1" errors="1" skipped="1">
  <testsuite name="a.md" tests="2" failures="1" errors="0" skipped="0" file="a.md">
    <testcase classname="a.md" name="a" file="a.md" line="3">
      <failure type="mismatched" message="output differs">Exit code 0 is right, but the output is not what the runbook expects.
@@ -8 +1 @@
-two
+a &amp; b</failure>
      <system-out>a &amp; b
</system-out>
    </testcase>
    <testcase classname="a.md" name="a-2" file="a.md" line="11"/>
  </testsuite>
  <testsuite name="b.md" tests="2" failures="0" errors="1" skipped="1" file="b.md">
    <testcase classname="b.md" name="b" file="b.md" line="3">
      <skipped message="not run"/>
    </testcase>
    <testcase classname="b.md" name="(document)" file="b.md">
      <error type="refused" message="Nothing of it was run.">Nothing of it was run.
b.md:3 rm -r deletes directories with all they hold
Rehearse it in a world: opswright drill. Or, where it may be run in a temporary folder: --allow destructive</error>
    </testcase>
  </testsuite>
</testsuites>
`);
    const tap = await readFile(path.join(project.directory, "out/tests.tap"), "utf8");
    expect(tap).toMatch(/^TAP version 14\n1\.\.4\n/u);
    const unwritten = await project.run(["test", "a.md#a-2", "--report", "tap=a.md/x.tap"]);
    expect(unwritten.stderr).toContain("error: The report a.md/x.tap cannot be written: ");
    expect(unwritten.exitCode).toBe(6);
  });
});

test("on a terminal a line tells which documents are going on, and is taken back", async () => {
  await using project = await createTestProject({
    "a.md": markdown("A", step("sleep 0.5")),
  });
  const { shown, exitCode } = await runOnTerminal(project, ["test", "a.md"], []);
  expect(shown).toContain("0 of 1 document  a.md");
  expect(stripVTControlCharacters(shown)).toMatch(/1 document, 1 step: 1 passed \([\d.ms]+\)\n$/u);
  expect(exitCode).toBe(0);
});

test("--watch runs again what changes, and what includes it, until it is interrupted", async () => {
  await using project = await createTestProject({
    "docs/a.md": markdown("A", step("echo one", "one")),
    "docs/b.md": markdown("B", step("true")),
  });
  const child = spawn(process.execPath, [program, "test", "docs", "--watch"], {
    cwd: project.directory,
    env: project.environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  let waits = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (!text.includes("Waiting for a change of 2 documents. Ctrl-C ends.")) return;
    waits += 1;
    if (waits > 1) child.kill("SIGINT");
    else void writeFile(path.join(project.directory, "docs/a.md"), markdown("A", step("false")));
  });
  const [exitCode] = (await once(child, "close")) as [number | null];
  expect(exitCode).toBe(130);
  const [first = "", second = ""] = stdout.split("Waiting for a change of 2 documents.");
  expect(first).toContain("2 documents, 2 steps: 2 passed");
  expect(second).toContain("✗ docs/a.md  1 step, 1 failed");
  expect(second).toContain("1 document, 1 step: 1 failed");
  expect(second).not.toContain("docs/b.md");
  expect(await listLeft(project)).toEqual([]);
});

test.each([
  [["test", "a.md", "--shard", "3/2"], "It must be I/N, with I from 1 to N: 2/4."],
  [["test", "a.md", "--jobs", "0"], "It must be a number from 1 up."],
  [["test", "a.md", "--timeout", "fast"], "It must be a duration: "],
  [["test", "a.md", "--allow", "all"], "Allowed can be: destructive, confirm, manual."],
  [["test", "a.md", "--env", "A-B=1"], "It must be NAME or NAME=value."],
  [["test", "a.md", "--report", "html=x"], "It must be junit=FILE or tap=FILE."],
  [["test", "a.md", "--json", "--tap"], "--json and --tap do not go together"],
  [["test", "a.md", "--watch", "--tap"], "--watch prints for a person"],
  [["test", "a.md", "--watch", "--shard", "1/2"], "--watch and --shard do not go together"],
])("%s is a mistake that is told", async (args, words) => {
  await using project = await createTestProject({ "a.md": good });
  const call = await project.run(args);
  expect(call.stderr).toContain(words);
  expect(call.exitCode).toBe(2);
});
