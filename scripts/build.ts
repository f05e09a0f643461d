/**
 * Builds what is published into `dist/`: one bundle a public entry, with shared parts beside them.
 *
 * A bundle parses in a fraction of the time that hundreds of small modules take, and `cli/bin.js` keeps
 * V8's compiled code of it between calls.
 */
import { execFileSync } from "node:child_process";
import { copyFile, chmod, glob, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { build, type Metafile, type Plugin } from "esbuild";
import { buildSiteSources } from "./build-site-sources.ts";

const root = path.resolve(import.meta.dirname, "..");
const dist = path.join(root, "dist");

/** What Astro and Vitest must load themselves, since they compare module identities. */
const external = [
  "astro",
  "astro/*",
  "@astrojs/*",
  "vitest",
  "vitest/*",
  "vite",
  "pagefind",
  "shiki",
];

await rm(dist, { recursive: true, force: true });
await mkdir(dist);

const entries = await publicEntries();
const assets = new Map<string, string>();
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { "cli/bin": "src/cli/bin.ts", "cli/main": "src/cli/main.ts", ...entries },
  outdir: dist,
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22.12",
  external,
  legalComments: "none",
  // Readable, so that the stack of a bug report is too; with the compile cache it costs no time.
  minify: false,
  metafile: true,
  logLevel: "warning",
  // Some packages are CommonJS and ask Node for its own modules.
  banner: {
    js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
  },
  plugins: [keepAssets(assets)],
  // esbuild has told already what is wrong and where.
}).catch(() => process.exit(1));

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
const inputs = [...listInputs(metafile), ...siteInputs];
await writeFile(path.join(dist, "THIRD-PARTY-LICENSES.txt"), await readLicences(inputs));
if (Object.keys(entries).length > 0) emitDeclarations();

const outputs = Object.values(metafile.outputs);
const total = outputs.reduce((sum, output) => sum + output.bytes, 0);
console.log(
  `dist: ${outputs.length} bundles, ${Math.round(total / 1024)} KiB, ${assets.size} assets`,
);

/** The public entries that exist, as esbuild wants them: `{ "api/index": "src/index.ts" }`. */
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
    setup(bundler) {
      bundler.onLoad({ filter: /\/src\/.*\.ts$/ }, async ({ path: file }) => {
        const text = await readFile(file, "utf8");
        const contents = text
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
          });
        return { contents, loader: "ts" };
      });
    },
  };
}

/** The files that something was bundled from. */
function listInputs({ outputs: bundles }: Metafile): readonly string[] {
  return Object.values(bundles).flatMap((bundle) => Object.keys(bundle.inputs));
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
