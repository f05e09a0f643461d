import { builtinModules } from "node:module";
import path from "node:path/posix";
import type { SourceModule } from "./read-modules.ts";

/**
 * Which folders of `src/` each folder may import, itself aside.
 *
 * Text flows one way: a folder sees the model and what stands before it in the flow. ARCHITECTURE.md
 * explains the stages.
 */
export const allowedFolders: Readonly<Record<string, readonly string[]>> = {
  model: [],
  parse: ["model"],
  shell: ["model"],
  match: ["model"],
  compile: ["model", "parse", "shell", "match"],
  plan: ["model", "parse", "shell", "match", "compile"],
  drift: ["model", "parse", "shell", "compile", "plan", "match"],
  run: ["model", "parse", "shell", "compile", "plan", "match"],
  drill: ["model", "parse", "shell", "compile", "plan", "match", "run"],
  report: ["model", "parse", "shell", "compile", "plan", "match", "drift", "run", "drill"],
  edit: ["model", "parse", "shell", "compile", "plan", "match", "drift"],
  node: ["model", "parse", "shell", "compile", "plan", "match", "drift", "run", "drill", "edit"],
  cli: [
    "model",
    "parse",
    "shell",
    "compile",
    "plan",
    "match",
    "drift",
    "run",
    "drill",
    "report",
    "edit",
    "node",
  ],
  testing: [
    "model",
    "parse",
    "shell",
    "compile",
    "plan",
    "match",
    "drift",
    "run",
    "drill",
    "report",
    "edit",
    "node",
  ],
  site: ["model", "parse", "shell", "compile", "plan", "match", "drift", "report"],
};

/**
 * What `cli` may import of `site`: the files that build and serve it. Its pages and what makes them
 * are Astro's to load.
 */
const siteDoors: readonly string[] = [
  "build-site.ts",
  "create-site-configuration.ts",
  "prepare-workspace.ts",
  "replace-folder.ts",
  "serve-site.ts",
];

/** The public entries, relative to `src/`: the only files that pass on what others declare. */
const publicEntries: readonly string[] = ["index.ts", "vitest.ts", "astro.ts"];

/** What `cli` may ask of Node itself: what it was started with and where it stands. */
const cliBuiltins = new Set(["node:process", "node:module", "node:path"]);

/** Folders that may touch the outside; all others could run in a browser. */
const foldersWithIo = new Set(["node", "site", "testing"]);

/** Packages that touch the outside. */
const packagesWithIo = new Set(["execa"]);

const forbiddenNames = /^(?:utils?|commons?|helpers?|misc|shared|lib)$/;
const kebabCase = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.d)?\.ts$/;

/**
 * Judges the modules of `src/` by the rules of the architecture.
 *
 * @returns one line a violation: `"src/plan/plan-target.ts:3: … Move …"`, where it is, what is wrong
 * and how to mend it; empty when all is well. No I/O.
 */
export function findViolations(modules: readonly SourceModule[]): string[] {
  return [
    ...modules.flatMap((module) => [
      ...findNameViolations(module),
      ...findImportViolations(module),
    ]),
    ...findMissingModules(modules),
    ...findCycles(modules),
  ];
}

/**
 * Lists the exports that no docstring explains.
 *
 * @returns one line an export: `"src/plan/plan-target.ts:12: planTarget …"`. No I/O.
 */
export function findUndocumentedExports(modules: readonly SourceModule[]): string[] {
  return modules.flatMap((module) =>
    module.exports
      .filter((exported) => !exported.hasDocstring)
      .map(
        ({ name, line }) =>
          `${module.path}:${line}: \`${name}\` is exported without a docstring. Say in its first ` +
          `sentence what it promises, in /** … */ right above it.`,
      ),
  );
}

function findNameViolations(module: SourceModule): string[] {
  const violations: string[] = [];
  const parts = module.path.split("/");
  const name = parts.at(-1) ?? "";
  const forbidden = parts
    .map((part) => part.replace(/\.ts$/, ""))
    .find((part) => forbiddenNames.test(part));
  if (forbidden !== undefined) {
    violations.push(
      `${module.path}: "${forbidden}" says nothing of what is inside. Name the file after what it ` +
        `does, in the stage that does it.`,
    );
  }
  if (name.endsWith(".ts") && !kebabCase.test(name) && folderOf(module.path) !== "site") {
    violations.push(
      `${module.path}: the name is not kebab-case. Name it after its main export: planTarget is in ` +
        `plan-target.ts.`,
    );
  }
  const isPublicEntry = publicEntries.includes(module.path.slice("src/".length));
  if (module.isBarrel && !isPublicEntry) {
    violations.push(
      `${module.path}: only re-exports. Delete it and import each name from the file that declares ` +
        `it; only the public entries (${publicEntries.join(", ")}) re-export.`,
    );
  }
  if (isPublicEntry && !module.isBarrel) {
    violations.push(
      `${module.path}: a public entry re-exports and does nothing else. Move the code to its stage.`,
    );
  }
  return violations;
}

