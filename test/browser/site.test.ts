import { readFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSite, type BuiltSite } from "../site/build-site.ts";
import { openBrowser } from "./open-browser.ts";
import { serveFolder } from "./serve-folder.ts";
import { withPage as withPageOf } from "./with-page.ts";

const fixture = path.resolve(import.meta.dirname, "../fixtures/site");
const timeoutMs = 120_000;
const readClipboard = "navigator.clipboard.readText()";

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

const withPage = (
  address: string,
  options: BrowserContextOptions,
  act: Parameters<typeof withPageOf>[3],
): Promise<void> => withPageOf({ browser, origin: server.address }, address, options, act);

describe("a runbook's page", () => {
  const address = "/runbooks/deploy/";

  test(
    "copies a command as it stands",
    async () => {
      const permissions = ["clipboard-read", "clipboard-write"];
      await withPage(address, { permissions }, async (page) => {
        await page.locator("#step-push .copyable").getByRole("button").click();
        await page.locator("#step-push").getByText("Copied").first().waitFor();
        expect(await page.evaluate<string>(readClipboard)).toBe(
          'git push --force origin "automatic"',
        );
        await page.locator("#step-push .cli").getByRole("button").click();
        expect(await page.evaluate<string>(readClipboard)).toBe("opswright run deploy#push");
      });
    },
    timeoutMs,
  );

  test.each([true, false])(
    "shows one alternative at a time, scripts allowed: %s",
    async (javaScriptEnabled) => {
      await withPage(address, { javaScriptEnabled }, async (page) => {
        const [automatic, manual] = [page.locator("#step-push"), page.locator("#step-click")];
        expect([await automatic.isVisible(), await manual.isVisible()]).toEqual([true, false]);
        await page.getByRole("radio", { name: "By hand" }).check();
        expect([await automatic.isVisible(), await manual.isVisible()]).toEqual([false, true]);
        const copyable = await page.locator("[data-copy]").count();
        expect(copyable).toBeGreaterThan(10);
        const buttons = page.locator(".copy[aria-label^='Copy ']:not([aria-label^='Copy as '])");
        expect(await buttons.count()).toBe(javaScriptEnabled ? copyable : 0);
      });
    },
    timeoutMs,
  );

  test(
    "opens the alternative that a link leads into",
    async () => {
      await withPage(`${address}#step-click`, {}, async (page) => {
        expect(await page.locator("#step-click").isVisible()).toBe(true);
      });
    },
    timeoutMs,
  );

  test(
    "prints every alternative and every step of the procedures",
    async () => {
      await withPage(address, {}, async (page) => {
        await page.emulateMedia({ media: "print" });
        expect(await page.locator("#step-push").isVisible()).toBe(true);
        expect(await page.locator("#step-click").isVisible()).toBe(true);
        // The drawing says it shorter, and a list of signs would look like boxes to tick.
        expect(await page.locator(".map").first().isVisible()).toBe(true);
        expect(await page.locator("[data-outline=push]").first().isVisible()).toBe(false);
        expect(await page.locator(".copy").first().isVisible()).toBe(false);
      });
    },
    timeoutMs,
  );

  test("is light enough for a bad connection", async () => {
    const html = await readFile(path.join(site.folder, `${address}index.html`));
    const files = [...html.toString().matchAll(/\/_astro\/[^"]+/g)].map(([file]) => file);
    expect(files.some((file) => file.endsWith(".js"))).toBe(true);
    const read = (names: Iterable<string>): Promise<Buffer[]> =>
      Promise.all([...names].map((file) => readFile(path.join(site.folder, file))));
    const named = await read(files);
    // What those scripts import themselves; what is loaded only when it is wanted does not count.
    const imported = new Set(
      named.flatMap((text) =>
        [...text.toString().matchAll(/from"\.(\/[^"]+\.js)"/g)].map(([, name]) => `/_astro${name}`),
      ),
    );
    const assets = [...named, ...(await read(imported))];
    const sent = [html, ...assets].map((body) => gzipSync(body).length);
    expect(html.length).toBeLessThanOrEqual(40_960);
    expect(sent.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(30_720);
  });
});
