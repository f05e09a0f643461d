import { readdir, writeFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { openCompiledCache } from "../../src/node/open-compiled-cache.ts";
import { readProject } from "../../src/node/read-project.ts";
import { readRunbooks, type RunbookLibrary } from "../../src/node/read-runbooks.ts";
import { makeProject, type TemporaryProject } from "./make-project.ts";

const projects: TemporaryProject[] = [];
afterEach(async () => {
  await Promise.all(projects.splice(0).map((project) => project.remove()));
});

const text = `---
title: T
inputs: { NAME: { type: enum, choices: [a, b] } }
procedures: { go: { steps: [choose: NAME, { step: x }] } }
---

<Include runbook="b" />

\`\`\`sh id=x timeot=3s
echo "$NAME"
\`\`\`

\`\`\`output
a
\`\`\`
`;

/** Reads with the cache in `cache/`; gives back what came of it and which documents were compiled. */
async function read(
  project: TemporaryProject,
): Promise<{ library: RunbookLibrary; compiled: readonly string[] }> {
  const compiled: string[] = [];
  const cache = await openCompiledCache(project.file("cache"));
  const library = await readRunbooks(
    await readProject({ root: project.root }),
    [],
    ({ source }) => compiled.push(source.path),
    cache,
  );
  await cache.save();
  return { library, compiled };
}

test("what was compiled before is the same as what is compiled now", async () => {
  const project = await makeProject({ "runbooks/a.mdx": text, "runbooks/b.md": "# B\n" });
  projects.push(project);
  const first = await read(project);
  expect(first.compiled).toEqual(["runbooks/a.mdx", "runbooks/b.md"]);
  const second = await read(project);
  expect(second.compiled).toEqual([]);
  expect(second.library).toEqual(first.library);

  await writeFile(project.file("runbooks/b.md"), "# Another\n");
  const third = await read(project);
  expect(third.compiled).toEqual(["runbooks/b.md"]);
  expect(third.library.runbooks.get("b")?.value?.title).toBe("Another");
});

test("a file of it that cannot be read is none, and it keeps nothing that is not asked for", async () => {
  const project = await makeProject({ "runbooks/a.mdx": text, "runbooks/b.md": "# B\n" });
  projects.push(project);
  await read(project);
  const [name = ""] = await readdir(project.file("cache"));
  await writeFile(project.file("cache", name), "damaged");
  expect((await read(project)).compiled).toHaveLength(2);
  await writeFile(project.file("runbooks/b.md"), "# C\n");
  await read(project);
  await writeFile(project.file("runbooks/b.md"), "# B\n");
  expect((await read(project)).compiled).toEqual(["runbooks/b.md"]);
});
