import { readFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSite, type BuiltSite } from "../site/build-site.ts";
import { findAxeViolations } from "./find-axe-violations.ts";
import { openBrowser } from "./open-browser.ts";
import { serveFolder } from "./serve-folder.ts";
import { withPage as withPageOf } from "./with-page.ts";

const fixture = path.resolve(import.meta.dirname, "../fixtures/site");
const timeoutMs = 120_000;
const phone = { width: 320, height: 640 };
const readClipboard = "navigator.clipboard.readText()";
const desktop = { width: 1280, height: 900 };

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

const otherPages = [
  ["a plain Markdown runbook", "/runbooks/plain/"],
  ["a runbook that cannot be read", "/runbooks/unreadable/"],
  ["a hostile runbook", "/runbooks/hostile/"],
  ["hostile components", "/runbooks/hostile-components/"],
  ["the documentation", "/docs/getting-started/"],
] as const;
const looks = [
  ["light", "desktop", desktop],
  ["dark", "phone", phone],
  ["dark", "desktop", desktop],
  ["light", "phone", phone],
] as const;
const cases = [
  ...looks.map((look) => ["the first page", "/", ...look] as const),
  ...looks.map((look) => ["a runbook", "/runbooks/deploy/", ...look] as const),
  ...otherPages.flatMap((page) => looks.slice(0, 2).map((look) => [...page, ...look] as const)),
];

describe("every page", () => {
  test.each(cases)(
    "is open to everybody: %s (%s), %s on a %s",
    async (_name, address, colorScheme, _device, viewport) => {
      await withPage(address, { colorScheme, viewport }, async (page, complaints) => {
        const violations = await findAxeViolations(page);
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
        ).toEqual([]);
        // Nothing stands beyond the edge, where a part of a command would be missed.
        const [content, window] = await page.evaluate<readonly [number, number]>(
          "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
        );
        expect(content).toBe(window);
        expect(complaints).toEqual([]);
      });
    },
    timeoutMs,
  );
});

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
        expect(await page.locator("[data-outline=push]").first().isVisible()).toBe(true);
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
