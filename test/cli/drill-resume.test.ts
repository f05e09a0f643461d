import { existsSync } from "node:fs";
import { chmod, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { createProject, type FixtureProject } from "./run-opswright.ts";
import { startUntilPrinted } from "./start-until-printed.ts";

const runbook = `---
title: Move
inputs:
  TOKEN: { type: secret }
procedures:
  go: { default: true, title: Go, steps: [{ step: first }, { step: ask }, { step: slow }, { step: wipe }] }
---

\`\`\`bash id=first
echo "first \${OF_SETUP-}" >>marks
STATE=kept
\`\`\`

<Manual id="ask">Look at it.</Manual>

\`\`\`bash id=slow timeout=60s
echo begun
until [ -e go ]; do sleep 0.02; done
echo "slow $STATE $TOKEN" >>marks
\`\`\`

\`\`\`bash id=wipe risk=destructive
echo "wipe $STATE" >>marks
\`\`\`
`;

const world = `title: W
setup: setup
teardown: teardown
allow: [destructive]
cases: [{ name: all, target: "a:go", inputs: { TOKEN: "of-the-rehearsal" }, verify: verify }]
`;

async function createWorld(): Promise<FixtureProject> {
  const project = await createProject({
    "runbooks/a.mdx": runbook,
    "runbooks/_worlds/w/world.yaml": world,
    "runbooks/_worlds/w/setup": '#!/bin/sh\necho "OF_SETUP=by-setup" >>"$WORLD_ENV"\n',
    "runbooks/_worlds/w/teardown": '#!/bin/sh\necho down >>"$WORLD_SOURCE/downs"\n',
    "runbooks/_worlds/w/verify": '#!/bin/sh\ncat marks >"$WORLD_SOURCE/marks"\n',
  });
  for (const name of ["setup", "teardown", "verify"]) {
    await chmod(path.join(project.directory, "runbooks/_worlds/w", name), 0o755);
  }
  return project;
}

const ofWorld = ({ directory }: FixtureProject, file: string): Promise<string> =>
  readFile(path.join(directory, "runbooks/_worlds/w", file), "utf8").catch(() => "");

/** Starts the drill, and kills its runner in the middle of its slow step; gives back its world's folder. */
async function killInSlow(project: FixtureProject): Promise<string> {
  const drill = await startUntilPrinted(project, ["drill", "a"], "slow");
  await drill.kill();
  const runs = path.join(project.directory, ".opswright/runs");
  const [run = ""] = await readdir(runs);
  const card = await readFile(path.join(runs, run, "world.json"), "utf8");
  return (JSON.parse(card) as { directory: string }).directory;
}

test("a drill whose runner died goes on in its world, is verified, and takes the world down", async () => {
  await using project = await createWorld();
  const folder = await killInSlow(project);
  await writeFile(path.join(folder, "go"), "");

  const call = await project.run(["resume"]);

  expect(call).toMatchObject({ exitCode: 0, stderr: "" });
  expect(call.stdout).toContain(
    "✓ Drill passed. The run completed, as the case expects. Verified: verify.\n  The world is torn down.\n",
  );
  expect(await ofWorld(project, "marks")).toBe(
    "first by-setup\nslow kept of-the-rehearsal\nwipe kept\n",
  );
  expect(await ofWorld(project, "downs")).toBe("down\n");
  expect(existsSync(folder)).toBe(false);
  // A drill that was cut off verifies nothing.
  expect(existsSync(path.join(project.directory, "runbooks/.verified.json"))).toBe(false);
});

test("cleaning takes the world of a dead drill down, and then nothing goes on in it", async () => {
  await using project = await createWorld();
  const folder = await killInSlow(project);

  expect(await project.run(["runs", "clean"])).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: "[RUN]: what it had left running is ended. Its world is torn down.\n",
  });
  expect(existsSync(folder)).toBe(false);
  expect(await ofWorld(project, "downs")).toBe("down\n");
  expect(await project.run(["resume"])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("was a drill, whose world is gone") as string,
  });
});
