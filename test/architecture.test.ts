import path from "node:path";
import { describe, expect, test } from "vitest";
import {
  allowedFolders,
  findUndocumentedExports,
  findViolations,
} from "./architecture/find-violations.ts";
import { readModule, readModules } from "./architecture/read-modules.ts";

const root = path.resolve(import.meta.dirname, "..");
const modules = await readModules(root, "src");

describe("the sources", () => {
  test("are read at all: a guard that sees nothing says yes to everything", () => {
    expect(modules.length).toBeGreaterThan(20);
    expect(modules.flatMap((module) => module.imports).length).toBeGreaterThan(20);
    expect(modules.map((module) => module.path)).toContain("src/run/ports.ts");
  });

  test("keep the rules of the architecture", () => {
    expect(findViolations(modules)).toEqual([]);
  });

  test("explain each exported name", () => {
    expect(findUndocumentedExports(modules)).toEqual([]);
  });
});

describe("the guard", () => {
  const judge = (files: Record<string, string>): string[] =>
    findViolations(Object.entries(files).map(([file, text]) => readModule(file, text)));

  test("accepts a stage that imports what stands before it", () => {
    const violations = judge({
      "src/model/plan.ts": `import { z } from "zod";\nexport const plan = z.string();`,
      "src/plan/plan-target.ts": `import type { plan } from "../model/plan.ts";\nexport const a = 1;`,
      "src/node/open-session.ts": `import { spawn } from "node:child_process";\nexport const b = spawn;`,
      "src/index.ts": `export { plan } from "./model/plan.ts";`,
    });
    expect(violations).toEqual([]);
  });

  test.each([
    ["an import", `import { b } from "../plan/b.ts";`],
    ["a type import", `import type { b } from "../plan/b.ts";`],
    ["a re-export", `export { b } from "../plan/b.ts"; export const a = 1;`],
    ["an import for its effect", `import "../plan/b.ts";`],
    ["a dynamic import", `export const load = () => import("../plan/b.ts");`],
    ["an import inside a type", `export type B = import("../plan/b.ts").B;`],
    ["a resolved module", `export const b = import.meta.resolve("../plan/b.ts");`],
  ])("rejects a later stage, by %s", (_way, text) => {
    const violations = judge({
      "src/parse/a.ts": text,
      "src/plan/b.ts": "export const b = 1;",
    });
    expect(violations).toHaveLength(1);
    expect(violations[0]).toMatch(
      /^src\/parse\/a\.ts:1: parse imports plan .* move what both need/,
    );
  });

  test.each([
    ["src/parse/a.ts", "node:fs", "Only node/ touches the outside"],
    ["src/plan/a.ts", "fs/promises", "Only node/ touches the outside"],
    ["src/run/a.ts", "execa", "run/ports.ts"],
    ["src/cli/a.ts", "node:child_process", "Only node/ touches the outside"],
    ["src/model/a.ts", "yaml", "zod alone"],
  ])("rejects %s importing %s", (file, specifier, words) => {
    const violations = judge({ [file]: `import x from "${specifier}";\nexport const a = x;` });
    expect(violations).toEqual([expect.stringContaining(words)]);
  });

  test("lets the command line know its process and its place, and no more", () => {
    const text = `import process from "node:process";\nimport path from "node:path";\nexport const a = 1;`;
    expect(judge({ "src/cli/main.ts": text })).toEqual([]);
  });

  test("rejects a module of a computed name in a pure stage", () => {
    const text = `export const load = (name: string) => import(name);`;
    expect(judge({ "src/report/a.ts": text })).toEqual([
      expect.stringContaining("Name it literally"),
    ]);
  });

  test("rejects a cycle, type imports included, and tells its way", () => {
    const violations = judge({
      "src/parse/a.ts": `import type { B } from "./b.ts";\nexport type A = B;`,
      "src/parse/b.ts": `import type { C } from "./c.ts";\nexport type B = C;`,
      "src/parse/c.ts": `import type { A } from "./a.ts";\nexport type C = A;`,
    });
    expect(violations).toEqual([
      expect.stringContaining(
        "src/parse/a.ts → src/parse/b.ts → src/parse/c.ts → src/parse/a.ts: an import cycle",
      ),
    ]);
  });

  test.each([
    ["src/utils/trim.ts", `"utils" says nothing`],
    ["src/parse/helpers.ts", `"helpers" says nothing`],
    ["src/parse/parseDocument.ts", "not kebab-case"],
    ["src/extras/a.ts", "is no stage"],
  ])("rejects the name %s", (file, words) => {
    const violations = judge({ [file]: "export const a = 1;" });
    expect(violations).toContainEqual(expect.stringContaining(words));
  });

  test("rejects a barrel, and a public entry that does more", () => {
    const violations = judge({
      "src/parse/a.ts": "export const a = 1;",
      "src/parse/all.ts": `export * from "./a.ts";`,
      "src/index.ts": `export { a } from "./parse/a.ts";\nconsole.log("loaded");`,
    });
    expect(violations).toEqual([
      expect.stringContaining("src/parse/all.ts: only re-exports"),
      expect.stringContaining("src/index.ts: a public entry re-exports and does nothing else"),
    ]);
  });

  test("rejects an import of what is not there, or is not published", () => {
    const violations = judge({
      "src/parse/a.ts": `import "./gone.ts";\nimport "../../test/x.ts";`,
    });
    expect(violations).toEqual([
      expect.stringContaining('src/parse/a.ts:2: imports "../../test/x.ts", which is outside src/'),
      expect.stringContaining('src/parse/a.ts:1: "./gone.ts" does not exist'),
    ]);
  });

  test("reads the frontmatter of a page", () => {
    const page = `---\nimport { run } from "../../run/run-plan.ts";\n---\n<p>{run}</p>\n`;
    const violations = judge({
      "src/site/pages/index.astro": page,
      "src/run/run-plan.ts": "export const run = 1;",
    });
    expect(violations).toEqual([expect.stringContaining("site imports run")]);
  });

  test("lists an export without words, and knows a comment that is no docstring", () => {
    const module = readModule(
      "src/parse/a.ts",
      [
        "/** Says what it promises. */",
        "export function told(): void {}",
        "// not a docstring",
        "export const untold = 1;",
        "/** Word. */",
        "export interface Terse {}",
        "/** @internal */",
        "export type Tagged = string;",
        "export { told as passedOn };",
        "/** The shape of a thing. */",
        "export const thingSchema = z.string();",
        "export type Thing = z.infer<typeof thingSchema>;",
        "const inner = 2;",
      ].join("\n"),
    );
    expect(findUndocumentedExports([module]).map((line) => line.split(" is ")[0])).toEqual([
      "src/parse/a.ts:4: `untold`",
      "src/parse/a.ts:6: `Terse`",
      "src/parse/a.ts:8: `Tagged`",
    ]);
  });

  test("has a rule for each stage that it lets others import", () => {
    const stages = Object.keys(allowedFolders);
    expect(
      Object.values(allowedFolders)
        .flat()
        .filter((name) => !stages.includes(name)),
    ).toEqual([]);
  });
});
