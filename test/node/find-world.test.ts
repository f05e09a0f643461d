import { afterEach, expect, test } from "vitest";
import { listWorlds } from "../../src/node/find-world.ts";
import { readProject } from "../../src/node/read-project.ts";
import { makeProject, type TemporaryProject } from "./make-project.ts";

const projects: TemporaryProject[] = [];
afterEach(async () => {
  await Promise.all(projects.splice(0).map((project) => project.remove()));
});

const world = "title: T\nsetup: a\nteardown: b\ncases: [{ name: c, target: d }]\n";

test("worlds are the folders with a world.yaml, in order of name, with their problems", async () => {
  const project = await makeProject({
    "runbooks/_worlds/two/world.yaml": world,
    "runbooks/_worlds/one/world.yaml": "title: T\n",
    "runbooks/_worlds/no-world/README.md": "",
    "runbooks/_worlds/README.md": "",
    "runbooks/_worlds/folder/world.yaml/": "",
  });
  projects.push(project);
  const worlds = await listWorlds(await readProject({ root: project.root }));
  expect(worlds.map(({ name, source, path }) => [name, source, path])).toEqual([
    ["one", project.file("runbooks/_worlds/one"), "runbooks/_worlds/one/world.yaml"],
    ["two", project.file("runbooks/_worlds/two"), "runbooks/_worlds/two/world.yaml"],
  ]);
  expect(worlds[0]?.definition.diagnostics[0]).toMatchObject({
    code: "configuration-syntax",
    path: "runbooks/_worlds/one/world.yaml",
  });
  expect(worlds[1]?.definition.value?.title).toBe("T");
});

test("stand where the configuration says", async () => {
  const project = await makeProject({
    "opswright.config.json": '{ "worlds": "w" }',
    "w/one/world.yaml": world,
  });
  projects.push(project);
  const worlds = await listWorlds(await readProject({ root: project.root }));
  expect(worlds.map(({ path }) => path)).toEqual(["w/one/world.yaml"]);
});

test("are none where their folder is not there", async () => {
  const project = await makeProject({ "runbooks/": "" });
  projects.push(project);
  expect(await listWorlds(await readProject({ root: project.root }))).toEqual([]);
});
