import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { select, selectAll } from "hast-util-select";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Runbook } from "../../src/model/runbook.ts";
import { readProject } from "../../src/node/read-project.ts";
import { readRunbooks, type RunbookLibrary } from "../../src/node/read-runbooks.ts";
import { planTarget } from "../../src/plan/plan-target.ts";
import { escapeControlCharacters } from "../../src/report/sanitise-terminal-text.ts";
import { runbookHref } from "../../src/site/runbook-page/site-links.ts";
import { attributeOf, buildSite, readSteps, textOf, type BuiltSite } from "./build-site.ts";

const repository = path.resolve(import.meta.dirname, "../..");
const fixture = path.join(repository, "test/fixtures/site");
const buildTimeoutMs = 240_000;

let trap: string;
let built: BuiltSite;
let library: RunbookLibrary;

beforeAll(async () => {
  trap = await mkdtemp(path.join(tmpdir(), "opswright-trap-"));
  built = await buildSite(fixture, {
    environment: { OPSWRIGHT_TEST_TRAP: path.join(trap, "sprung") },
  });
  library = await readLibrary(fixture);
}, buildTimeoutMs);

afterAll(async () => {
  await built.remove();
  await rm(trap, { recursive: true });
});

async function readLibrary(root: string): Promise<RunbookLibrary> {
  return readRunbooks(await readProject({ root, configurationPath: false }));
}

function pageOf(site: BuiltSite, id: string): Root {
  return pageAt(site, `/runbooks/${id}/`);
}

function pageAt(site: BuiltSite, address: string): Root {
  const page = site.pages.get(address);
  if (page === undefined) throw new Error(`No ${address}: ${[...site.pages.keys()].join(" ")}`);
  return page;
}

/** What a page must show of a runbook's steps, by the model that the runner runs. */
function expectedSteps({ steps }: Runbook): readonly object[] {
  return steps.map((step) => ({
    id: step.id,
    anchor: `step-${step.id}`,
    sort: step.kind,
    risk: step.kind === "command" && step.isRunnable ? step.risk.level : "",
    title: squeeze(escapeControlCharacters(step.title)),
    script: step.kind === "command" ? escapeControlCharacters(step.script) : undefined,
    expectation:
      step.kind === "command" && step.expectation !== undefined
        ? escapeControlCharacters(step.expectation.text)
        : undefined,
  }));
}

