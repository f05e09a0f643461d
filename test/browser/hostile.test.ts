import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSite, type BuiltSite } from "../site/build-site.ts";
import { writeHostileProject, type HostileProject } from "../site/hostile-runbooks.ts";
import { eachOf } from "./each-of.ts";
import { openBrowser } from "./open-browser.ts";
import { serveFolder } from "./serve-folder.ts";

const timeoutMs = 240_000;

let project: HostileProject;
let site: BuiltSite;
let server: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;

beforeAll(async () => {
  project = await writeHostileProject();
  browser = await openBrowser();
  site = await buildSite(project.root);
  server = await serveFolder(site.folder);
}, timeoutMs);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await site?.remove();
  await project?.remove();
});

/** Does to a page what a reader might: opens all, points at all, presses all buttons. */
const useEverything = `(() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const element of document.querySelectorAll("main *")) {
    for (const type of ["mouseover", "mouseenter", "focus", "focusin", "toggle", "load", "error", "animationstart", "pointerdown", "keydown"]) {
      element.dispatchEvent(new Event(type, { bubbles: type === "mouseover" }));
    }
  }
  for (const link of document.querySelectorAll("main a")) {
    if (/^(?!https?:|mailto:|tel:)/i.test(link.protocol)) link.click();
  }
})()`;

function isOfRules(address: string): boolean {
  return /^\/rules\/./.test(address);
}

interface Visit {
  /** What ran, opened a dialog, or asked for something elsewhere; empty where all is well. */
  readonly acts: readonly string[];
  readonly addresses: readonly string[];
}

async function visit(address: string, bypassCSP: boolean): Promise<Visit> {
  // Without the page's policy, what is left is what the text was made into.
  // What is kept for reading offline has a test of its own, and would be fetched for each window.
  const context = await browser.newContext({ bypassCSP, serviceWorkers: "block" });
  const acts: string[] = [];
  try {
    const page = await context.newPage();
    watch(page, acts);
    context.on("page", (other) => {
      acts.push(`opens ${other.url()}`);
    });
    await page.goto(`${server.address}${encodeURI(address)}`, { waitUntil: "load" });
    const before = page.url();
    await page.evaluate(useEverything);
    await page.evaluate("new Promise((resolve) => setTimeout(resolve, 50))");
    if (page.url() !== before && !page.url().startsWith(`${before}#`))
      acts.push(`goes to ${page.url()}`);
    if (await page.evaluate("'pwned' in window && window.pwned !== undefined")) acts.push("runs");
    const addresses = await page.evaluate<string[]>(
      "[...document.querySelectorAll('[href], [src], [action], [formaction], [data], [srcset]')].map((one) => one.href?.baseVal ?? one.href ?? one.src ?? String(one.getAttribute('action')))",
    );
    return { acts, addresses };
  } finally {
    await context.close();
  }
}

function watch(page: Page, acts: string[]): void {
  page.on("dialog", (dialog) => {
    acts.push(`asks ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(server.address)) acts.push(`asks ${request.url()}`);
  });
  page.on("pageerror", (error) => acts.push(String(error)));
}

describe("a site of hostile runbooks", () => {
  test.each([false, true])(
    "runs nothing and asks nobody, its policy taken away: %s",
    async (bypassCSP) => {
      expect(site.pages.size).toBeGreaterThan(6);
      // The pages of rules and of the documentation are the product's own text.
      const visited = [...site.pages.keys()].filter(
        (one) => !isOfRules(one) && !one.startsWith("/docs/"),
      );
      expect(visited.some((one) => one.startsWith("/runs/2"))).toBe(true);
      await eachOf(visited, async (address) => {
        const { acts, addresses } = await visit(address, bypassCSP);
        expect(acts, address).toEqual([]);
        const schemes = new Set(addresses.map((one) => /^[\w+.-]*:/.exec(one)?.[0] ?? ""));
        for (const scheme of ["http:", "https:", "mailto:", "tel:"]) schemes.delete(scheme);
        expect([...schemes], address).toEqual([]);
      });
    },
    timeoutMs,
  );

  test("would be told of, if something ran", async () => {
    const file = path.join(site.folder, "control.html");
    await writeFile(
      file,
      `<main><img src="https://evil.example/x" onerror="window.pwned=1"></main>`,
    );
    const { acts } = await visit("/control.html", false);
    await rm(file);
    expect(acts).toEqual(["asks https://evil.example/x", "runs"]);
  });

  test("shows the text of a document that is nested too deeply, and the others all the same", () => {
    const page = JSON.stringify(site.pages.get("/runbooks/deep/"));
    expect(page).toContain("its blocks are nested too deeply");
    expect(JSON.stringify(site.pages.get("/runbooks/tags/"))).toContain("step-tags");
  });

  test(
    "stays readable: its steps, its texts and the way back",
    async () => {
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        serviceWorkers: "block",
      });
      try {
        const page = await context.newPage();
        for (const id of ["hostile", "hostile-components"]) {
          await page.goto(`${server.address}/runbooks/${id}/`);
          expect(await page.locator("article#step-one").isVisible(), id).toBe(true);
          expect(await page.locator("#step-one [data-script]").innerText(), id).toContain(
            "<script>window.pwned=1</script>",
          );
          expect(await page.locator("header a").first().isVisible(), id).toBe(true);
          expect(await page.locator("main [data-step=forged]").count(), id).toBe(0);
        }
        await page.goto(`${server.address}/runbooks/long/`);
        const [content, view] = await page.evaluate<readonly [number, number]>(
          "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
        );
        expect(content).toBe(view);
      } finally {
        await context.close();
      }
    },
    timeoutMs,
  );

  test("has a policy on every page, first of all that is loaded", () => {
    for (const [address, page] of site.pages) {
      const html = JSON.stringify(page);
      const policy = html.indexOf("Content-Security-Policy");
      expect(policy, address).toBeGreaterThan(0);
      for (const loaded of ['"tagName":"script"', '"tagName":"link"']) {
        const first = html.indexOf(loaded);
        expect(first === -1 || first > policy, `${address} ${loaded}`).toBe(true);
      }
    }
  });

  test("writes nothing beside its folder, and no address that leads out of it", async () => {
    const beside = await readdir(path.dirname(site.folder));
    const ofWorkspace = ["docs", "node_modules", "package.json", "src", "stamp", "tsconfig.json"];
    const ofBuild = [".astro", ".gitignore", "cache", "out"];
    expect(beside.toSorted()).toEqual([...ofBuild, ...ofWorkspace].toSorted());
    for (const address of site.pages.keys()) expect(address).not.toMatch(/(?:^|\/)\.\.(?:\/|$)/);
  });

  test("shows what deceives the eye as what it is", () => {
    for (const [address, page] of site.pages) {
      if (isOfRules(address)) continue;
      expect(JSON.stringify(page), address).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/u);
    }
  });
});
