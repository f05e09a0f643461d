import { readFile } from "node:fs/promises";
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
