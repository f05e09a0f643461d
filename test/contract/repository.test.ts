import { mkdir, symlink, writeFile, rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { execa } from "execa";
import type { Repository } from "../../src/drift/ports.ts";
import type { ObserverName } from "../../src/model/configuration.ts";
import { createFileRepository } from "../../src/node/file-repository.ts";
import { createProject, type FixtureProject } from "../cli/run-opswright.ts";
import { createFakeRepository } from "../drift/fake-repository.ts";
import {
  contractFiles,
  describeRepositoryContract,
  movedFile,
  removedFile,
} from "./repository-contract.ts";

const projects: FixtureProject[] = [];

afterAll(async () => {
  for (const project of projects) await project[Symbol.asyncDispose]();
});

async function open(files: Readonly<Record<string, string>>): Promise<FixtureProject> {
  const project = await createProject(files);
  projects.push(project);
  return project;
}

function read(project: FixtureProject, observers: readonly ObserverName[] = []): Repository {
  return createFileRepository({
    root: project.directory,
    observers: new Set(observers),
    commands: new Map([
      ["routes", "echo /health; echo /members"],
      ["broken", "exit 3"],
    ]),
    environment: project.environment,
  });
}

async function git(project: FixtureProject, ...args: readonly string[]): Promise<void> {
  await execa("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args], {
    cwd: project.directory,
    env: { GIT_CONFIG_GLOBAL: "/dev/null" },
  });
}

/** A history of three commits: all, one file removed, one renamed. */
async function makeHistory(project: FixtureProject): Promise<void> {
  await git(project, "init", "--quiet", "--initial-branch", "main");
  await mkdir(path.join(project.directory, "build"));
  await writeFile(path.join(project.directory, "build/app.js"), "built\n");
  await writeFile(path.join(project.directory, removedFile), "old\n");
  await git(project, "add", "--all");
  await git(project, "mv", movedFile[1], movedFile[0]);
  await git(project, "commit", "--quiet", "--message", "All");
  await git(project, "rm", "--quiet", removedFile);
  await git(project, "commit", "--quiet", "--message", "Remove");
  await git(project, "mv", ...movedFile);
  await git(project, "commit", "--quiet", "--message", "Move");
  await git(project, "tag", "v1.0.0");
  await git(project, "branch", "feature/x");
  await git(project, "remote", "add", "origin", "https://example.org/contract.git");
}

describeRepositoryContract("real", async () => {
  const project = await open(contractFiles);
  await makeHistory(project);
  return read(project);
});

describeRepositoryContract("in memory", () =>
  Promise.resolve(
    createFakeRepository(contractFiles, {
      ignored: ["build/app.js", "any.log"],
      git: {
        branches: ["feature/x", "main"],
        remotes: [{ name: "origin", url: "https://example.org/contract.git" }],
        tags: ["v1.0.0"],
        isShallow: false,
      },
      removals: {
        [removedFile]: { commit: "0a1b2c3", date: "2026-02-03" },
        [movedFile[0]]: { commit: "4d5e6f7", date: "2026-02-04", movedTo: movedFile[1] },
      },
    }),
  ),
);

