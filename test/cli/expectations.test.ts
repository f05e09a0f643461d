import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { createProject } from "./run-opswright.ts";

const document = `# Modes

## Lines

\`\`\`bash continue-on-error
printf 'start\\nloaded 3 plugins\\nloaded 4 plugins\\nnot ready\\n'
\`\`\`

\`\`\`output
start
loaded [..] plugins (+)
^ready$ (re)
\`\`\`

## Subset

\`\`\`bash continue-on-error
seq 1 5
\`\`\`

\`\`\`output match=subset
2
4
6
\`\`\`

## JSON

\`\`\`bash continue-on-error
echo '{"status": "ready", "checks": {"database": "down"}}'
\`\`\`

\`\`\`output match=json
{
  "status": "ready",
  "checks": {"database": "ok"}
}
\`\`\`

## Names

\`\`\`console
$ echo id 7
id [..id..]
$ echo again 7; kept=yes; exit 3
again [..id..]
[3]
$ echo "$kept, got 8"
yes, got [..id..]
\`\`\`
`;

test("a run tells of each mode where and why the output differs", async () => {
  await using project = await createProject({ "runbooks/a.md": document });

  const call = await project.run(["run", "a", "--yes"]);

  expect(call.exitCode).toBe(4);
  expect(call.stdout).toBe(`Modes
a · 6 steps · plan [DIGEST] · run [RUN]

▸ 1/6  Lines
  $ printf 'start\\nloaded 3 plugins\\nloaded 4 plugins\\nnot ready\\n'
  │ start
  │ loaded 3 plugins
  │ loaded 4 plugins
  │ not ready
  ✗ output differs after [DURATION]
    Exit code 0 is right, but the output is not what the runbook expects.
    @@ -10,3 +1,4 @@
     start
     loaded [..] plugins (+)  ← 2 lines
    -^ready$ (re)
    \\ no line matches (re) ^ready$
    +not ready
    Log: opswright runs logs [RUN] --step lines

▸ 2/6  Subset
  $ seq 1 5
  │ 1
  │ 2
  │ 3
  │ 4
  │ 5
  ✗ output differs after [DURATION]
    Exit code 0 is right, but the output is not what the runbook expects.
    @@ -22,3 +2,2 @@
     2
     4
    -6
    Log: opswright runs logs [RUN] --step subset

▸ 3/6  JSON
  $ echo '{"status": "ready", "checks": {"database": "down"}}'
  │ {"status": "ready", "checks": {"database": "down"}}
  ✗ output differs after [DURATION]
    Exit code 0 is right, but the output is not what the runbook expects.
    @@ -36 +1 @@ .checks.database
    -"ok"
    +"down"
    \\ .checks.database: expected "ok", was "down"
    Log: opswright runs logs [RUN] --step json

▸ 4/6  Names (names)
  $ echo id 7
  │ id 7
  ✓ [DURATION]

▸ 5/6  Names (names-2)
  $ echo again 7; kept=yes; exit 3
  │ again 7
  ✓ [DURATION]

▸ 6/6  Names (names-3)
  $ echo "$kept, got 8"
  │ yes, got 8
  ↻ The shell was started anew, with the state after the last step.
  ✗ output differs after [DURATION]
    Exit code 0 is right, but the output is not what the runbook expects.
    @@ -49 +1 @@
    -yes, got [..id..]
    \\ [..id..] is 7 by now
    +yes, got 8
    Log: opswright runs logs [RUN] --step names-3

  1  Lines            ✗ differs  [DURATION]
  2  Subset           ✗ differs  [DURATION]
  3  JSON             ✗ differs  [DURATION]
  4  Names (names)    ✓ passed  [DURATION]
  5  Names (names-2)  ✓ passed  [DURATION]
  6  Names (names-3)  ✗ differs  [DURATION]

✗ Failed at step 1 of 6, “Lines” (output differs) after [DURATION].
Look back:  opswright runs show [RUN]
Its output: opswright runs logs [RUN] --step names-3
Go on:      opswright resume [RUN]
Begin anew: opswright run a --from names-3
`);
});

test("a name is known after a resume", async () => {
  await using project = await createProject({
    "runbooks/a.md": `# A

\`\`\`console
$ echo id 7
id [..id..]
$ test -e go
$ echo id 8
id [..id..]
\`\`\`
`,
  });
  await project.run(["run", "a", "--yes"]);
  const [run = ""] =
    (await project.run(["runs"], { isRaw: true })).stdout.match(/\d{8}-\d{6}-\S+/) ?? [];
  await writeFile(path.join(project.directory, "go"), "");

  const call = await project.run(["resume", run, "--yes"]);

  expect(call.stdout).toContain(
    "    @@ -8 +1 @@\n    -id [..id..]\n    \\ [..id..] is 7 by now\n    +id 8\n",
  );
  expect(call.exitCode).toBe(4);
});

test("20 MB of output are judged, and only their end is shown", async () => {
  await using project = await createProject({
    "runbooks/a.md":
      "# A\n\n```bash\nyes 0123456789012345678901234567890123456789 | head -c 20000000 || true\necho end\n```\n\n```output\n...\nEnd\n```\n",
  });

  const call = await project.run(["run", "a", "--yes", "--quiet"]);

  expect(call.stdout).toContain(
    "    @@ -9,2 +1,487805 @@\n     ...  ← 487804 lines\n    -End\n    +012345678901234567890123456789012345end\n",
  );
  expect(call.exitCode).toBe(4);
});

const reference = path.resolve(import.meta.dirname, "../../docs/expectations.md");

test("each example of the reference holds", async () => {
  await using project = await createProject({
    "runbooks/expectations.md": await readFile(reference, "utf8"),
  });

  const call = await project.run(["test", "runbooks/expectations.md"]);

  expect(call.exitCode, call.stdout).toBe(0);
  const [, passed] = /1 document, \d+ steps: (\d+) passed \(/.exec(call.stdout) ?? [];
  expect(Number(passed)).toBeGreaterThan(25);
});

test("the reference shows the difference that a run shows", async () => {
  const text = await readFile(reference, "utf8");
  const shown = /^This is shown as\n\n```text\n(.*?)\n```/ms.exec(text)?.[1] ?? "";
  await using project = await createProject({
    "runbooks/expectations.md": text.replace("```bash example", "```bash id=shown"),
  });

  const call = await project.run(["run", "expectations", "--yes", "--only", "shown"]);

  const indented = shown.split("\n").map((line) => `    ${line}\n`);
  expect(indented.length).toBeGreaterThan(4);
  expect(call.stdout).toContain(indented.join(""));
});
