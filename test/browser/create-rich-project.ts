import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { program } from "../program.ts";

const repository = path.resolve(import.meta.dirname, "../..");

/** A runbook that has a tag, an alert, and a review that is due; `look` passes, `mend` fails. */
const watched = `---
title: The queue is full
summary: Find out what fills the queue, and empty it.
owner: Queue team
status: active
severity: sev1
services: [queue, shop]
tags: [capacity]
alerts: [QueueIsFull, QueueIsSlow]
reviewed: 2020-02-03
reviewEvery: 90d
estimate: 5m..10m
inputs:
  LIMIT: { type: int, default: 5, description: More than this is too many }
  NODE: { type: string, pattern: "^[a-z]+$", default: blue, description: Where to look }
procedures:
  look: { default: true, title: Look, steps: [{ step: look }] }
  mend: { title: Mend, steps: [{ step: look }, { step: mend }], onFailure: look }
---

<Inputs />

## Look

\`\`\`bash id=look check
test "$LIMIT" -gt 2 && echo "on $NODE"
\`\`\`

## Mend

\`\`\`bash id=mend
false
\`\`\`
`;

/** Another for one of its alerts, whose page is a list then. */
const watchedToo = `---
title: The queue is slow
owner: Queue team
alerts: [QueueIsSlow]
estimate: 1m
---

## Look

\`\`\`bash check
true
\`\`\`

\`\`\`bash on=queue-host
queuectl workers
\`\`\`
`;

/**
 * Copies the site's fixture and adds what makes every kind of page have something to show: tags,
 * alerts, a review that is due, and two runs, one of which failed.
 */
export async function createRichProject(): Promise<{
  readonly root: string;
  remove(): Promise<void>;
}> {
  const root = await mkdtemp(path.join(tmpdir(), "opswright-rich-"));
  await cp(path.join(repository, "test/fixtures/site"), root, { recursive: true });
  await writeFile(path.join(root, "runbooks/queue.mdx"), watched);
  await writeFile(path.join(root, "runbooks/slow-queue.mdx"), watchedToo);
  for (const [target, exitCode] of [
    ["queue:look", 0],
    ["queue:mend", 4],
  ] as const) {
    const run = await execa("node", [program, "run", target, "--no-config", "--root", root], {
      cwd: root,
      stdin: "ignore",
      reject: false,
      all: true,
    });
    if (run.exitCode !== exitCode) throw new Error(`${target} ended otherwise: ${run.all}`);
  }
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}
