import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { expect, test } from "vitest";
import { createProject } from "./run-opswright.ts";

/** One runbook, its blocks by heading: the fence's line and the script. */
function runbook(blocks: Readonly<Record<string, readonly [string, string]>>, head = ""): string {
  const parts = Object.entries(blocks).map(
    ([title, [fence, code]]) => `## ${title}\n\n\`\`\`${fence}\n${code}\n\`\`\`\n`,
  );
  return `---\ntitle: Steps\n${head}---\n\n${parts.join("\n")}`;
}

test("a step is tried again, and what it captured decides what comes after it", async () => {
  await using project = await createProject({
    "runbooks/a.mdx": runbook({
      Poll: [
        'bash retry=3 interval=20ms capture=ID=json:.id capture="VERSION=/v([0-9.]+)/"',
        `echo x >> tries
if [ "$(wc -l < tries)" -lt 3 ]; then exit 7; fi
echo '{"id": 7, "image": "app:v1.2"}'`,
      ],
      Seven: ['bash when="ID=7"', 'echo "$ID $VERSION"'],
      Eight: ['bash when="ID=8"', "echo eight"],
      Exported: ["bash", `bash -c 'echo "exported $ID"'`],
    }),
  });
  const call = await project.run(["run", "a", "--yes"]);
  expect(call).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: `Steps
a · 4 steps · plan [DIGEST] · run [RUN]

▸ 1/4  Poll  change
  $ echo x >> tries
    if [ "$(wc -l < tries)" -lt 3 ]; then exit 7; fi
    echo '{"id": 7, "image": "app:v1.2"}'
  ↻ exit 7 after [DURATION], again in [DURATION]
  ↻ attempt 2 of 4
  ↻ exit 7 after [DURATION], again in [DURATION]
  ↻ attempt 3 of 4
  │ {"id": 7, "image": "app:v1.2"}
  ✓ [DURATION] at attempt 3

▸ 2/4  Seven
  $ echo "$ID $VERSION"
  │ 7 1.2
  ✓ [DURATION]

▸ 3/4  Eight
  – skipped: It is done only if ID=8.

▸ 4/4  Exported
  $ bash -c 'echo "exported $ID"'
  │ exported 7
  ✓ [DURATION]

  1  Poll      ✓ passed  [DURATION]
  2  Seven     ✓ passed  [DURATION]
  3  Eight     – skipped  [DURATION]
  4  Exported  ✓ passed  [DURATION]

✓ Completed: 3 steps, 1 skipped in [DURATION].
Look back:  opswright runs show [RUN]
`,
  });
  expect(await readFile(path.join(project.directory, "tries"), "utf8")).toBe("x\nx\nx\n");
});

test("what has passed is taken back, the last first, and then what its procedure names is done", async () => {
  await using project = await createProject({
    "runbooks/a.mdx": runbook(
      {
        Work: ["bash id=add undo=remove", "echo added"],
        "Take back": ["bash id=remove", "echo removed"],
        Start: ["bash id=start undo=stop", "echo started"],
        Fail: ["bash id=fail undo=never", "false"],
        Rollback: ["bash id=clean", "echo cleaned"],
        Stop: ["bash id=stop", "echo stopped"],
        Never: ["bash id=never", "echo never"],
      },
      `procedures:
  go: { default: true, steps: [section: work, section: start, section: fail], onFailure: back }
  back: { steps: [section: rollback] }
`,
    ),
    // Without procedures: what takes others back is no step of the whole.
    "runbooks/b.md":
      "# B\n\n```bash id=a undo=b\necho a\n```\n\n```bash id=b\necho b\n```\n\n```bash id=c\nfalse\n```\n",
  });
  const failed = await project.run(["run", "a", "--yes", "--rollback", "auto"]);
  expect(failed.exitCode).toBe(4);
  expect(failed.stdout).toContain(`
  Rollback
  1  Stop       ✓ passed  [DURATION]
  2  Take back  ✓ passed  [DURATION]
  3  Rollback   ✓ passed  [DURATION]

✗ Failed at step 3 of 3, “Fail” (exit 1), and was rolled back: 3 steps passed.
`);
  const first = await project.run(["run", "b", "--yes"]);
  expect(first.stdout).toContain("Failed at step 2 of 2");
  const later = await project.run(["rollback", "--yes"]);
  expect(later.exitCode).toBe(0);
  expect(later.stdout).toContain("$ echo b\n  │ b\n  ✓");
});