function shownSteps(page: Root): readonly object[] {
  return readSteps(page).map((step) => ({ ...step, title: squeeze(step.title) }));
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function expectSameSteps(site: BuiltSite, runbooks: RunbookLibrary): number {
  let count = 0;
  for (const [id, { value }] of runbooks.runbooks) {
    if (value === undefined) continue;
    // A footnote stands at the end of a page, wherever its text is.
    const byId = (one: object, other: object): number =>
      JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
    const isMoved = id === "hostile-components";
    const [shown, expected] = [shownSteps(pageOf(site, id)), expectedSteps(value)];
    expect(isMoved ? shown.toSorted(byId) : shown, id).toEqual(
      isMoved ? expected.toSorted(byId) : expected,
    );
    count += expected.length;
  }
  return count;
}

function expectPlansShown(site: BuiltSite, runbooks: RunbookLibrary): number {
  let count = 0;
  for (const [id, { value }] of runbooks.runbooks) {
    for (const procedure of value?.procedures ?? []) {
      const plan = planTarget({
        target: `${id}:${procedure.name}`,
        runbooks: runbooks.runbooks,
        inputs: new Map(),
        selection: { only: [], skip: [] },
      }).value;
      const planned = plan?.steps ?? [];
      for (const step of planned) {
        const shown = readSteps(pageOf(site, step.runbook)).find(
          (one) => one.id === step.id.split("/").at(-1),
        );
        expect(shown?.script, `${procedure.name} ${step.id}`).toBe(
          step.kind === "command" ? escapeControlCharacters(step.script) : undefined,
        );
        count += 1;
      }
      const own = planned.filter((step) => step.runbook === id).map((step) => step.id);
      const links = selectAll(
        `[data-procedure="${procedure.name}"] [data-outline]`,
        pageOf(site, id),
      )
        .map((link) => attributeOf(link, "dataOutline"))
        .filter((step) => own.includes(step));
      expect(links, `${id}:${procedure.name}`).toEqual(own);
    }
  }
  return count;
}

describe("the site of the fixture", () => {
  test("is built without the packages of Astro's toolbar, which is off", () => {
    // The words of both: "Re-optimizing dependencies", "[optimizer] bundling dependencies...".
    expect(built.log).not.toMatch(/optimiz/iu);
  });

  test("shows exactly the steps that the command line knows", () => {
    expect(expectSameSteps(built, library)).toBeGreaterThan(25);
  });

  test("shows each planned step with the script that would run, in the plan's order", () => {
    expect(expectPlansShown(built, library)).toBeGreaterThan(10);
  });

  test("has an address for each id, and no id twice on a page", () => {
    for (const [address, page] of built.pages) {
      const ids = selectAll("[id]", page).map((element) => attributeOf(element, "id"));
      expect(
        ids.filter((id, at) => ids.indexOf(id) !== at),
        address,
      ).toEqual([]);
    }
  });

  test("leads from each link within it to a place that is there", () => {
    const broken: string[] = [];
    for (const [address, page] of built.pages) {
      for (const link of selectAll("a[href]", page)) {
        const href = attributeOf(link, "href");
        if (/^(?:https?|mailto|tel):|^\/\//.test(href)) continue;
        const url = new URL(href, `http://site.example${address}`);
        const target = built.pages.get(decodeURIComponent(url.pathname));
        const anchor = decodeURIComponent(url.hash.slice(1));
        // Not every file is a page.
        if (target === undefined && existsSync(path.join(built.folder, url.pathname))) continue;
        const isThere =
          target !== undefined &&
          (anchor === "" ||
            selectAll("[id]", target).some((element) => attributeOf(element, "id") === anchor));
        if (!isThere) broken.push(`${address} → ${href}`);
      }
    }
    // The author of hostile.md wrote the only dead one.
    expect(broken.filter((one) => !one.startsWith("/runbooks/hostile"))).toEqual([]);
  });

  test("turns links between documents into links between pages, and names files it lacks", () => {
    const hrefs = selectAll("a[href]", pageOf(built, "deploy")).map((a) => attributeOf(a, "href"));
    expect(hrefs).toContain("/runbooks/db/restore/#restore-the-dump");
    expect(hrefs).toContain("#step-push");
    const file = selectAll(".file", pageOf(built, "deploy")).map(textOf);
    expect(file).toEqual(["a script scripts/deploy.sh"]);
    const back = selectAll("a[href]", pageOf(built, "db/restore")).map((a) =>
      attributeOf(a, "href"),
    );
    expect(back).toEqual(
      expect.arrayContaining(["/runbooks/deploy/#verify", "/runbooks/deploy/#step-push"]),
    );
  });

  test("says what governs a step", () => {
    const push = select("#step-push", pageOf(built, "deploy"));
    const words = squeeze(textOf(push));
    expect(words).toContain("destructive");
    expect(words).toContain("at most 30s");
    expect(words).toContain("tried again up to 2 times, 5s apart");
    expect(words).toContain("Asks before: Push to production?");
    expect(words).toContain("Undone by Roll back");
    expect(words).toContain("Run this step opswright run deploy#push");
  });

  test("says in words how an output is compared, and what the signs in it stand for", () => {
    const page = pageOf(built, "deploy");
    const outputs = selectAll("[data-expectation]", page).map((output) => ({
      heading: squeeze(textOf(select(".code-name", output))),
      text: textOf(select("pre", output)),
      signs: selectAll("li", output).map((sign) => squeeze(textOf(sign))),
    }));
    expect(outputs.at(0)).toEqual({
      heading: "Expected output: this text, anywhere",
      text: "nothing to commit",
      signs: [],
    });
    expect(outputs.at(-1)).toEqual({
      heading: "Expected output on both streams: these lines in this order, among others",
      text: "[main [SHA]] Revert [..]\n...",
      signs: ["[SHA] a commit or a checksum", "[..] any text, or none", "... any lines, or none"],
    });
  });

  test("names a step again where its section holds more, since the section comes first", () => {
    const page = pageOf(built, "db/restore");
    const lines = selectAll(".cli code", page).map(textOf);
    expect(lines).toContain("opswright run db/restore#restore-the-dump --only restore-the-dump");
  });

  test("quotes what a shell would take apart", () => {
    const page = pageOf(built, "odd name's");
    expect(selectAll(".cli code", page).map(textOf)).toContain(`opswright run 'odd name'\\''s'`);
  });

  test("shows blanks in prose, which are no HTML", () => {
    expect(textOf(select("[data-runbook]", pageOf(built, "plain")))).toContain(
      "Text with <placeholder> and {braces}",
    );
  });

  test("shows no default of a secret", async () => {
    const html = await readFile(path.join(built.folder, "runbooks/deploy/index.html"), "utf8");
    expect(html).toContain("TOKEN");
    expect(html).not.toContain("hunter2");
  });

  test("says where a run reads a secret", () => {
    const texts = selectAll("[data-contract] li", pageOf(built, "deploy")).map(textOf).map(squeeze);
    expect(texts.join("\n")).toContain("a run reads it from the command pass show db.");
  });

  test("has one first heading on each page, and leaves out no level", () => {
    for (const [address, page] of built.pages) {
      const levels = selectAll("h1, h2, h3, h4, h5, h6", page).map(({ tagName }) =>
        Number(tagName.slice(1)),
      );
      expect(
        levels.filter((level) => level === 1),
        address,
      ).toHaveLength(1);
      const jumps = levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1);
      expect(jumps, address).toEqual([]);
    }
  });

  test("tells the problems of a document, and shows the text of one that cannot be read", () => {
    const page = pageOf(built, "unreadable");
    expect(textOf(select(".problems", page))).toContain("runbooks/unreadable.mdx:");
    expect(textOf(select(".code", page))).toContain("A tag <b that never ends");
    expect(readSteps(page)).toEqual([]);
  });

  test("lists each runbook on its first page", () => {
    const rows = selectAll(".row", pageAt(built, "/"));
    const hrefs = rows.flatMap((row) =>
      selectAll(".row-link", row).map((link) => attributeOf(link, "href")),
    );
    for (const id of library.runbooks.keys()) expect(hrefs).toContain(runbookHref("/", id));
    const words = squeeze(textOf(rows.find((one) => textOf(one).includes("Deploy the shop"))));
    for (const word of ["SEV2", "Platform team"]) expect(words).toContain(word);
  });

  test("has a page for addresses that lead nowhere, and trusted documentation", () => {
    expect(textOf(select("h1", pageAt(built, "/404.html")))).toBe("There is no such page");
    const docs = pageAt(built, "/docs/getting-started/");
    expect(textOf(select("pre code", docs))).toContain("```bash check");
  });

  test("documents a runbook that is sound", async () => {
    const project = await mkdtemp(path.join(tmpdir(), "opswright-example-"));
    try {
      const example = textOf(select("pre code", pageAt(built, "/docs/getting-started/")));
      await mkdir(path.join(project, "runbooks"));
      await writeFile(path.join(project, "runbooks/disk-full.md"), example);
      const checked = (await readLibrary(project)).runbooks.get("disk-full");
      expect(checked?.diagnostics).toEqual([]);
      expect(checked?.value?.steps).toHaveLength(3);
    } finally {
      await rm(project, { recursive: true });
    }
  });
});

function attributesOf(page: Root): string {
  return selectAll("*", page)
    .flatMap(({ properties }) => Object.values(properties))
    .join(" ");
}

const loadingAttributes = ["src", "srcSet", "data", "action", "formAction", "poster", "background"];
const runningElements =
  "style, iframe, object, embed, base, meta[http-equiv=refresh], math, template, textarea";
/** Drawings of our own: shapes and links within the page, in an element of a class of ours. */
const ownDrawings = new Set(["icon", "map", "run-plot", "run-step-bar"]);
const drawnElements = new Set(
  "svg g a title desc path circle rect line polyline polygon ellipse".split(" "),
);

/** What in a drawing is not a shape, and drawings that are not ours. */
function findStrangeDrawings(page: Root): readonly string[] {
  return selectAll("svg", page).flatMap((svg) => {
    const name = attributeOf(svg, "className");
    if (!ownDrawings.has(name)) return [`<svg class="${name}">`];
    const strange = selectAll("*", svg).filter(({ tagName }) => !drawnElements.has(tagName));
    return strange.map(({ tagName }) => `<${tagName}> in <svg class="${name}">`);
  });
}

/** What on a page could run, style, load or leave: none of it may be there. */
function findDangers(page: Root): readonly string[] {
  const dangers = selectAll(runningElements, page).map(({ tagName }) => `<${tagName}>`);
  dangers.push(...findStrangeDrawings(page));
  for (const element of selectAll("*", page)) {
    const { tagName, properties } = element;
    for (const [name, value] of Object.entries(properties)) {
      const text = Array.isArray(value) ? value.join(" ") : String(value);
      const isAddress = [...loadingAttributes, "href", "xlinkHref"].includes(name);
      if (/^on/i.test(name) || name === "style") dangers.push(`${tagName} ${name}=${text}`);
      if (
        isAddress &&
        /^[\s\0-\x20]*(?:java|vb)?script:|^\s*data:/i.test(text.replace(/[\t\n\r]/g, ""))
      )
        dangers.push(`${tagName} ${name}=${text}`);
      const isLoaded = loadingAttributes.includes(name) || (name === "href" && tagName === "link");
      if (
        isLoaded &&
        !/^\/(?:_astro\/|(?:favicon\.svg|theme\.js|feed\.xml|manifest\.\w+)$)/.test(text)
      )
        dangers.push(`${tagName} loads ${text}`);
    }
    if (tagName === "script" && (properties["src"] === undefined || textOf(element) !== ""))
      dangers.push(`inline script ${textOf(element)}`);
  }
  return dangers;
}

describe("a hostile runbook", () => {
  test("builds into a page that runs, styles and loads nothing", () => {
    expect(built.pages.size).toBeGreaterThan(6);
    for (const [address, page] of built.pages) expect(findDangers(page), address).toEqual([]);
  });

  test("is not evaluated by the build", () => {
    expect(existsSync(path.join(trap, "sprung"))).toBe(false);
    expect(existsSync(path.join(repository, "trap"))).toBe(false);
    expect(textOf(select(".problems", pageOf(built, "hostile-components")))).toContain(
      "[mdx-import]",
    );
  });

  test("hides none of its steps, whatever HTML stands around them", () => {
    expect(readSteps(pageOf(built, "hostile")).map(({ id }) => id)).toEqual(
      library.runbooks.get("hostile")?.value?.steps.map(({ id }) => id),
    );
    const ids = readSteps(pageOf(built, "hostile-components")).map(({ id }) => id);
    for (const id of ["inside", "a", "unknown", "inline", "deep", "cell", "orphan"])
      expect(ids).toContain(id);
  });

  test("cannot take the anchor of a step", () => {
    const taken = select("#step-one", pageOf(built, "hostile"));
    expect(taken?.tagName).toBe("article");
  });

  test("has its invisible characters told and shown", () => {
    const words = textOf(select("#step-one", pageOf(built, "hostile")));
    expect(words).toContain("U+202E");
    expect(words).toContain("\\u202e");
    // Nowhere on the page, its description for others included, does one act.
    expect(textOf(pageOf(built, "hostile"))).not.toContain("\u202e");
    expect(attributesOf(pageOf(built, "hostile"))).not.toContain("\u202e");
  });

  test("stands under a policy that allows nothing inline", () => {
    for (const [address, page] of built.pages) {
      const meta = selectAll("meta", page).find(
        (one) => attributeOf(one, "httpEquiv") === "Content-Security-Policy",
      );
      const policy = meta === undefined ? "" : attributeOf(meta, "content");
      expect(policy, address).toContain("default-src 'none'");
      expect(policy, address).toContain("script-src 'self'");
      // What runs WebAssembly, for the search, is no script.
      expect(policy.replace("'wasm-unsafe-eval'", ""), address).not.toContain("unsafe");
    }
  });

  test("is caught by the search for dangers", () => {
    const html = `<p onclick="x()" style="a:b"><a href=" java\tscript:x()">a</a><img src="https://x/"><script>x()</script><style>a{}</style>`;
    expect(findDangers(fromHtml(html))).toHaveLength(6);
  });
});

describe("a second build", () => {
  test(
    "makes anew what has changed, below another base too",
    async () => {
      const project = await mkdtemp(path.join(tmpdir(), "opswright-project-"));
      await cp(fixture, project, { recursive: true });
      const first = await buildSite(project, { base: "/team/ops" });
      try {
        const count = (await readLibrary(project)).runbooks.size;
        expect(first.log).toContain(`${count} runbooks, ${count} of them new or changed`);
        const links = selectAll("a[href]", pageOf(first, "deploy")).map((a) =>
          attributeOf(a, "href"),
        );
        expect(links).toContain("/team/ops/runbooks/db/restore/#restore-the-dump");
        expect(links).toContain("/team/ops/docs/");

        const file = path.join(project, "runbooks/plain.md");
        await writeFile(file, (await readFile(file, "utf8")).replace("df -h", "df -h /var"));
        const second = await first.rebuild();
        expect(second.log).toContain(`${count} runbooks, 1 of them new or changed`);
        expect(second.log).toContain("/runbooks/deploy/index.html (restored)");
        expect(second.log).not.toContain("/runbooks/plain/index.html (restored)");
        expectSameSteps(second, await readLibrary(project));

        await rm(path.join(project, "runbooks/odd name's.md"));
        const third = await second.rebuild();
        expectSameSteps(third, await readLibrary(project));
        expect(third.pages.has("/team/ops/runbooks/odd name's/")).toBe(false);
      } finally {
        await first.remove();
        await rm(project, { recursive: true });
      }
    },
    buildTimeoutMs,
  );
});

describe("the site of our own runbooks", () => {
  test(
    "shows exactly their steps, and runs nothing",
    async () => {
      const own = await buildSite(repository);
      try {
        const runbooks = await readLibrary(repository);
        expect(expectSameSteps(own, runbooks)).toBeGreaterThan(10);
        expect(expectPlansShown(own, runbooks)).toBeGreaterThan(10);
        for (const [address, page] of own.pages) expect(findDangers(page), address).toEqual([]);
        expect((await readdir(own.folder)).toSorted()).toEqual(
          expect.arrayContaining(["404.html", "index.html", "runbooks"]),
        );
      } finally {
        await own.remove();
      }
    },
    buildTimeoutMs,
  );
});
