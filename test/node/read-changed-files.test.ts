import { mkdir, rm, writeFile } from "node:fs/promises";
import { execa } from "execa";
import { afterEach, describe, expect, test, vi } from "vitest";
import { readChangedFiles } from "../../src/node/read-changed-files.ts";
import { makeProject, type TemporaryProject } from "./make-project.ts";

const projects: TemporaryProject[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const project of projects.splice(0)) await project.remove();
});

async function openRepository(): Promise<{
  readonly project: TemporaryProject;
  git(...args: readonly string[]): Promise<void>;
}> {
  const project = await makeProject({ "ops/a.md": "a", "ops/old.md": "old", "src/b.md": "b" });
  projects.push(project);
  const git = async (...args: readonly string[]): Promise<void> => {
    await execa("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args], {
      cwd: project.root,
      env: { GIT_CONFIG_GLOBAL: "/dev/null" },
    });
  };
  await git("init", "--quiet", "--initial-branch", "main");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "One");
  return { project, git };
}

describe("readChangedFiles", () => {
  test("knows where the files are in a hook of a linked worktree", async () => {
    const { project, git } = await openRepository();
    await git("worktree", "add", "--quiet", "tree");
    await writeFile(project.file("tree/ops/a.md"), "changed");
    vi.stubEnv("GIT_DIR", project.file(".git/worktrees/tree"));
    vi.stubEnv("GIT_PREFIX", "ops/");
    expect(await readChangedFiles(project.file("tree/ops"), "main")).toEqual({
      kind: "changed",
      paths: new Set(["a.md"]),
    });
  });

  test("tells commits since the branches parted, the index, the tree and new files", async () => {
    const { project, git } = await openRepository();
    await git("switch", "--quiet", "--create", "topic");
    await git("mv", "ops/old.md", "ops/new name ü.md");
    await git("commit", "--quiet", "--all", "--message", "Move");
    await git("switch", "--quiet", "main");
    await writeFile(project.file("src/b.md"), "changed on main alone");
    await git("commit", "--quiet", "--all", "--message", "Main");
    await git("switch", "--quiet", "topic");
    await writeFile(project.file("ops/a.md"), "uncommitted");
    await writeFile(project.file("ops/staged.md"), "staged");
    await git("add", "ops/staged.md");
    await writeFile(project.file(".gitignore"), "*.log\n");
    await writeFile(project.file("ops/x.log"), "ignored");
    expect(await readChangedFiles(project.root, "main")).toEqual({
      kind: "changed",
      paths: new Set([
        "ops/a.md",
        "ops/new name ü.md",
        "ops/old.md",
        "ops/staged.md",
        ".gitignore",
      ]),
    });
  });

  test("tells paths relative to a root below the repository's, and none above it", async () => {
    const { project } = await openRepository();
    await writeFile(project.file("src/b.md"), "changed");
    await writeFile(project.file("ops/a.md"), "changed");
    await mkdir(project.file("ops/sub"));
    await writeFile(project.file("ops/sub/new.md"), "new");
    expect(await readChangedFiles(project.file("ops"), "HEAD")).toEqual({
      kind: "changed",
      paths: new Set(["a.md", "sub/new.md"]),
    });
  });

  test.each(["mian", "--output=x", ""])("knows no revision %j", async (revision) => {
    const { project } = await openRepository();
    expect(await readChangedFiles(project.root, revision)).toEqual({
      kind: "unknown-revision",
      names: ["main"],
      isShallow: false,
    });
  });

  test("throws where there is no repository", async () => {
    const { project } = await openRepository();
    await rm(project.file(".git"), { recursive: true });
    await expect(readChangedFiles(project.root, "main")).rejects.toThrow(/is no git repository/u);
  });
});
