import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildSite, type BuiltSite } from "../site/build-site.ts";
import { openBrowser } from "./open-browser.ts";
import { serveFolder } from "./serve-folder.ts";

const fixture = path.resolve(import.meta.dirname, "../fixtures/site");
const address = "/runbooks/deploy/";
const timeoutMs = 120_000;

let site: BuiltSite;
let server: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
  site = await buildSite(fixture);
  server = await serveFolder(site.folder);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await site?.remove();
});

async function open(width: number, hash = "", javaScriptEnabled = false) {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    javaScriptEnabled,
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  await page.goto(`${server.address}${address}${hash}`);
  return { page, close: () => context.close() };
}

test.each([
  ["a phone", 360, ".bar-back"],
  ["a desktop", 1280, ".rail-back"],
])(
  "the way back is one tap away on %s, wherever one is, without script",
  async (_name, width, place) => {
    const { page, close } = await open(width, "#step-revert");
    const link = page.locator(place, { hasText: "Roll back" });
    const box = await link.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual(800);
    expect(box?.height).toBeGreaterThanOrEqual(44);
    await link.click();
    expect(new URL(page.url()).hash).toBe("#procedure:rollback");
    await close();
  },
  timeoutMs,
);

test(
  "contents are folded on a phone and open on a desktop, without script",
  async () => {
    const seen = [];
    for (const width of [360, 1280]) {
      const { page, close } = await open(width);
      seen.push(await page.locator(".page-outline a").first().isVisible());
      await close();
    }
    expect(seen).toEqual([false, true]);
  },
  timeoutMs,
);

test(
  "the map leads to the steps, and its list is the way for the keyboard",
  async () => {
    const { page, close } = await open(1280);
    const map = page.locator("[data-procedure=deploy] svg.map");
    expect(await map.getAttribute("aria-hidden")).toBe("true");
    const links = await map.locator("a").all();
    const hrefs = await Promise.all(links.map((link) => link.getAttribute("href")));
    for (const id of ["push", "click", "revert"])
      expect(hrefs.includes(`#step-${id}`), id).toBe(id !== "revert");
    expect(hrefs).toContain("#procedure:rollback");
    expect(await map.locator("a[tabindex='-1']").count()).toBe(hrefs.length);
    await close();
  },
  timeoutMs,
);

test(
  "an included runbook is shown in place, with its commands, and folds",
  async () => {
    const { page, close } = await open(1280);
    const included = page.locator("details.included").first();
    const command = included.locator("pre code").first();
    expect(await command.isVisible()).toBe(true);
    expect(await included.locator("[data-step], [id]").count()).toBe(0);
    await included.locator("summary").click();
    expect(await command.isVisible()).toBe(false);
    await close();
  },
  timeoutMs,
);

test(
  "a link to a step leads to it, with script too",
  async () => {
    for (const javaScriptEnabled of [false, true]) {
      const { page, close } = await open(1280, "#step-revert", javaScriptEnabled);
      await page.waitForLoadState("networkidle");
      const box = await page.locator("#step-revert").boundingBox();
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect(box?.y).toBeLessThan(800);
      await close();
    }
  },
  timeoutMs,
);
