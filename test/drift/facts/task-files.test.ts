import { describe, expect, test } from "vitest";
import { findJustfile, justfileFacts } from "../../../src/drift/facts/justfile-facts.ts";
import { findPackage, packageFacts } from "../../../src/drift/facts/package-facts.ts";
import { pyprojectFacts } from "../../../src/drift/facts/pyproject-facts.ts";
import { observeFacts } from "../observe-facts.ts";

describe("justfiles", () => {
  const justfile = [
    'set shell := ["bash", "-c"]',
    "export DATABASE_URL := `echo a: b`",
    "alias b := build",
    "import 'more.just'",
    "mod infra",
    "",
    "[group('x')]",
    'build target="a:b" *args: (deploy "x")',
    "    echo {{target}}",
    "\tnot: this",
    "@_quiet:",
    "  true",
  ].join("\r\n");

  test("have recipes and aliases, those of imports among them", async () => {
    const { facts } = await observeFacts(justfileFacts, {
      "app/justfile": justfile,
      "app/more.just": "deploy x:\n  true\n",
    });
    const found = findJustfile(facts, "app/deep/er");
    expect(found?.recipes.map(({ name, path }) => `${path}:${name}`)).toEqual([
      "app/justfile:b",
      "app/justfile:build",
      "app/justfile:_quiet",
      "app/more.just:deploy",
    ]);
    expect(found).toMatchObject({ modules: ["infra"], isOpen: false, hasFallback: false });
    expect(found?.recipes[2]?.span?.start).toMatchObject({ line: 11, column: 2 });
    expect(findJustfile(facts, "")).toBeUndefined();
  });

  test("that import what is not there are open", async () => {
    const { facts } = await observeFacts(justfileFacts, { justfile });
    expect(findJustfile(facts, "")).toMatchObject({ isOpen: true });
  });
});

describe("packages", () => {
  test("have scripts with their places, indented by tabs with Windows' line ends", async () => {
    const { facts, problems } = await observeFacts(packageFacts, {
      "package.json":
        '{\r\n\t"scripts": {\r\n\t\t"db:seed": "x",\r\n\t\t"build": "y"\r\n\t},\r\n\t"engines": { "node": ">=20" }\r\n}',
      "node_modules/a/package.json": "{}",
    });
    expect(problems).toEqual([]);
    const [own] = facts.packages;
    expect(facts.packages).toHaveLength(1);
    expect(own?.scripts.map(({ name, span }) => [name, span?.start.line])).toEqual([
      ["db:seed", 3],
      ["build", 4],
    ]);
    expect(own?.node).toMatchObject({ name: ">=20", span: { start: { line: 6 } } });
    expect(findPackage(facts, "a/b")).toBe(own);
  });

  test.each([
    ["cut off", '{ "scripts": {', true],
    ["with comments", "{ // no\n}", true],
    ["a list", "[1]", false],
    ["of other types", '{ "scripts": [1], "name": {}, "engines": "x" }', false],
    ["with a key twice", '{ "scripts": { "a": "1", "a": "2" } }', false],
  ])("%s do no harm", async (_name, text, isProblem) => {
    const { facts, problems } = await observeFacts(packageFacts, {
      "package.json": text,
      "b/package.json": '{ "scripts": { "good": "x" } }',
    });
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual(
      isProblem ? ["repository/unreadable-file package.json"] : [],
    );
    expect(facts.packages.at(-1)?.scripts[0]?.name).toBe("good");
  });
});

describe("projects of Python", () => {
  test("have name, version, range, scripts and dependencies", async () => {
    const { facts } = await observeFacts(
      pyprojectFacts,
      {
        "app/pyproject.toml": [
          "[project]",
          "name = 'members' # its name",
          "  version='1.2'",
          'dependencies = ["alembic>=1", "psycopg[binary]"]',
          "[project.scripts]",
          '"members-export" = "m:main"',
          "[tool.poetry.dependencies]",
          'python = "^3.11"',
        ].join("\r\n"),
      },
      { subject: "app" },
    );
    expect(facts.projects).toMatchObject([
      {
        path: "app/pyproject.toml",
        folder: "",
        name: "members",
        version: { name: "1.2", span: { start: { line: 3, column: 11 }, end: { column: 16 } } },
        requiresPython: { name: "^3.11", span: { start: { line: 8 } } },
        scripts: [{ name: "members-export", span: { start: { line: 6, column: 1 } } }],
        dependencies: ["alembic", "psycopg", "python"],
      },
    ]);
  });

  test("that do not parse are problems with their places", async () => {
    const { facts, problems } = await observeFacts(pyprojectFacts, {
      "pyproject.toml": "[project]\nname = \n",
    });
    expect(facts.projects).toEqual([]);
    expect(problems).toMatchObject([{ path: "pyproject.toml", span: { start: { line: 2 } } }]);
  });
});

test("many keys of a TOML file are placed in one pass", { timeout: 60_000 }, async () => {
  const time = async (count: number): Promise<number> => {
    const keys = Array.from({ length: count }, (_, index) => `"s${index}" = "a:b"\n`).join("");
    const start = performance.now();
    const { facts } = await observeFacts(pyprojectFacts, {
      "pyproject.toml": `[project.scripts]\n${keys}`,
    });
    expect(facts.projects[0]?.scripts.at(-1)?.span?.start.line).toBe(count + 1);
    return performance.now() - start;
  };
  await time(500);
  const small = Math.max(50, await time(1000));
  expect(await time(16_000)).toBeLessThan(small * 60);
});
