import { afterEach, describe, expect, test } from "vitest";
import { readProject } from "../../src/node/read-project.ts";
import { readRunbooks } from "../../src/node/read-runbooks.ts";
import { makeProject, type Entry, type TemporaryProject } from "./make-project.ts";

const projects: TemporaryProject[] = [];
afterEach(async () => {
  await Promise.all(projects.splice(0).map((project) => project.remove()));
});

async function readIds(entries: Readonly<Record<string, Entry>>): Promise<readonly string[]> {
  const made = await makeProject(entries);
  projects.push(made);
  const project = await readProject({ root: made.root });
  return [...(await readRunbooks(project)).runbooks.keys()];
}

const text = "# T\n\n```sh\ntrue\n```\n";

describe("where nothing says which folder holds runbooks", () => {
  test("Markdown in the root makes it that folder, below it too, but for a site built there", async () => {
    const entries = {
      "restart.md": text,
      "db/restore.md": text,
      "node_modules/x/y.md": text,
      "dist-site/runbooks/restart.md": text,
      ".opswright/site/docs/z.md": text,
    };
    expect(await readIds(entries)).toEqual(["db/restore", "restart"]);
  });

  test("a folder of runbooks is one, whatever stands beside it", async () => {
    expect(await readIds({ "restart.md": text, "runbooks/a.md": text })).toEqual(["a"]);
  });

  test.each(["README.md", "CHANGELOG.md", "CODE_OF_CONDUCT.md", "LICENSE.md", "_draft.md"])(
    "%s alone makes no runbooks",
    async (name) => {
      await expect(readIds({ [name]: text })).rejects.toThrow("There is no runbooks");
    },
  );

  test("a configuration that names a folder has the last word", async () => {
    const configuration = '{"runbooks":"docs"}';
    expect(
      await readIds({ "opswright.config.json": configuration, "a.md": text, "docs/b.md": text }),
    ).toEqual(["b"]);
  });

  test("known findings and worlds are kept beside them", async () => {
    const made = await makeProject({ "restart.md": text });
    projects.push(made);
    expect((await readProject({ root: made.root })).configuration).toMatchObject({
      runbooks: ".",
      worlds: "_worlds",
      baseline: ".baseline.json",
    });
  });
});

test("a site that is configured to be where the runbooks are hides none of them", async () => {
  const configuration = '{"site":{"outDir":"."}}';
  expect(await readIds({ "opswright.config.json": configuration, "runbooks/a.md": text })).toEqual([
    "a",
  ]);
});
