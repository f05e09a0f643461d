/**
 * Builds what is published into `dist/`: one bundle a public entry, with shared parts beside them.
 *
 * A bundle parses in a fraction of the time that hundreds of small modules take, and `cli/bin.js` keeps
 * V8's compiled code of it between calls.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, chmod, glob, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { rolldown, type Plugin } from "rolldown";
import { buildSiteSources } from "./build-site-sources.ts";

const root = path.resolve(import.meta.dirname, "..");
const dist = path.join(root, "dist");

/** What Astro and Vitest must load themselves, since they compare module identities. */
const external = /^(?:astro|@astrojs|vitest|vite|pagefind|shiki)(?:\/|$)/;

/**
 * What every run loads, though the sources do so step by step: it becomes one bundle with all that it
 * imports, since a hundred small ones take longer to find than to read.
 */
const loadedTogether =
  /\/src\/(?:cli\/(?:commands\/run|run-program|run-target|execute-plan|read-given-answers|finish-run)|node\/(?:check-readiness|file-journal|open-run-sessions|person-terminal|probe-contracts|probe-tools|read-machine-moment|read-operator|read-project|read-runbooks)|run\/run-plan)\.ts$/;
/** What a runbook is compiled with, where it was not compiled before. */
const compilesTogether = /\/src\/node\/create-compiler\.ts$/;
/** What `--version` loads, which must not wait for the rest. */
const loadedAlone = /\/src\/(?:cli\/package-version|node\/find-cache-folder)\.ts$|node:process$/;

await rm(dist, { recursive: true, force: true });
await mkdir(dist);

const entries = await publicEntries();
const assets = new Map<string, string>();
const bundle = await rolldown({
  cwd: root,
  input: { "cli/bin": "src/cli/bin.ts", "cli/main": "src/cli/main.ts", ...entries },
  platform: "node",
  transform: {
    target: "node22.12",
    define: { OPSWRIGHT_BUILD: JSON.stringify(await digestInputs()) },
  },
  external,
  // What is loaded late in one place and at once in another is so on purpose; the `eval` is
  // web-tree-sitter's, for grammars with code of their own, which ours has not.
  checks: { ineffectiveDynamicImport: false, eval: false },
  plugins: [keepAssets(assets), takeGlobalProcess()],
}).catch(fail);
const { output } = await bundle
  .write({
    dir: dist,
    format: "esm",
    chunkFileNames: "chunks/[name]-[hash].js",
    comments: { legal: false },
    // Readable, so that the stack of a bug report is too; with the compile cache it costs no time.
    minify: false,
    codeSplitting: {
      groups: [
        { name: "runtime", test: /rolldown\/runtime/, priority: 3 },
        { name: "version", test: loadedAlone, priority: 2 },
        { name: "run", test: loadedTogether, priority: 1 },
        { name: "compiler", test: compilesTogether },
      ],
    },
  })
  .catch(fail);
const bundles = output.flatMap((one) => (one.type === "chunk" ? [one] : []));

for (const [name, from] of assets) {
  await mkdir(path.dirname(path.join(dist, "assets", name)), { recursive: true });
  await copyFile(from, path.join(dist, "assets", name));
}
await chmod(path.join(dist, "cli/bin.js"), 0o755);
const siteInputs = await buildSiteSources(root, path.join(dist, "site/src"));
for await (const name of glob("*.md", { cwd: path.join(root, "docs") })) {
  await mkdir(path.join(dist, "site/docs"), { recursive: true });
  await copyFile(path.join(root, "docs", name), path.join(dist, "site/docs", name));
}
const inputs = [
  ...bundles.flatMap(({ moduleIds }) => moduleIds.map((id) => path.relative(root, id))),
  ...siteInputs,
];
await writeFile(path.join(dist, "THIRD-PARTY-LICENSES.txt"), await readLicences(inputs));
if (Object.keys(entries).length > 0) emitDeclarations();

