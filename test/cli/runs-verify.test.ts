import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { createProject } from "./run-opswright.ts";

test("a run's journal is verified, and what was changed is told with its line", async () => {
  await using project = await createProject({ "runbooks/a.md": "# A\n\n```bash\necho one\n```\n" });
  expect((await project.run(["run", "a"])).exitCode).toBe(0);
  const runs = path.join(project.directory, ".opswright/runs");
  const [run = ""] = await readdir(runs);
  const file = path.join(runs, run, "events.ndjson");
  const journal = await readFile(file, "utf8");
  expect(await project.run(["runs", "verify"])).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: `Run [RUN]: 6 events.
✓ None was altered, dropped or reordered.
`,
  });

  await writeFile(file, journal.replace('"exitCode":0', '"exitCode":7'));
  expect(await project.run(["runs", "verify", run.slice(0, 17)])).toEqual({
    exitCode: 5,
    stderr: "",
    stdout: `Run [RUN]: 6 events.
✗ Line 5 was altered, or one before it together with its hash.
  File: [DIR]/.opswright/runs/[RUN]/events.ndjson
  Trust nothing of it from there on: compare it with a copy, or look at what the
  run did.
`,
  });

  // A journal that no other command reads any more.
  await writeFile(file, journal.split("\n").toSpliced(1, 1).join("\n"));
  const { stdout, exitCode } = await project.run(["runs", "verify", "--json"]);
  expect(exitCode).toBe(5);
  expect(JSON.parse(stdout)).toEqual({
    schemaVersion: 1,
    run: "[RUN]",
    file: "[DIR]/.opswright/runs/[RUN]/events.ndjson",
    isIntact: false,
    eventCount: 5,
    fault: {
      kind: "missing",
      line: 2,
      firstSeq: 2,
      lastSeq: 2,
      message: "Before line 2 the event 2 is missing.",
    },
    tornLine: null,
    lastHash: null,
    hasEnd: true,
  });

  await writeFile(file, journal.slice(0, journal.lastIndexOf('{"seq"') + 30));
  expect(await project.run(["runs", "verify"])).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: `Run [RUN]: 5 events.
✓ None was altered, dropped or reordered.
  Line 6 is not whole: the runner died while it wrote it.
  The run has no end: its runner died, or it was cut off. Lines that are missing
  there cannot be seen.
`,
  });
});
