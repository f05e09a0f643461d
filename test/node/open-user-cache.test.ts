import { mkdir, readdir, utimes } from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { openUserCache } from "../../src/node/open-user-cache.ts";
import { makeProject, type TemporaryProject } from "./make-project.ts";

const projects: TemporaryProject[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(projects.splice(0).map((project) => project.remove()));
});

async function makeHome(): Promise<TemporaryProject> {
  const home = await makeProject({});
  projects.push(home);
  vi.stubEnv("XDG_CACHE_HOME", home.root);
  return home;
}

const compiled = { diagnostics: [] };

test("each build reads what it has written itself", async () => {
  const home = await makeHome();
  (await openUserCache("one"))?.set("a.md", "text", compiled);
  expect((await openUserCache("one"))?.get("a.md", "text")).toEqual(compiled);
  expect((await openUserCache("one"))?.get("a.md", "another text")).toBeUndefined();
  expect((await openUserCache("one"))?.get("b.md", "text")).toBeUndefined();
  expect((await openUserCache("two"))?.get("a.md", "text")).toBeUndefined();
  expect(await readdir(home.file("opswright"))).toEqual([`runbooks-one-${process.version}`]);
});

test("sources have none, and it can be turned off", async () => {
  await makeHome();
  expect(await openUserCache()).toBeUndefined();
  expect(await openUserCache("one")).toBeDefined();
  vi.stubEnv("OPSWRIGHT_CACHE", "off");
  expect(await openUserCache("one")).toBeUndefined();
  vi.stubEnv("OPSWRIGHT_CACHE", "");
  for (const name of ["XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"]) vi.stubEnv(name, "");
  expect(await openUserCache("one")).toBeUndefined();
  vi.stubEnv("XDG_CACHE_HOME", "relative");
  expect(await openUserCache("one")).toBeUndefined();
});

test("what a build has left that nobody has used for a month goes", async () => {
  const home = await makeHome();
  const days = (count: number): Date => new Date(Date.now() - count * 24 * 60 * 60 * 1000);
  for (const [name, age] of [
    ["runbooks-old", 40],
    ["runbooks-young", 20],
    ["compiled", 40],
  ] as const) {
    await mkdir(home.file("opswright", name), { recursive: true });
    await utimes(home.file("opswright", name), days(age), days(age));
  }
  await openUserCache("one");
  expect(await readdir(home.file("opswright"))).toEqual(["compiled", "runbooks-young"]);
});