/** A server that answers each request, and says so. */
const server = `exec node -e 'require("http").createServer((q, r) => r.end("here\\n"))
  .listen(process.env.PORT, "127.0.0.1", () => console.log("listening"))'`;

test("a server in the background is waited for, stopped at the end, and begun again on resume", async () => {
  await using project = await createProject({
    "runbooks/a.mdx": runbook(
      {
        Serve: ['bash background ready=http://127.0.0.1:$PORT/ stop="touch stopped"', server],
        Use: ["bash", `curl -s "http://127.0.0.1:$PORT/"\ntest -e there`],
      },
      "inputs: { PORT: { type: int, required: true } }\n",
    ),
  });
  const port = String(await findFreePort());
  const first = await project.run(["run", "a", "--yes", "--input", `PORT=${port}`]);
  expect(first.stdout).toContain(`
  │ listening
  ✓ [DURATION]

▸ 2/2  Use
  $ curl -s "http://127.0.0.1:$PORT/"
    test -e there
  │ here
  ✗ exit 1 after [DURATION]
    Log: opswright runs logs [RUN] --step use
  · The server of step serve was stopped.
`);
  expect(await readFile(path.join(project.directory, "stopped"), "utf8")).toBe("");
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow("fetch failed");

  await writeFile(path.join(project.directory, "there"), "");
  const second = await project.run(["resume", "--yes"]);
  expect(second.exitCode).toBe(0);
  expect(second.stdout).toContain(
    "The server of step serve went with its session: it is begun again.",
  );
  expect(second.stdout).toContain("│ here\n  ✓");
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow("fetch failed");
});

test("a server that is not ready, or does not stay, fails its step", async () => {
  await using project = await createProject({
    "runbooks/late.mdx": runbook({
      Late: ["bash background ready=file:never timeout=3s", "echo begun; sleep 60"],
    }),
    "runbooks/dead.mdx": runbook({
      Dead: ["bash background ready=output:/go/ retry=1 interval=10ms", "echo hmm; exit 3"],
    }),
    "runbooks/brief.mdx": runbook({
      Brief: ["bash background", "while [ ! -e used ]; do sleep 0.01; done; touch gone; exit 4"],
      Use: ["bash", "touch used; until [ -e gone ]; do sleep 0.01; done; sleep 3; echo went on"],
      Never: ["bash", "touch never"],
    }),
  });
  const [late, dead, brief] = await Promise.all(
    ["late", "dead", "brief"].map((name) => project.run(["run", name, "--yes"])),
  );
  expect(late?.exitCode).toBe(4);
  expect(late?.stdout).toContain("begun");
  expect(late?.stdout).toContain("It was not ready within 3 s and was ended: there is no never.");
  expect(dead?.stdout).toContain("↻ attempt 2 of 2\n  │ hmm");
  expect(dead?.stdout).toContain("It ended with exit code 3 instead of going on.");
  expect(brief?.exitCode).toBe(4);
  // While the step beside it is still running.
  expect(brief?.stdout.replaceAll(/\n {2,}(?=\S)/gu, " ")).toMatch(
    /The server of step brief has ended with exit code 4: the run stops before its next step\.\s[\s\S]*went on/u,
  );
  expect(brief?.stdout).toContain("It was ready, and then ended with exit code 4");
  await expect(readFile(path.join(project.directory, "never"))).rejects.toThrow("ENOENT");
});

function findFreePort(): Promise<number> {
  const listener = createServer();
  return new Promise((resolve, reject) => {
    listener.once("error", reject).listen(0, "127.0.0.1", () => {
      const address = listener.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      listener.close(() => resolve(port));
    });
  });
}
