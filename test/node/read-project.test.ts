import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { ProjectError, readProject } from "../../src/node/read-project.ts";
import { makeProject, type Entry, type TemporaryProject } from "./make-project.ts";

const projects: TemporaryProject[] = [];
const startFolder = process.cwd();
afterEach(async () => {
  process.chdir(startFolder);
  await Promise.all(projects.splice(0).map((project) => project.remove()));
});

async function make(entries: Readonly<Record<string, Entry>>): Promise<TemporaryProject> {
  const project = await makeProject(entries);
  projects.push(project);
  return project;
}

const defaults = {
  root: ".",
  runbooks: "runbooks",
  scripts: "scripts",
  worlds: "runbooks/_worlds",
  subjects: [],
  targets: {},
  tests: [],
  rules: {},
  observe: ["shellcheck"],
  facts: {},
  baseline: "runbooks/.baseline.json",
  runs: ".opswright/runs",
  site: { title: "Runbooks", base: "/", links: [], outDir: "dist-site", runs: true },
};

describe("the root", () => {
  test.each([
    ["has a configuration", { "opswright.config.json": "{}", "a/b/": "" }],
    ["has runbooks", { "runbooks/": "", "a/b/": "" }],
    ["is a repository", { ".git/": "", "a/b/": "" }],
    ["is a worktree", { ".git": "gitdir: x", "a/b/": "" }],
  ])("is the nearest folder upwards that %s", async (_name, entries) => {
    const project = await make(entries);
    process.chdir(project.file("a/b"));
    expect(await readProject({})).toEqual({
      root: project.root,
      foundIn: project.root,
      configuration: defaults,
      diagnostics: [],
    });
  });

  test("is the one that is given, without looking upwards", async () => {
    const project = await make({ "runbooks/": "", "a/b/": "" });
    expect((await readProject({ root: project.file("a/b") })).root).toBe(project.file("a/b"));
    process.chdir(project.file("a"));
    expect((await readProject({ root: "b" })).root).toBe(project.file("a/b"));
  });

  test("has no links in its path", async () => {
    const project = await make({ "real/runbooks/": "", link: { linkTo: "real" } });
    expect((await readProject({ root: project.file("link") })).root).toBe(project.file("real"));
  });

  test("can be another one by the configuration, without links too", async () => {
    const project = await make({
      "opswright.config.json": '{ "root": "link" }',
      "real/": "",
      link: { linkTo: "real" },
    });
    expect((await readProject({ root: project.root })).root).toBe(project.file("real"));
  });

  test.each([
    ["is not there", {}, "gone", /There is no folder .*gone.*--root/],
    ["is a file", { gone: "" }, "gone", /There is no folder/],
    [
      "is not there by the configuration",
      { "opswright.config.json": '{ "root": "x" }' },
      ".",
      /`root` in the configuration/,
    ],
  ])("that %s is a failing environment", async (_name, entries, root, message) => {
    const project = await make(entries);
    const reading = readProject({ root: project.file(root) });
    await expect(reading).rejects.toThrow(ProjectError);
    await expect(reading).rejects.toThrow(message);
  });
});

describe("the configuration", () => {
  test.each<[string, Record<string, Entry>, object]>([
    ["is the defaults where none is there", {}, {}],
    ["is a file", { "opswright.config.json": '{ "runbooks": "docs" }' }, { runbooks: "docs" }],
    [
      "is a part of package.json",
      { "package.json": '{ "name": "x", "opswright": { "runs": "tmp" } }' },
      { runs: "tmp" },
    ],
    [
      "is the file where both are there",
      { "opswright.config.json": "{}", "package.json": '{ "opswright": { "runs": "tmp" } }' },
      {},
    ],
    ["is the defaults where package.json has none", { "package.json": "{}" }, {}],
    [
      "is the defaults where package.json is broken, which is another tool's to tell",
      { "package.json": "{" },
      {},
    ],
    ["is the defaults where package.json is no object", { "package.json": "null" }, {}],
  ])("%s", async (_name, entries, expected) => {
    const project = await make(entries);
    const { configuration, diagnostics } = await readProject({ root: project.root });
    expect(diagnostics).toEqual([]);
    expect(configuration).toEqual({ ...defaults, ...expected });
  });

  test("is the file that is given, relative to the current folder", async () => {
    const project = await make({
      "a/own.json": '{ "scripts": "bin" }',
      "opswright.config.json": "{",
    });
    process.chdir(project.file("a"));
    const { configuration } = await readProject({
      root: project.root,
      configurationPath: "own.json",
    });
    expect(configuration.scripts).toBe("bin");
  });

  test("is not read where that is asked for", async () => {
    const project = await make({ "opswright.config.json": "{" });
    expect(await readProject({ root: project.root, configurationPath: false })).toEqual({
      root: project.root,
      foundIn: project.root,
      configuration: defaults,
      diagnostics: [],
    });
  });

  test.each([
    ["that is no JSON", "{ runbooks: 1 }", /JSON/],
    ["with an unknown key", '{ "runbook": "docs" }', /runbook/],
    ["with a value of another type", '{ "runbooks": 5 }', /runbooks: /],
    ["with a target of no form", '{ "targets": { "web": "web1" } }', /ssh:\/\/HOST/],
    ["with a target of that name", '{ "targets": { "Web": "ssh://x" } }', /lower-case letters/],
    ["that is a list", "[]", /object/],
    ["that is empty", "", /JSON/],
    [
      "with a name of every object",
      '{ "__proto__": { "runbooks": "x" }, "constructor": 1 }',
      /constructor/,
    ],
  ])("%s is told, and the defaults are in force", async (_name, text, reason) => {
    const project = await make({ "opswright.config.json": text });
    const { configuration, diagnostics } = await readProject({ root: project.root });
    expect(configuration).toEqual(defaults);
    expect(diagnostics[0]).toMatchObject({
      code: "configuration-syntax",
      severity: "error",
      path: "opswright.config.json",
      args: { reason: expect.stringMatching(reason) as string },
    });
  });

  test("that is given and not there, or no file, is a failing environment", async () => {
    const project = await make({ "folder/": "" });
    for (const name of ["gone.json", "folder"]) {
      const reading = readProject({
        root: project.root,
        configurationPath: path.join(project.root, name),
      });
      await expect(reading).rejects.toThrow(ProjectError);
    }
  });
});
