import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { program } from "../program.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";

const runbook = `---
title: Deploy
inputs: { NAME: { type: string, default: web } }
---

Before you begin, look around.

<Include runbook="common" />

\`\`\`bash id=greet capture=WHO
echo "hello $NAME"
\`\`\`

\`\`\`output
hello [..]
\`\`\`

<Warning>Nobody else deploys.</Warning>

\`\`\`bash id=done timeuot=3s
echo "done: $WHO"
\`\`\`
`;
const common = "---\ntitle: Common\n---\n\n```bash\ntrue\n```\n";
const files = { "runbooks/deploy.mdx": runbook, "runbooks/common.mdx": common };

/** What stands in the user's cache of compiled runbooks, absolute. */
async function listKept({ environment }: FixtureProject): Promise<readonly string[]> {
  const cache = path.join(environment["HOME"] ?? "", ".cache/opswright");
  const folders = (await readdir(cache).catch(() => [])).filter((name) =>
    name.startsWith("runbooks-"),
  );
  const names = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(path.join(cache, folder))).map((name) => path.join(cache, folder, name)),
    ),
  );
  return names.flat();
}

// Sources are read anew each time: what they make changes with them.
const isBuilt = !program.endsWith(".ts");

test("a runbook that was read before is told as it was, also with what is wrong with it", async () => {
  await using project = await createProject(files);
  const commands = [
    ["list", "--json"],
    ["show", "deploy", "--json"],
    ["plan", "deploy"],
    ["run", "deploy", "--yes"],
    ["show", "common"],
  ];
  const first = [];
  for (const args of commands) first.push(await project.run(args));
  expect(await listKept(project)).toHaveLength(isBuilt ? 2 : 0);
  const again = [];
  for (const args of commands) again.push(await project.run(args));
  expect(again).toEqual(first);
  const anew = [];
  const environment = { OPSWRIGHT_CACHE: "off" };
  for (const args of commands) anew.push(await project.run(args, { environment }));
  expect(anew).toEqual(first);
  expect(first.map(({ exitCode }) => exitCode)).toEqual([0, 0, 3, 3, 0]);
  expect(first[3]?.stderr).toContain("timeuot");
});

test("a runbook that was changed is read anew, and so is one whose entry was damaged", async () => {
  await using project = await createProject({
    ...files,
    "runbooks/deploy.mdx": runbook.replace(" timeuot=3s", ""),
  });
  const run = async () => (await project.run(["run", "deploy", "--yes"])).stdout;
  const first = await run();
  expect(first).toContain("│ done: hello web");
  await writeFile(
    path.join(project.directory, "runbooks/deploy.mdx"),
    runbook.replace(" timeuot=3s", "").replace('"done: $WHO"', '"over: $WHO"'),
  );
  expect(await run()).toContain("│ over: hello web");
  for (const file of await listKept(project)) {
    const bytes = await readFile(file);
    // Another command of the same length: what is run must be what the runbook says.
    await writeFile(
      file,
      Buffer.from(bytes.toString("latin1").replaceAll("over:", "evil:"), "latin1"),
    );
  }
  expect(await run()).toContain("│ over: hello web");
  expect(await listKept(project)).toHaveLength(isBuilt ? 3 : 0);
});