function findImportViolations(module: SourceModule): string[] {
  const folder = folderOf(module.path);
  // The entries and main folders of later stages are known by name: an unknown one has no rules.
  if (folder === undefined) return [];
  const allowed = allowedFolders[folder];
  if (!allowed) {
    return [
      `${module.path}: "${folder}" is no stage. Move it to one of ${Object.keys(allowedFolders).join(" ")}, ` +
        `or add the stage to ARCHITECTURE.md and test/architecture/find-violations.ts.`,
    ];
  }
  return module.imports.flatMap(({ specifier, line }) => {
    const fault = judgeImport(module.path, folder, allowed, specifier);
    return fault === undefined ? [] : [`${module.path}:${line}: ${fault}`];
  });
}

function judgeImport(
  importer: string,
  folder: string,
  allowed: readonly string[],
  specifier: string | undefined,
): string | undefined {
  if (specifier === undefined) {
    // What runs in the browser loads from where the site is served, which a build does not know.
    const isInBrowser = importer.startsWith("src/site/browser/");
    return folder === "node" || folder === "cli" || isInBrowser
      ? undefined
      : "imports a module by a computed name, which nobody can check. Name it literally.";
  }
  if (specifier.startsWith(".")) return judgeLocalImport(importer, folder, allowed, specifier);
  if (folder === "model" && packageOf(specifier) !== "zod") {
    return `model imports "${specifier}". It may import zod alone: move the behaviour to a stage.`;
  }
  if (foldersWithIo.has(folder)) return undefined;
  const isBuiltin = specifier.startsWith("node:") || builtinModules.includes(specifier);
  if (folder === "cli" && cliBuiltins.has(specifier)) return undefined;
  if (isBuiltin || packagesWithIo.has(packageOf(specifier))) {
    return (
      `${folder} imports "${specifier}". Only node/ touches the outside: put it there, and hand ` +
      `its result in (run/ does so through run/ports.ts).`
    );
  }
  return undefined;
}

function judgeLocalImport(
  importer: string,
  folder: string,
  allowed: readonly string[],
  specifier: string,
): string | undefined {
  const target = resolveLocal(importer, specifier);
  if (!target.startsWith("src/")) {
    if (target === "package.json" && folder === "cli") return undefined;
    return `imports "${specifier}", which is outside src/. What is published must be inside.`;
  }
  const targetFolder = folderOf(target);
  if (targetFolder === undefined) {
    return `imports the public entry "${specifier}". Import the file that declares the name.`;
  }
  if (targetFolder === folder || allowed.includes(targetFolder)) return undefined;
  if (folder === "cli" && siteDoors.some((name) => target === `src/site/${name}`)) return undefined;
  return (
    `${folder} imports ${targetFolder} ("${specifier}"). ${folder} may import ` +
    `${allowed.join(", ") || "nothing of ours"}: move what both need to an earlier stage, types to ` +
    `model/, or hand the value in as an argument.`
  );
}

function findMissingModules(modules: readonly SourceModule[]): string[] {
  const known = new Set(modules.map((module) => module.path));
  return modules.flatMap((module) =>
    module.imports.flatMap(({ specifier, line }) => {
      if (!specifier?.startsWith(".") || !/\.(?:ts|astro)$/.test(specifier)) return [];
      const target = resolveLocal(module.path, specifier);
      if (!target.startsWith("src/") || known.has(target)) return [];
      return [`${module.path}:${line}: "${specifier}" does not exist. Mend the path.`];
    }),
  );
}

/** Depth first, with the current path as the stack: each cycle is told once, by its first file. */
function findCycles(modules: readonly SourceModule[]): string[] {
  const importsOf = new Map(
    modules.map((module) => [
      module.path,
      module.imports
        .flatMap(({ specifier }) => (specifier?.startsWith(".") ? [specifier] : []))
        .map((specifier) => resolveLocal(module.path, specifier)),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start !== -1) {
      const chain = [...trail.slice(start), file].join(" → ");
      cycles.push(`${chain}: an import cycle. Move what both sides need into a file of its own.`);
      return;
    }
    if (done.has(file)) return;
    for (const target of importsOf.get(file) ?? []) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const module of modules) visit(module.path, []);
  return cycles;
}

/** The stage of a file: `"src/parse/x.ts"` is in `"parse"`, `"src/index.ts"` in none. */
function folderOf(file: string): string | undefined {
  const parts = file.split("/");
  return parts.length > 2 ? parts[1] : undefined;
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? specifier);
}

function resolveLocal(importer: string, specifier: string): string {
  return path.join(path.dirname(importer), specifier);
}
