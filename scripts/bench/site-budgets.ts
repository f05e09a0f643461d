import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { gzipSync } from "node:zlib";
import type { BenchPlace, Sample } from "./bench-place.ts";
import type { Budget, Row } from "./budgets.ts";
import { realisticSteps } from "./realistic-steps.ts";

const repository = path.resolve(import.meta.dirname, "../..");
const mebibyte = 1024 * 1024;

/**
 * The site of many runbooks of ten steps, all of it and with one of them changed, against the same
 * files compiled as MDX modules by a plain Astro project; and how heavy a page of it is.
 */
export const siteBudget: Budget = async (place, turns) => {
  const count = turns > 1 ? 1000 : 250;
  for (let index = 0; index < count; index++) {
    await place.writeRunbook(`site/runbooks/runbook-${index}`, realisticSteps(index));
  }
  await writePlainProject(place);
  const astro = path.join(repository, "node_modules/astro/bin/astro.mjs");
  const ours = (): Promise<Sample> =>
    place.opswright(["site", "build", "--root", "site"], { watchesMemory: true });
  const plain = (): Promise<Sample> =>
    place.run(process.execPath, [astro, "build", "--root", "plain", "--silent"]);

  await warmUp(place, ours);
  const [cold, plainCold] = [await ours(), await plain()];
  await changeOne(place);
  const [changed, plainChanged] = [await ours(), await plain()];
  const peakMebibytes = Math.max(cold.peakBytes ?? 0, changed.peakBytes ?? 0) / mebibyte;
  const page = await weighPage(
    path.join(place.folder, "site/dist-site"),
    `runbooks/runbook-${count - 1}/`,
  );
  return [
    ratioRow(`site of ${count} runbooks, cold`, cold, plainCold, 0.55),
    ratioRow(`site of ${count} runbooks, one changed`, changed, plainChanged, 0.4),
    {
      what: `site of ${count} runbooks, memory`,
      measured:
        peakMebibytes === 0 ? "not measured: no /proc" : `${peakMebibytes.toFixed(0)} MiB resident`,
      budget: "≤ 1024 MiB",
      isWithin: peakMebibytes > 0 && peakMebibytes <= 1024,
    },
    sizeRow("a page of 10 steps, HTML", page.htmlBytes, 40),
    sizeRow("a page of 10 steps, all of it, gzip", page.gzipBytes, 30),
  ];
};

/** Both sides find their programs in the disk's cache, and ours its own sources in place. */
async function warmUp(place: BenchPlace, build: () => Promise<Sample>): Promise<void> {
  const folder = path.join(place.folder, "site");
  const aside = path.join(place.folder, "aside");
  await mkdir(aside, { recursive: true });
  await cp(path.join(folder, "runbooks"), path.join(aside, "runbooks"), { recursive: true });
  await rm(path.join(folder, "runbooks"), { recursive: true });
  await place.writeRunbook("site/runbooks/runbook-0", realisticSteps(0));
  await build();
  await rm(folder, { recursive: true });
  await cp(aside, folder, { recursive: true });
}

async function changeOne(place: BenchPlace): Promise<void> {
  await place.writeRunbook("site/runbooks/runbook-7", [
    ...realisticSteps(7).slice(1),
    "echo changed",
  ]);
}

/** What somebody would write who has MDX files and Astro, and nothing else. */
async function writePlainProject(place: BenchPlace): Promise<void> {
  const files = {
    "package.json": JSON.stringify({ private: true, type: "module" }),
    // With remark, which finds the steps of a runbook: what Astro has instead knows no plug-ins of it.
    "astro.config.mjs": `import { unified } from "@astrojs/markdown-remark";
import mdx from "@astrojs/mdx";
export default {
  integrations: [mdx()],
  markdown: { processor: unified() },
  devToolbar: { enabled: false },
};
`,
    "src/content.config.mjs": `import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
const loader = glob({ pattern: "**/*.mdx", base: "../site/runbooks" });
export const collections = { runbooks: defineCollection({ loader }) };
`,
    "src/pages/[...id].astro": `---
import { getCollection, render } from "astro:content";
export async function getStaticPaths() {
  const entries = await getCollection("runbooks");
  return entries.map((entry) => ({ params: { id: entry.id }, props: { entry } }));
}
const { entry } = Astro.props;
const { Content } = await render(entry);
---
<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>{entry.data.title}</title></head>
  <body><h1>{entry.data.title}</h1><Content /></body>
</html>
`,
  };
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(place.folder, "plain", name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  await symlink(
    path.join(repository, "node_modules"),
    path.join(place.folder, "plain/node_modules"),
    "junction",
  );
  await symlink(
    path.join(repository, "node_modules"),
    path.join(place.folder, "node_modules"),
    "junction",
  );
}

/** What a browser asks for before it shows a page: its HTML, and the files that it names. */
async function weighPage(
  folder: string,
  page: string,
): Promise<{ readonly htmlBytes: number; readonly gzipBytes: number }> {
  const html = await readFile(path.join(folder, page, "index.html"));
  const asked = new Set(
    [
      ...html.toString().matchAll(/(?:src|href)="\/([^"]+\.(?:js|css|svg|woff2|webmanifest))"/g),
    ].map(([, name = ""]) => name),
  );
  let gzipBytes = gzipSync(html).length;
  for (const name of asked) {
    const body = await readFile(path.join(folder, name));
    gzipBytes += gzipSync(body).length;
    if (!name.endsWith(".js")) continue;
    // What a module imports at once; what it asks for later is not part of the first load.
    for (const [, other = ""] of body.toString().matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) {
      asked.add(path.posix.join(path.posix.dirname(name), other));
    }
  }
  return { htmlBytes: html.length, gzipBytes };
}

function ratioRow(what: string, ours: Sample, plain: Sample, limit: number): Row {
  const ratio = ours.wallMs / plain.wallMs;
  const [oursText, plainText] = [ours, plain].map(
    ({ wallMs }) => `${(wallMs / 1000).toFixed(1)} s`,
  );
  return {
    what,
    measured: `${oursText}, ${ratio.toFixed(2)} × the same as MDX modules (${plainText})`,
    budget: `≤ ${limit} ×`,
    isWithin: ratio <= limit,
  };
}

function sizeRow(what: string, bytes: number, limitKibibytes: number): Row {
  return {
    what,
    measured: `${(bytes / 1024).toFixed(1)} KiB`,
    budget: `≤ ${limitKibibytes} KiB`,
    isWithin: bytes > 0 && bytes <= limitKibibytes * 1024,
  };
}
