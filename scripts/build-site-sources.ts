import { copyFile, glob, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, type BuildOptions } from "esbuild";

/** What Astro itself provides to the sources of a site. */
const provided = ["astro", "astro/*", "astro:*", "@astrojs/*", "opswright:*", "shiki"];

/**
 * Builds the sources that Astro makes the site of into `to`, laid out as in `src/`.
 *
 * Pages, components and styles are copied; each module that one of them imports becomes a bundle in
 * its place, since Node strips no types below `node_modules` and a few bundles load in a fraction of
 * the time of hundreds of modules. What a component imports of a package is copied too. Throws
 * where an import leads nowhere. Writes files.
 *
 * @returns the paths of all that is in the bundles or copied, relative to `root`, for its licence.
 */
export async function buildSiteSources(root: string, to: string): Promise<readonly string[]> {
  const sources = path.join(root, "src");
  const modules = new Set(["site/content.config.ts", "site/browser/service-worker.ts"]);
  const vendored = new Map<string, string>();
  for await (const name of glob("site/**/*.*", { cwd: sources })) {
    if (/\.d\.ts$|\/tsconfig\.json$/u.test(name)) continue;
    if (name.endsWith(".ts")) {
      if (name.startsWith("site/pages/")) modules.add(name);
      continue;
    }
    const target = path.join(to, name);
    await mkdir(path.dirname(target), { recursive: true });
    if (/\.(?:astro|mdx)$/u.test(name)) {
      const text = await readFile(path.join(sources, name), "utf8");
      await writeFile(target, rewriteImports(text, { name, sources, modules, vendored }));
    } else {
      await copyFile(path.join(sources, name), target);
    }
  }
  for (const [name, from] of vendored) {
    await mkdir(path.dirname(path.join(to, name)), { recursive: true });
    await copyFile(from, path.join(to, name));
  }
  const isBrowser = (name: string): boolean => name.startsWith("site/browser/");
  const settings = {
    absWorkingDir: root,
    outdir: to,
    outbase: sources,
    bundle: true,
    splitting: true,
    format: "esm" as const,
    target: "es2024",
    external: [...provided],
    legalComments: "none",
    metafile: true as const,
    logLevel: "warning" as const,
  } satisfies BuildOptions;
  const [server, browser] = await Promise.all([
    build({
      ...settings,
      platform: "node",
      // Some packages are CommonJS and ask Node for its own modules.
      banner: {
        js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
      },
      chunkNames: "chunks/[name]-[hash]",
      entryPoints: [...modules].filter((name) => !isBrowser(name)).map((name) => `src/${name}`),
    }),
    build({
      ...settings,
      platform: "browser",
      chunkNames: "chunks/browser-[name]-[hash]",
      entryPoints: [...modules].filter(isBrowser).map((name) => `src/${name}`),
    }),
  ]);
  return [
    ...[server, browser].flatMap(({ metafile }) => Object.keys(metafile.inputs)),
    ...[...vendored.values()].map((file) => path.relative(root, file)),
  ];
}

interface Rewriting {
  /** The file's path below `sources`. */
  readonly name: string;
  readonly sources: string;
  /** Is added each module of ours that the file imports. */
  readonly modules: Set<string>;
  /** Is added each file of a package that it imports, by its path in what is built. */
  readonly vendored: Map<string, string>;
}

/** Names the bundles instead of the modules that they were made of. */
function rewriteImports(text: string, { name, sources, modules, vendored }: Rewriting): string {
  const folder = path.dirname(name);
  // Types are nobody's bundle: Astro leaves their imports out.
  const pattern =
    /(import type [^;]*?;)|(\b(?:from|import|src=|layout:)\s*\(?\s*)(["'])([^"'\n{}]+)\3/gu;
  // In the documentation's code blocks, an import is an example.
  const [code, prose] = name.endsWith(".mdx") ? splitProse(text) : [text, ""];
  const rewritten = code.replaceAll(
    pattern,
    (all: string, type: string | undefined, before: string, quote: string, specifier: string) => {
      if (type !== undefined) return all;
      if (specifier.startsWith(".") && specifier.endsWith(".ts")) {
        modules.add(path.join(folder, specifier));
        return `${before}${quote}${specifier.replace(/\.ts$/u, ".js")}${quote}`;
      }
      const isOurs = /^(?:[./#]|astro(?:[:/]|$)|@astrojs\/|opswright:|https?:)/u.test(specifier);
      if (isOurs || before.startsWith("src=")) return all;
      const [file = "", query = ""] = specifier.split(/(?=\?)/u);
      const copied = `vendor/${file}`;
      vendored.set(copied, fileURLToPath(import.meta.resolve(file)));
      const relative = path.relative(path.join(sources, folder), path.join(sources, copied));
      return `${before}${quote}${relative}${query}${quote}`;
    },
  );
  return rewritten + prose;
}

function splitProse(text: string): readonly [string, string] {
  const end = text.search(/^(?:#|```)/mu);
  return end === -1 ? [text, ""] : [text.slice(0, end), text.slice(end)];
}
