import { afterEach, describe, expect, test } from "vitest";
import { findDocuments } from "../../src/node/find-documents.ts";
import { ProjectError } from "../../src/node/read-project.ts";
import { makeProject, type Entry, type TemporaryProject } from "./make-project.ts";

const projects: TemporaryProject[] = [];
afterEach(async () => {
  await Promise.all(projects.splice(0).map((project) => project.remove()));
});

async function make(entries: Readonly<Record<string, Entry>>): Promise<TemporaryProject> {
  const project = await makeProject(entries);
  projects.push(project);
  return project;
}

/** Paths with ids, of a folder or file of the project. */
async function list(
  project: TemporaryProject,
  start = "runbooks",
  base = "runbooks",
): Promise<unknown> {
  const found = await findDocuments(project.root, project.file(start), project.file(base));
  return found.map(({ path, id, file }) => {
    expect(file).toBe(project.file(path));
    return `${path} = ${id}`;
  });
}

describe("documents below a folder", () => {
  test("are listed in order of path, whatever their names, and nothing else", async () => {
    const project = await make({
      "runbooks/b.mdx": "",
      "runbooks/a.md": "",
      "runbooks/db/backup restore.mdx": "",
      "runbooks/ünïcode 🚀.md": "",
      "runbooks/a.b.c.md": "",
      "runbooks/UPPER.MD": "",
      "runbooks/x.mdx/": "",
      "runbooks/x.mdx/inner.md": "",
      "runbooks/image.png": "",
      "runbooks/notes.txt": "",
      "runbooks/_worlds/w/README.md": "",
      "runbooks/_draft.md": "",
      "runbooks/.hidden.md": "",
      "runbooks/.git/x.md": "",
      "runbooks/node_modules/p/README.md": "",
      "runbooks/empty/": "",
      "other/c.md": "",
    });
    expect(await list(project)).toEqual([
      "runbooks/a.b.c.md = a.b.c",
      "runbooks/a.md = a",
      "runbooks/b.mdx = b",
      "runbooks/db/backup restore.mdx = db/backup restore",
      "runbooks/x.mdx/inner.md = x.mdx/inner",
      "runbooks/ünïcode 🚀.md = ünïcode 🚀",
    ]);
  });

  test("can be of a part, with ids of the whole", async () => {
    const project = await make({ "runbooks/db/a.md": "", "runbooks/b.md": "" });
    expect(await list(project, "runbooks/db")).toEqual(["runbooks/db/a.md = db/a"]);
    expect(await list(project, "runbooks/db/a.md")).toEqual(["runbooks/db/a.md = db/a"]);
  });

  test("are none in an empty folder", async () => {
    expect(await list(await make({ "runbooks/": "" }))).toEqual([]);
  });
});

describe("links", () => {
  test("that stay inside are followed, and each folder is listed once, by its own name", async () => {
    const project = await make({
      "runbooks/a-link": { linkTo: "z-real" },
      "runbooks/m/deep-link": { linkTo: "../z-real" },
      "runbooks/z-real/a.md": "",
      "shared/b.md": "",
      "runbooks/shared": { linkTo: "../shared" },
      "runbooks/file.md": { linkTo: "z-real/a.md" },
    });
    expect(await list(project)).toEqual([
      "runbooks/file.md = file",
      "runbooks/shared/b.md = shared/b",
      "runbooks/z-real/a.md = z-real/a",
    ]);
  });

  test("that lead round in a circle end", async () => {
    const project = await make({
      "runbooks/a.md": "",
      "runbooks/up": { linkTo: ".." },
      "runbooks/self": { linkTo: "." },
      "runbooks/one": { linkTo: "two" },
      "runbooks/two": { linkTo: "one" },
    });
    expect(await list(project)).toEqual(["runbooks/a.md = a"]);
  });

  test("that lead out of the root, or nowhere, are passed over", async () => {
    const outside = await make({ "secret.md": "x", "folder/b.md": "x" });
    const project = await make({
      "runbooks/a.md": "",
      "runbooks/stolen.md": { linkTo: outside.file("secret.md") },
      "runbooks/folder": { linkTo: outside.file("folder") },
      "runbooks/hop": { linkTo: "../hop" },
      hop: { linkTo: outside.root },
      "runbooks/gone.md": { linkTo: "nowhere.md" },
    });
    expect(await list(project)).toEqual(["runbooks/a.md = a"]);
  });

  test.each(["runbooks", "runbooks/secret.md"])("%s itself may not lead out", async (start) => {
    const outside = await make({ "secret.md": "x" });
    const project = await make(
      start === "runbooks"
        ? { runbooks: { linkTo: outside.root } }
        : { "runbooks/secret.md": { linkTo: outside.file("secret.md") } },
    );
    await expect(list(project, start)).rejects.toThrow(ProjectError);
    await expect(list(project, start)).rejects.toThrow(/leads out of the repository/);
  });
});

test("a folder outside of the root is listed where it is asked for", async () => {
  const outside = await make({ "docs/a.md": "", "docs/in": { linkTo: "." } });
  const project = await make({});
  const found = await findDocuments(project.root, outside.file("docs"), outside.file("docs"));
  expect(found.map(({ id }) => id)).toEqual(["a"]);
});

test("what is not there is told as the person named it", async () => {
  const project = await make({});
  await expect(list(project)).rejects.toThrow(ProjectError);
  await expect(list(project)).rejects.toThrow(/There is no runbooks\. Name a runbook/);
});