describe("the real repository", () => {
  test("does without git: .gitignore files hold, those of folders too", async () => {
    const project = await open({
      ...contractFiles,
      "docs/.gitignore": "*.tmp\n",
      "docs/x.tmp": "",
      "build/app.js": "",
    });
    const repository = read(project);
    const files = [...Object.keys(contractFiles), "docs/.gitignore"].toSorted();
    expect(await repository.listFiles()).toEqual(files);
    expect(await repository.isIgnored("docs/y.tmp")).toBe(true);
    expect(await repository.isIgnored("y.tmp")).toBe(false);
    expect(await repository.isIgnored("build/z")).toBe(true);
    expect(await repository.readGit()).toBeUndefined();
    expect(await repository.findRemoval("docs/old.md")).toBeUndefined();
  });

  test("lists a file that git has not seen yet, and none that is deleted but not committed", async () => {
    const project = await open(contractFiles);
    await makeHistory(project);
    await writeFile(path.join(project.directory, "new.md"), "");
    await rm(path.join(project.directory, "README.md"));
    const files = await read(project).listFiles();
    expect(files).toContain("new.md");
    expect(files).not.toContain("README.md");
  });

  test("follows no link out of the root and ends at a loop of links", async () => {
    const project = await open({ "a/b.md": "b\n" });
    await symlink("/etc/passwd", path.join(project.directory, "leak.yml"));
    await symlink("..", path.join(project.directory, "a/up"));
    await symlink("self", path.join(project.directory, "self"));
    const repository = read(project);
    expect(await repository.listFiles()).toEqual(["a/b.md", "a/up", "leak.yml", "self"]);
    expect(await repository.readText("leak.yml")).toEqual({
      kind: "refused",
      reason: "it is a link that leads out of the repository",
    });
    expect(await repository.readText("self")).toEqual({ kind: "absent" });
    expect(await repository.readText("a/up/a/b.md")).toEqual({ kind: "text", text: "b\n" });
  });

  test("refuses what is too large or no text", async () => {
    const project = await open({ "big.yml": "x".repeat(2 * 1024 * 1024 + 1) });
    await writeFile(path.join(project.directory, "bytes.yml"), Uint8Array.from([0xff, 0xfe]));
    const repository = read(project);
    expect(await repository.readText("big.yml")).toMatchObject({ kind: "refused" });
    expect(await repository.readText("bytes.yml")).toMatchObject({ kind: "refused" });
  });

  test("calls a clone without history or without all branches shallow", async () => {
    const project = await open(contractFiles);
    await makeHistory(project);
    const clones = await open({});
    const from = `file://${project.directory}`;
    await git(clones, "clone", "--quiet", "--depth", "1", from, "shallow");
    await git(clones, "clone", "--quiet", "--single-branch", from, "single");
    await git(clones, "clone", "--quiet", from, "whole");
    const isShallow = async (name: string): Promise<boolean | undefined> =>
      (await read({ ...clones, directory: path.join(clones.directory, name) }).readGit())
        ?.isShallow;
    expect(await isShallow("shallow")).toBe(true);
    expect(await isShallow("single")).toBe(true);
    expect(await isShallow("whole")).toBe(false);
  });

  test("lists a folder of a larger repository by its own paths", async () => {
    const project = await open(contractFiles);
    await makeHistory(project);
    const below = read({ ...project, directory: path.join(project.directory, "docs") });
    expect(await below.listFiles()).toEqual(["a b.md", "ümlaut.md"]);
    expect(await below.findRemoval("old.md")).toMatchObject({ date: expect.any(String) as string });
  });

  test("runs declared commands only where they are observed, and tells how they failed", async () => {
    const project = await open(contractFiles);
    expect(await read(project).readCommand("routes")).toBeUndefined();
    const observing = read(project, ["commands"]);
    expect(await observing.readCommand("routes")).toEqual({
      kind: "text",
      text: "/health\n/members",
    });
    expect(await observing.readCommand("broken")).toEqual({
      kind: "failed",
      reason: "it ended with exit code 3",
    });
    expect(await observing.readCommand("undeclared")).toBeUndefined();
  });

  test("lists what changed after a moment", async () => {
    const project = await open(contractFiles);
    await makeHistory(project);
    const changes = await read(project).listChanges(["docs/a b.md"], "2020-01-01T00:00:00Z");
    expect(changes.map(({ path: file }) => file)).toEqual(["docs/a b.md"]);
    expect(await read(project).listChanges(["docs/a b.md"], "2099-01-01T00:00:00Z")).toEqual([]);
    expect(await read(project).listChanges([], "2020-01-01T00:00:00Z")).toEqual([]);
  });
});
