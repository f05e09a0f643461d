import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { program } from "../program.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";

/** A document of steps with what they are expected to print. */
function markdown(...blocks: readonly string[]): string {
  return `# A\n\n${blocks.join("\n")}`;
}

function step(script: string, expected?: string, attributes = "", ofOutput = ""): string {
  const fence = `\`\`\`bash${attributes}\n${script}\n\`\`\`\n`;
  if (expected === undefined) return fence;
  return `${fence}\n\`\`\`output${ofOutput}\n${expected}\n\`\`\`\n`;
}

async function read(project: FixtureProject, name: string): Promise<string> {
  return readFile(path.join(project.directory, name), "utf8");
}

/** Runs a call, then a test of the same documents, and gives back how both ended. */
async function updateAndTest(project: FixtureProject, ...args: readonly string[]) {
  const updated = await project.run(["update", ...args]);
  const tested = await project.run(["test", ...args.filter((one) => !one.startsWith("--"))]);
  return { updated, tested };
}

describe("opswright update", () => {
  test("rewrites what differs, keeps matchers, and tells what it did; what holds is not touched", async () => {
    const good = markdown(step("echo same", "same"), "Text  \n");
    const bad = markdown(
      step(`echo up 7; echo version 2; echo "took 1.25s"; echo end`, "up [..id..]\nversion 1\nend"),
      "```console\n$ echo up 7\nup [..id..]\n$ echo b; pwd\nold\n```\n",
    );
    await using project = await createProject({ "docs/bad.md": bad, "docs/good.md": good });
    const { updated, tested } = await updateAndTest(project, "docs");
    expect(updated).toEqual({
      exitCode: 0,
      stderr: "",
      stdout: `✎ docs/bad.md  2 steps rewritten

  docs/bad.md:3  A
    $ echo up 7; echo version 2; echo "took [DURATION]"; echo end
    kept       8  up [..id..]
    dropped    9  version 1
    new        9  version 2
    loosened  10  took [DURATION]

  docs/bad.md:16  A
    $ echo b; pwd
    dropped   17  old
    new       18  b
    loosened  19  [CWD]

✓ docs/good.md  as it was

2 documents: 2 steps rewritten in 1 document ([DURATION])
`.replace('"took [DURATION]"', '"took 1.25s"'),
    });
    expect(await read(project, "docs/bad.md")).toBe(
      bad.replace("version 1\n", "version 2\ntook [DURATION]\n").replace("\nold\n", "\nb\n[CWD]\n"),
    );
    expect(await read(project, "docs/good.md")).toBe(good);
    expect(tested.exitCode).toBe(0);
    const again = await project.run(["update", "docs"]);
    expect(again.stdout).toBe(
      "✓ docs/bad.md  as it was\n✓ docs/good.md  as it was\n\n2 documents: nothing to rewrite ([DURATION])\n",
    );
    expect((await readdir(project.directory)).toSorted()).toEqual(["docs"]);
  });

  test("prints a difference on a dry run, which can be applied, and writes nothing", async () => {
    const text = markdown(step("echo new", "old"));
    await using project = await createProject({ "a.md": text });
    expect(await project.run(["update", "a.md", "--dry-run"])).toEqual({
      exitCode: 0,
      stdout: `--- a/a.md
+++ b/a.md
@@ -5,5 +5,5 @@
 \`\`\`
 
 \`\`\`output
-old
+new
 \`\`\`
`,
      stderr: `✎ a.md  1 step rewritten

  a.md:3  A
    $ echo new
    dropped   8  old
    new       8  new

1 document: 1 step would be rewritten in 1 document ([DURATION])
`,
    });
    expect(await read(project, "a.md")).toBe(text);
  });

  test("takes over no output of a step that fails, and a changed exit code when asked alone", async () => {
    const text = markdown(
      step("echo new; exit 3", "old"),
      step("sleep 5", "old", " timeout=100ms"),
      step("echo other", "old"),
    );
    await using project = await createProject({ "a.md": text });
    const first = await project.run(["update", "a.md"]);
    expect(first).toEqual({
      exitCode: 4,
      stderr: "",
      stdout: `✗ a.md  1 step rewritten, 2 steps left

  a.md:3  A
    $ echo new; exit 3
    ✗ Exit code 3. A changed exit code is taken over with --accept-exit alone.

  a.md:11  A
    $ sleep 5
    ✗ It did not end within 100 ms and was ended.

  a.md:19  A
    $ echo other
    dropped   24  old
    new       24  other

1 document: 1 step rewritten in 1 document, 2 steps left ([DURATION])
`,
    });
    const second = await project.run(["update", "a.md", "--accept-exit"]);
    expect(second.exitCode).toBe(4);
    expect(second.stdout).toContain(
      "    exit code 3\n    dropped   8  old\n    new       8  new\n    new       9  [3]\n",
    );
    expect(await read(project, "a.md")).toBe(
      text.replace("old\n", "new\n[3]\n").replace(/old\n```\n$/u, "other\n```\n"),
    );
  });

  test("rewrites fences in lists, quotes and documents of Windows, byte for byte", async () => {
    const text = [
      "# A",
      "",
      "1. One\t",
      "",
      "   ```bash",
      "   printf 'a\\n\\n```\\n'",
      "   ```",
      "",
      "   ```output",
      "   old",
      "   ```",
      "",
      "> ```console",
      "> $ printf '$ x\\n> y\\n'",
      "> old",
      "> ```",
      "",
    ].join("\r\n");
    await using project = await createProject({ "a.md": `\uFEFF${text}` });
    const { updated, tested } = await updateAndTest(project, "a.md");
    expect(updated.exitCode).toBe(0);
    expect(await read(project, "a.md")).toBe(
      `\uFEFF${text}`
        .replace(
          "   ```output\r\n   old\r\n   ```",
          "   ````output\r\n   a\r\n\r\n   ```\r\n   ````",
        )
        .replace("> old", "> \\x24 x (esc)\r\n> > y"),
    );
    expect(tested.exitCode).toBe(0);
  });

  test("gives steps without expected output theirs with --add", async () => {
    const text = markdown(step("echo a"), step("true"), "```console\n$ echo b\n\n$ true\n```\n");
    await using project = await createProject({ "a.md": text });
    const { updated, tested } = await updateAndTest(project, "a.md", "--add");
    expect(updated.exitCode).toBe(0);
    expect(await read(project, "a.md")).toBe(
      text
        .replace("echo a\n```\n", "echo a\n```\n\n```output\na\n```\n")
        .replace("$ echo b\n", "$ echo b\nb\n"),
    );
    expect(tested.exitCode).toBe(0);
  });

  test("writes what came as it came with --no-volatile", async () => {
    await using project = await createProject({
      "a.md": markdown(step("echo took 1.25s", "old")),
    });
    await project.run(["update", "a.md", "--no-volatile"]);
    expect(await read(project, "a.md")).toContain("```output\ntook 1.25s\n```\n");
  });

  test("compares standard error and JSON where they are asked for", async () => {
    const text = markdown(
      step("echo out; echo err >&2", "old", "", " stream=stderr"),
      step(
        `echo '{"id":7,"state":"down","more":1}'`,
        `{"id": "(number)", "state": "up"}`,
        "",
        " match=json",
      ),
    );
    await using project = await createProject({ "a.md": text });
    const { updated, tested } = await updateAndTest(project, "a.md");
    expect(updated.stdout).toContain(
      `    kept      16  .id: "(number)"\n    dropped   16  .state: "up"\n    new       16  .state: "down"\n`,
    );
    expect(await read(project, "a.md")).toBe(
      text.replace("old", "err").replace(`"state": "up"`, `"state": "down"`),
    );
    expect(tested.exitCode).toBe(0);
  });

  test("updates parts of a document together, and nothing else of it", async () => {
    const text = ["one", "two", "three"]
      .map((name) => `## ${name}\n\n${step(`echo ${name}`, "old")}`)
      .join("\n");
    await using project = await createProject({ "a.md": text });
    const call = await project.run(["update", "a.md#one", "a.md#three"]);
    expect(call.stdout).toContain("1 document: 2 steps rewritten in 1 document");
    expect(await read(project, "a.md")).toBe(
      text.replace("old", "one").replace(/old(?=\n```\n$)/u, "three"),
    );
  });

  test("leaves what an included document prints to that document", async () => {
    const include = `---\ntitle: B\n---\n\n<Include runbook="a" />\n\n${step("echo b", "old")}`;
    const included = `---\ntitle: A\n---\n\n${step("echo a", "old", " id=say")}`;
    await using project = await createProject({
      "runbooks/a.mdx": included,
      "runbooks/b.mdx": include,
    });
    const call = await project.run(["update", "runbooks/b.mdx"]);
    expect(call.exitCode).toBe(4);
    expect(call.stdout).toContain(`
  runbooks/a.mdx:5  echo a
    ✗ Exit code 0 is right, but the output is not what the runbook expects. It
      stands in a, which is included: update that.
`);
    expect(await read(project, "runbooks/a.mdx")).toBe(included);
    expect(await read(project, "runbooks/b.mdx")).toBe(include.replace("old", "b"));
  });
});

describe("a secret that a step prints", () => {
  const document = (expected: string) =>
    `---\ninputs:\n  TOKEN: { type: secret }\n---\n\n${step('echo "t=$TOKEN"', expected)}`;

  test("stands in no document: its name does, or the step is left", async () => {
    await using project = await createProject({ "a.md": document("old"), "b.md": document("old") });
    const given = ["a.md", "--input", "TOKEN=open-sesame"];
    expect((await project.run(["update", ...given])).exitCode).toBe(0);
    expect(await read(project, "a.md")).toBe(document("t=[secret TOKEN]"));
    expect((await project.run(["test", ...given])).exitCode).toBe(0);
    const short = await project.run(["update", "b.md", "--input", "TOKEN=abc"]);
    expect(short.exitCode).toBe(4);
    expect(short.stdout).toContain("It printed the secret TOKEN, which is too short");
    expect(short.stdout).not.toContain("abc");
    expect(await read(project, "b.md")).toBe(document("old"));
  });
});

describe("a document is not written", () => {
  test("where it changes while it is run", async () => {
    const text = markdown(step(`echo "more" >> "$OPSWRIGHT_DOCUMENT"; echo new`, "old"));
    await using project = await createProject({
      "a.md": text,
      "b.md": markdown(step("echo b", "old")),
    });
    const call = await project.run(["update", "a.md", "b.md"]);
    expect(call.exitCode).toBe(6);
    expect(call.stdout).toContain("✗ a.md  1 step not rewritten\n");
    expect(call.stdout).toContain(
      "2 documents: 1 step rewritten in 1 document, 1 document not written (",
    );
    expect(call.stdout).toContain(`
  ✗ Not written. It is not what was run any more, or leads out of the project:
    run the update again.
`);
    expect(await read(project, "a.md")).toBe(`${text}more\n`);
    expect(await read(project, "b.md")).toContain("```output\nb\n```");
  });

  test("where it is read-only", async () => {
    const text = markdown(step("echo new", "old"));
    await using project = await createProject({ "a.md": text });
    await chmod(path.join(project.directory, "a.md"), 0o444);
    const call = await project.run(["update", "a.md"]);
    expect(call.exitCode).toBe(6);
    expect(call.stdout).toContain("✗ Not written. a.md is read-only.");
    expect(await read(project, "a.md")).toBe(text);
  });

  test("where it is refused or not valid, of which nothing is run", async () => {
    const wild = markdown(step("rm -rf /srv/nothing-of-that-name; echo new", "old"));
    const invalid = markdown(step("echo new", "(re", "", " match=jsn"));
    await using project = await createProject({ "wild.md": wild, "invalid.md": invalid });
    const refused = await project.run(["update", "wild.md"]);
    expect(refused.exitCode).toBe(7);
    expect(refused.stdout).toContain("✗ wild.md  refused, nothing of it was run");
    expect(await read(project, "wild.md")).toBe(wild);
    const broken = await project.run(["update", "invalid.md"]);
    expect(broken.exitCode).toBe(3);
    expect(broken.stdout).toContain("✗ invalid.md  not valid, nothing of it was run");
  });

  test("when it is interrupted", async () => {
    const text = markdown(step("echo new", "old"), step(`touch "$TESTDIR/begun"; sleep 60`));
    await using project = await createProject({ "a.md": text });
    const child = spawn(process.execPath, [program, "update", "a.md"], {
      cwd: project.directory,
      env: project.environment,
    });
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    while (!(await readdir(project.directory)).includes("begun")) {
      await new Promise((resolve) => void setTimeout(resolve, 20));
    }
    child.kill("SIGINT");
    const [exitCode] = (await once(child, "close")) as [number];
    expect(exitCode).toBe(130);
    expect(stdout).toContain("Stopped: nothing was written.\n");
    expect(await read(project, "a.md")).toBe(text);
  });
});

describe("for other programs", () => {
  test("--json prints one document", async () => {
    await using project = await createProject({
      "a.md": markdown(step("echo v1; echo new", "v* (glob)\nold"), step("exit 2")),
    });
    const call = await project.run(["update", "a.md", "--json"]);
    expect(call.exitCode).toBe(4);
    expect(JSON.parse(call.stdout)).toEqual({
      schemaVersion: 1,
      exitCode: 4,
      isDryRun: false,
      documents: [
        {
          path: "a.md",
          outcomes: [{ document: "a.md", outcome: "failed" }],
          isWritten: true,
          steps: [
            {
              id: "a",
              title: "A",
              path: "a.md",
              line: 3,
              command: "echo v1; echo new",
              result: "rewritten",
              changes: [
                { kind: "kept", line: 8, text: "v* (glob)", isMatcher: true },
                { kind: "dropped", line: 9, text: "old" },
                { kind: "new", line: 9, text: "new" },
              ],
            },
            {
              id: "a-2",
              title: "A",
              path: "a.md",
              line: 12,
              command: "exit 2",
              result: "left",
              reason: "Exit code 2. A changed exit code is taken over with --accept-exit alone.",
              changes: [],
            },
          ],
        },
      ],
    });
  });

  test("--quiet tells what is left alone, and usage errors end with 2", async () => {
    await using project = await createProject({ "a.md": markdown(step("echo new", "old")) });
    const call = await project.run(["update", "a.md", "--quiet"]);
    expect(call.stdout).toBe("1 document: 1 step rewritten in 1 document ([DURATION])\n");
    await writeFile(path.join(project.directory, "empty.md"), "# Empty\n");
    expect((await project.run(["update", "empty.md"])).exitCode).toBe(3);
    expect((await project.run(["update"])).exitCode).toBe(2);
    expect((await project.run(["update", "gone.md"])).exitCode).toBe(6);
    expect((await project.run(["update", "a.md", "--watch"])).exitCode).toBe(2);
  });
});
