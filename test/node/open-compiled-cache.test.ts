import {
  chmod,
  readFile,
  readdir,
  rename,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
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
  const cache = openCompiledCache(project.file("cache"));
  const library = await readRunbooks(
    await readProject({ root: project.root }),
    [],
    ({ source }) => compiled.push(source.path),
    cache,
  );
  await cache.tidy(0);
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
  expect((await read(project)).compiled).toHaveLength(1);
  await writeFile(project.file("runbooks/b.md"), "# C\n");
  await read(project);
  await writeFile(project.file("runbooks/b.md"), "# B\n");
  expect((await read(project)).compiled).toEqual(["runbooks/b.md"]);
});

test("a byte that has changed makes an entry none", async () => {
  const project = await makeProject({ "runbooks/a.mdx": text, "runbooks/b.md": "# B\n" });
  projects.push(project);
  await read(project);
  for (const name of await readdir(project.file("cache"))) {
    const file = project.file("cache", name);
    const bytes = await readFile(file);
    bytes[bytes.length - 5] = (bytes.at(-5) ?? 0) ^ 1;
    await writeFile(file, bytes);
  }
  expect((await read(project)).compiled).toEqual(["runbooks/a.mdx", "runbooks/b.md"]);
  expect((await read(project)).compiled).toEqual([]);
});

test("its owner alone may read it, and a folder into which others can write is not used", async () => {
  const project = await makeProject({ "runbooks/b.md": "# B\n" });
  projects.push(project);
  await read(project);
  const folder = project.file("cache");
  const [name = ""] = await readdir(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(project.file("cache", name))).mode & 0o777).toBe(0o600);

  await chmod(folder, 0o770);
  expect((await read(project)).compiled).toEqual(["runbooks/b.md"]);
  await chmod(folder, 0o755);
  expect((await read(project)).compiled).toEqual([]);
  await rename(folder, project.file("elsewhere"));
  await symlink(project.file("elsewhere"), folder);
  expect((await read(project)).compiled).toEqual(["runbooks/b.md"]);
});

test("where nothing can be kept, runbooks are read all the same", async () => {
  const project = await makeProject({ "runbooks/b.md": "# B\n", cache: "a file" });
  projects.push(project);
  expect((await read(project)).compiled).toEqual(["runbooks/b.md"]);
  expect((await read(project)).compiled).toEqual(["runbooks/b.md"]);
  const below = openCompiledCache(project.file("cache", "below"));
  below.set("b.md", "# B\n", { diagnostics: [] });
  await below.tidy(0);
  expect(below.get("b.md", "# B\n")).toBeUndefined();
});

test("of what was not asked for, the latest are kept", async () => {
  const project = await makeProject({});
  projects.push(project);
  const folder = project.file("cache");
  const compiled = { diagnostics: [] };
  for (const name of ["1", "2", "3", "4"]) {
    openCompiledCache(folder).set(name, "", compiled);
    // One after the other, also for file systems whose times are coarse.
    const known = await readdir(folder);
    const seconds = Number(name) * 1000;
    await Promise.all(
      known.map(async (file) => {
        const { mtimeMs } = await stat(project.file("cache", file));
        if (mtimeMs > 1e12) await utimes(project.file("cache", file), seconds, seconds);
      }),
    );
  }
  const cache = openCompiledCache(folder);
  await cache.tidy(0);
  expect(await readdir(folder)).toHaveLength(4);
  cache.set("5", "", compiled);
  await cache.tidy(2);
  const kept = ["1", "2", "3", "4", "5"].filter((name) => openCompiledCache(folder).get(name, ""));
  expect(kept).toEqual(["3", "4", "5"]);
});
