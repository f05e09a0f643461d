import { lstat, readFile, readdir, stat, symlink, writeFile } from "node:fs/promises";
import { execa } from "execa";
import { afterEach, describe, expect, test } from "vitest";
import { writeFileWhole } from "../../src/node/write-file-whole.ts";
import { makeProject, type TemporaryProject } from "./make-project.ts";

const projects: TemporaryProject[] = [];
afterEach(async () => {
  for (const project of projects.splice(0)) await project.remove();
});

async function open(): Promise<TemporaryProject> {
  const project = await makeProject({ "a/old.txt": "old" });
  projects.push(project);
  return project;
}

describe("writeFileWhole", () => {
  test("replaces a file and leaves nothing beside it", async () => {
    const project = await open();
    await writeFileWhole(project.file("a/old.txt"), "new", { mode: 0o640 });
    expect(await readFile(project.file("a/old.txt"), "utf8")).toBe("new");
    expect((await stat(project.file("a/old.txt"))).mode & 0o777).toBe(0o640);
    await expect(writeFileWhole(project.file("a"), "new")).rejects.toThrow(/EISDIR|EEXIST/u);
    expect(await readdir(project.root, { recursive: true })).toEqual(["a", "a/old.txt"]);
  });

  test("writes into a pipe, which stays one", async () => {
    const project = await open();
    const pipe = project.file("pipe");
    await execa("mkfifo", [pipe]);
    const reader = execa("cat", [pipe], { timeout: 10_000 });
    await writeFileWhole(pipe, "report");
    expect((await reader).stdout).toBe("report");
    expect((await lstat(pipe)).isFIFO()).toBe(true);
  });

  test("replaces a link, and does not write where it leads", async () => {
    const project = await open();
    await symlink("old.txt", project.file("a/link.txt"));
    await writeFileWhole(project.file("a/link.txt"), "new");
    expect(await readFile(project.file("a/old.txt"), "utf8")).toBe("old");
    expect(await readFile(project.file("a/link.txt"), "utf8")).toBe("new");
  });

  test("takes names that are as long as they can be", async () => {
    const project = await open();
    const name = `${"n".repeat(251)}.txt`;
    await writeFile(project.file(name), "old");
    await writeFileWhole(project.file(name), "new");
    expect(await readFile(project.file(name), "utf8")).toBe("new");
  });
});