const total = bundles.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0);
console.log(
  `dist: ${bundles.length} bundles, ${Math.round(total / 1024)} KiB, ${assets.size} assets`,
);

/** A digest of what the bundles are made of: other sources or other packages make another one. */
async function digestInputs(): Promise<string> {
  const names = ["package-lock.json", "scripts/build.ts"];
  for await (const name of glob("src/**/*.{ts,bash,sh}", { cwd: root })) names.push(name);
  const hash = createHash("sha256");
  for (const name of names.toSorted()) {
    const text = await readFile(path.join(root, name));
    hash.update(`${name} ${text.length}\n`).update(text);
  }
  return hash.digest("hex").slice(0, 16);
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

/** The public entries that exist, as the bundler wants them: `{ "api/index": "src/index.ts" }`. */
async function publicEntries(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const file of glob("{index,vitest,astro}.ts", { cwd: path.join(root, "src") })) {
    found[`api/${path.basename(file, ".ts")}`] = `src/${file}`;
  }
  return found;
}

/**
 * Takes along the files that the sources find beside themselves or in a package.
 *
 * `import.meta.resolve("x/y.wasm")` and `new URL("./y.sh", import.meta.url)` become paths into
 * `dist/assets/`; every bundle is one folder deep, as is `../../package.json`.
 */
function keepAssets(found: Map<string, string>): Plugin {
  return {
    name: "keep-assets",
    transform: {
      filter: { id: /\/src\/.*\.ts$/ },
      handler: (code, file) =>
        code
          .replaceAll(
            /new URL\(\s*"(\.{1,2}\/[^"]+)",\s*import\.meta\.url,?\s*\)/g,
            (_all, relative: string) => {
              const from = path.resolve(path.dirname(file), relative);
              if (from === path.join(root, "package.json")) {
                return 'new URL("../../package.json",import.meta.url)';
              }
              const name = path.relative(path.join(root, "src"), from);
              found.set(name, from);
              return `new URL("../assets/${name}",import.meta.url)`;
            },
          )
          .replaceAll(/import\.meta\.resolve\(\s*"([^"]+)",?\s*\)/g, (_all, specifier: string) => {
            const from = fileURLToPath(import.meta.resolve(specifier));
            found.set(path.basename(from), from);
            return `new URL("../assets/${path.basename(from)}",import.meta.url).href`;
          }),
    },
  };
}

/** `node:process` as a module has Node look at each of its properties, which takes 10 ms and more. */
function takeGlobalProcess(): Plugin {
  return {
    name: "take-global-process",
    resolveId: { filter: { id: /^node:process$/ }, handler: (id) => `\0${id}` },
    load: {
      filter: { id: /^\0node:process$/ },
      handler: () => "module.exports = globalThis.process;",
    },
  };
}

/** The licence texts of each package that is inside the bundles, by name. */
async function readLicences(bundled: readonly string[]): Promise<string> {
  const folders = new Set<string>();
  for (const input of bundled) {
    const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (folder !== undefined) folders.add(folder);
  }
  for (const file of assets.values()) {
    const folder = /(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
    if (folder !== undefined) folders.add(folder);
  }
  const texts: string[] = [
    "The published bundles contain these packages, each under its own licence.\n",
  ];
  for (const folder of [...folders].toSorted()) {
    const about: unknown = JSON.parse(
      await readFile(path.join(root, folder, "package.json"), "utf8"),
    );
    const { name, version, license } = about as { name: string; version: string; license?: string };
    let text = "";
    for await (const file of glob("{LICEN[CS]E,licen[cs]e,COPYING}*", {
      cwd: path.join(root, folder),
    })) {
      text = await readFile(path.join(root, folder, file), "utf8");
      break;
    }
    texts.push(
      `${"=".repeat(80)}\n${name} ${version} (${license ?? "see below"})\n\n${text.trim()}\n`,
    );
  }
  return texts.join("\n");
}

function emitDeclarations(): void {
  execFileSync(path.join(root, "node_modules/.bin/tsc"), ["-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: "inherit",
  });
}
