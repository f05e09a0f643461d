import { chmod, lstat, readFile, readdir, stat, symlink, writeFile } from "node:fs/promises";
import { afterEach, describe, expect, test } from "vitest";
import type { Fix } from "../../src/model/text-edit.ts";
import { applyFixes } from "../../src/node/apply-fixes.ts";
import { createLineIndex } from "../../src/parse/line-index.ts";
import { makeProject, type Entry, type TemporaryProject } from "./make-project.ts";

const projects: TemporaryProject[] = [];
afterEach(async () => {
  for (const project of projects.splice(0)) await project.remove();
});

async function open(entries: Readonly<Record<string, Entry>>): Promise<TemporaryProject> {
  const project = await makeProject(entries);
  projects.push(project);
  return project;
}

function fixOf(path: string, text: string, part: string, replacement: string): Fix {
  const start = text.indexOf(part);
  const span = createLineIndex(text).spanOf(start, start + part.length);
  return { title: "Fix", edits: [{ path, span, text: replacement }] };
}

const written = { isDryRun: false };

describe("applyFixes", () => {
  test("replaces the file in one step, and keeps its mode and its byte order marks", async () => {
    const text = "one\r\ntwo\r\n";
    const project = await open({ "a.md": `\uFEFF${text}` });
    await chmod(project.file("a.md"), 0o640);
    const result = await applyFixes(
      project.root,
      [fixOf("a.md", text, "two", "2")],
      new Map([["a.md", text]]),
      written,
    );
    expect(result).toEqual({
      files: [{ path: "a.md", before: `\uFEFF${text}`, after: "\uFEFFone\r\n2\r\n" }],
      fixedCount: 1,
      waitingCount: 0,
    });
    expect(await readFile(project.file("a.md"), "utf8")).toBe("\uFEFFone\r\n2\r\n");
    expect((await stat(project.file("a.md"))).mode & 0o777).toBe(0o640);
    expect(await readdir(project.root)).toEqual(["a.md"]);
  });

  test("names the file that a link leads to, as a patch must", async () => {
    const project = await open({ "docs/a.md": "one", "runbooks/a.md": { linkTo: "../docs/a.md" } });
    const fixes = [fixOf("runbooks/a.md", "one", "one", "1")];
    const { files } = await applyFixes(project.root, fixes, new Map(), { isDryRun: true });
    expect(files).toEqual([{ path: "docs/a.md", before: "one", after: "1" }]);
  });

  test("writes nothing of git's own", async () => {
    const project = await open({ ".git/config": "one", linked: { linkTo: ".git/config" } });
    for (const name of [".git/config", "linked"]) {
      const { fixedCount } = await applyFixes(
        project.root,
        [fixOf(name, "one", "one", "1")],
        new Map(),
        written,
      );
      expect(fixedCount, name).toBe(0);
    }
    expect(await readFile(project.file(".git/config"), "utf8")).toBe("one");
  });

  test("writes nothing on a dry run", async () => {
    const project = await open({ "a.md": "one" });
    const { files } = await applyFixes(
      project.root,
      [fixOf("a.md", "one", "one", "1")],
      new Map(),
      {
        isDryRun: true,
      },
    );
    expect(files).toEqual([{ path: "a.md", before: "one", after: "1" }]);
    expect(await readFile(project.file("a.md"), "utf8")).toBe("one");
  });

  test("leaves alone what is outside, behind a link out, or not there", async () => {
    const outside = await open({ "secret.md": "one" });
    const project = await open({ "b.md": "one" });
    await symlink(outside.file("secret.md"), project.file("a.md"));
    const fixes = ["a.md", `../${outside.root.split("/").at(-1)}/secret.md`, "c.md"].map((path) =>
      fixOf(path, "one", "one", "1"),
    );
    expect(await applyFixes(project.root, fixes, new Map(), written)).toEqual({
      files: [],
      fixedCount: 0,
      waitingCount: 0,
    });
    expect(await readFile(outside.file("secret.md"), "utf8")).toBe("one");
  });

  test("writes to the end of a link that stays inside, once, and keeps the link", async () => {
    const project = await open({ "docs/a.md": "one", "runbooks/a.md": { linkTo: "../docs/a.md" } });
    const fixes = ["docs/a.md", "runbooks/a.md"].map((path) => fixOf(path, "one", "one", "1"));
    const { files } = await applyFixes(project.root, fixes, new Map(), written);
    expect(files.map(({ path }) => path)).toEqual(["docs/a.md"]);
    expect((await lstat(project.file("runbooks/a.md"))).isSymbolicLink()).toBe(true);
    expect(await readFile(project.file("docs/a.md"), "utf8")).toBe("1");
  });

  test("leaves a file alone that has changed since it was checked", async () => {
    const project = await open({ "a.md": "one" });
    await writeFile(project.file("a.md"), "someone else's one");
    const { files } = await applyFixes(
      project.root,
      [fixOf("a.md", "one", "one", "1")],
      new Map([["a.md", "one"]]),
      written,
    );
    expect(files).toEqual([]);
  });

  test("does not replace a file that is read-only", async () => {
    const project = await open({ "a.md": "one" });
    await chmod(project.file("a.md"), 0o444);
    const fixes = [fixOf("a.md", "one", "one", "1")];
    await expect(applyFixes(project.root, fixes, new Map(), written)).rejects.toThrow(
      "a.md is read-only.",
    );
    expect(await readFile(project.file("a.md"), "utf8")).toBe("one");
  });

  test("makes a fix of two files in both or in none", async () => {
    const project = await open({ "a.md": "one" });
    const edits = ["a.md", "missing.md"].flatMap((path) => fixOf(path, "one", "one", "1").edits);
    const { files } = await applyFixes(
      project.root,
      [{ title: "Both", edits }],
      new Map(),
      written,
    );
    expect(files).toEqual([]);
  });
});
