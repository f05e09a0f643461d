import { afterEach, describe, expect, test } from "vitest";
import { ProjectError, readProject } from "../../src/node/read-project.ts";
import {
  readNeededRunbooks,
  readRunbooks,
  type RunbookLibrary,
} from "../../src/node/read-runbooks.ts";
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

async function read(
  entries: Readonly<Record<string, Entry>>,
  ...paths: readonly string[]
): Promise<RunbookLibrary> {
  const project = await make(entries);
  return readRunbooks(
    await readProject({ root: project.root }),
    paths.map((one) => project.file(one)),
  );
}

/** Ids with their paths and the codes of their problems. */
function describeLibrary({ runbooks }: RunbookLibrary): Record<string, unknown> {
  return Object.fromEntries(
    [...runbooks].map(([id, { value, diagnostics }]) => [
      id,
      [value?.path ?? diagnostics[0]?.path, ...diagnostics.map(({ code }) => code)],
    ]),
  );
}

const mdx = (body: string): string => `---\ntitle: T\n---\n${body}`;
const step = "```sh\ntrue\n```\n";

describe("the runbooks of a project", () => {
  test("are all read, compiled and linked, with their texts", async () => {
    const library = await read({
      "runbooks/a.mdx": mdx('<Include runbook="db/b c" />\n'),
      "runbooks/db/b c.md": `# B\n${step}`,
      "runbooks/bad.mdx": mdx('<Include runbook="gone" />\n'),
    });
    expect(describeLibrary(library)).toEqual({
      a: ["runbooks/a.mdx"],
      bad: ["runbooks/bad.mdx", "unknown-runbook"],
      "db/b c": ["runbooks/db/b c.md"],
    });
    expect(library.sources.get("runbooks/db/b c.md")).toBe(`# B\n${step}`);
  });

  test("with an error each keep the others from nothing", async () => {
    const library = await read({
      "runbooks/bytes.md": Uint8Array.from([0x23, 0xff]),
      "runbooks/empty.md": "",
      "runbooks/good.md": step,
      "runbooks/open.mdx": mdx("<open\n"),
    });
    expect(describeLibrary(library)).toEqual({
      bytes: ["runbooks/bytes.md", "not-utf8"],
      empty: ["runbooks/empty.md", "empty-runbook"],
      good: ["runbooks/good.md"],
      open: ["runbooks/open.mdx", "mdx-syntax"],
    });
    expect(library.runbooks.get("bytes")?.value).toBeUndefined();
    expect([...library.sources.keys()]).toEqual([
      "runbooks/empty.md",
      "runbooks/good.md",
      "runbooks/open.mdx",
    ]);
  });

  test("lose a byte order mark, and their problems are where they are without it", async () => {
    const library = await read({
      "runbooks/a.mdx": `\uFEFF---\r\ntitle: T\r\nzzz: 1\r\n---\r\n${step}`,
    });
    expect(library.runbooks.get("a")?.diagnostics).toMatchObject([
      { code: "unknown-key", span: { start: { line: 3, column: 1, offset: 15 } } },
    ]);
  });

  test("of one name are told apart by their ending, in whatever order they were asked for", async () => {
    const files = {
      "runbooks/x.md": step,
      "runbooks/x.mdx": mdx(step),
      "runbooks/a.mdx": mdx('<Include runbook="x.mdx" />\n'),
    };
    const whole = { x: ["runbooks/x.md"], "x.mdx": ["runbooks/x.mdx"] };
    expect(describeLibrary(await read(files))).toEqual({ a: ["runbooks/a.mdx"], ...whole });
    expect(describeLibrary(await read(files, "runbooks/x.mdx", "runbooks/x.md"))).toEqual(whole);
    expect(describeLibrary(await read(files, "runbooks/x.mdx"))).toEqual({
      "x.mdx": ["runbooks/x.mdx"],
    });
    expect(describeLibrary(await read(files, "runbooks/x.md"))).toEqual({ x: ["runbooks/x.md"] });
  });

  test("that include each other in a circle are told at the place that closes it", async () => {
    const { runbooks } = await read({
      "runbooks/a.mdx": mdx('<Include runbook="b" />\n'),
      "runbooks/b.mdx": mdx('\n<Include runbook="a" />\n'),
    });
    expect(runbooks.get("a")?.diagnostics).toEqual([]);
    expect(runbooks.get("b")?.diagnostics).toMatchObject([
      { code: "include-cycle", args: { chain: ["a", "b", "a"] }, span: { start: { line: 5 } } },
    ]);
  });

  test("of a name that every object has is a runbook like others", async () => {
    const library = await read({ "runbooks/constructor.md": step, "runbooks/toString.md": step });
    expect([...library.runbooks.keys()]).toEqual(["constructor", "toString"]);
  });
});

describe("narrowed to paths", () => {
  const files = {
    "runbooks/a.mdx": mdx('<Include runbook="db/b" />\n'),
    "runbooks/db/b.md": step,
    "runbooks/db/c.mdx": mdx('<Include runbook="gone" />\n'),
    "runbooks/bytes.md": Uint8Array.from([0xff]),
    "docs/d.md": step,
    "docs/sub/e.md": step,
  };

  test.each([
    ["a file, whose includes are still resolved", ["runbooks/a.mdx"], { a: ["runbooks/a.mdx"] }],
    [
      "a folder",
      ["runbooks/db"],
      { "db/b": ["runbooks/db/b.md"], "db/c": ["runbooks/db/c.mdx", "unknown-runbook"] },
    ],
    [
      "a file twice",
      ["runbooks/db/b.md", "runbooks/db"],
      { "db/b": ["runbooks/db/b.md"], "db/c": ["runbooks/db/c.mdx", "unknown-runbook"] },
    ],
    ["a file that is no text", ["runbooks/bytes.md"], { bytes: ["runbooks/bytes.md", "not-utf8"] }],
    ["a folder elsewhere", ["docs"], { d: ["docs/d.md"], "sub/e": ["docs/sub/e.md"] }],
    ["a file elsewhere", ["docs/sub/e.md"], { e: ["docs/sub/e.md"] }],
    [
      "files here and there",
      ["docs/d.md", "runbooks/db/b.md"],
      { d: ["docs/d.md"], "db/b": ["runbooks/db/b.md"] },
    ],
  ])("%s", async (_name, paths, expected) => {
    expect(describeLibrary(await read(files, ...paths))).toEqual(expected);
  });

  test("elsewhere needs no runbooks folder", async () => {
    expect(describeLibrary(await read({ "docs/d.md": step }, "docs"))).toEqual({
      d: ["docs/d.md"],
    });
  });
});

describe("a failing environment", () => {
  test("is a runbooks folder that is not there", async () => {
    await expect(read({ "docs/d.md": step })).rejects.toThrow(ProjectError);
    await expect(read({ "docs/d.md": step })).rejects.toThrow(/There is no runbooks/);
  });

  test("is a path that is not there", async () => {
    await expect(read({ "runbooks/a.md": step }, "runbooks/b.md")).rejects.toThrow(
      /There is no runbooks\/b\.md/,
    );
  });

  test("is a file that cannot be read, by the administrator neither", async () => {
    const project = await make({ "runbooks/a.md": step });
    const reading = readRunbooks(await readProject({ root: project.root }), ["/proc/self/mem"]);
    await expect(reading).rejects.toThrow(ProjectError);
  });
});

describe("the runbooks that a target needs", () => {
  async function readNeeded(
    entries: Readonly<Record<string, Entry>>,
    target: string,
  ): Promise<RunbookLibrary> {
    const project = await make(entries);
    return readNeededRunbooks(await readProject({ root: project.root }), target);
  }

  const project = {
    "runbooks/z.mdx": mdx('<Include runbook="b" />\n'),
    "runbooks/b.mdx": mdx('<Include runbook="c" />\n'),
    "runbooks/c.md": `# C\n${step}`,
    "runbooks/other.mdx": mdx('<Include runbook="gone" />\n'),
  };

  test("are it and what it includes, in the order of paths", async () => {
    for (const target of ["z", "z:main", "z#step", "runbooks/z.mdx"]) {
      const library = await readNeeded(project, target);
      expect(describeLibrary(library), target).toEqual({
        b: ["runbooks/b.mdx"],
        c: ["runbooks/c.md"],
        z: ["runbooks/z.mdx"],
      });
      expect(Object.keys(describeLibrary(library))).toEqual(["b", "c", "z"]);
      expect([...library.sources.keys()].toSorted()).toEqual([
        "runbooks/b.mdx",
        "runbooks/c.md",
        "runbooks/z.mdx",
      ]);
    }
  });

  test("have the same problems and ids as among all others", async () => {
    const entries = {
      "runbooks/a.md": `# A\n${step}`,
      "runbooks/a.mdx": mdx('<Include runbook="a" />\n<Include runbook="b" section="none" />\n'),
      "runbooks/b.mdx": mdx('<Include runbook="a.mdx" />\n'),
    };
    const needed = await readNeeded(entries, "a.mdx");
    const all = await read(entries);
    expect(describeLibrary(needed)).toEqual(describeLibrary(all));
    expect(describeLibrary(needed)["a.mdx"]).toContain("unknown-section");
  });

  test("are all of them where it names none, or where something is included that is not there", async () => {
    for (const target of ["nothing", "other", ""]) {
      expect(Object.keys(describeLibrary(await readNeeded(project, target)))).toEqual([
        "b",
        "c",
        "other",
        "z",
      ]);
    }
  });
});
