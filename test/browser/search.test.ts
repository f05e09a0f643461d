import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSite, type BuiltSite } from "../site/build-site.ts";
import { openBrowser } from "./open-browser.ts";
import { serveFolder } from "./serve-folder.ts";
import { withPage, type ShownSite } from "./with-page.ts";

const fixture = path.resolve(import.meta.dirname, "../fixtures/site");
const base = "/team/ops";
const runbook = `${base}/runbooks/deploy/`;
const timeoutMs = 120_000;
const field = ".search input";
const links = ".search-results a";

/** One word, at each of the places where a runbook may have it; each is longer than it must be. */
const ranked = {
  title: "# The walrus\n\nNothing to be said of it here.\n",
  heading: "# A heading\n\n## The walrus below\n\nNothing to be said of it here.\n",
  command: "# A command\n\n```bash\nfeed walrus\n```\n\nNothing to be said of it here.\n",
  text: "# A text\n\nThe walrus is no runbook. Nothing to be said of it here.\n",
};

let folder: string;
let site: BuiltSite;
let server: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;
let shown: ShownSite;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "opswright-search-"));
  const project = path.join(folder, "project");
  await cp(fixture, project, { recursive: true });
  for (const [name, text] of Object.entries(ranked)) {
    await writeFile(path.join(project, `runbooks/walrus-${name}.md`), text);
  }
  for (let number = 0; number < 12; number++) {
    const facts = `services: [fleet]\ntags: [many]\nseverity: sev${(number % 3) + 1}\nalerts: [Full${number}]`;
    const text = `---\ntitle: Vessel ${number}\n${facts}\n---\n\n\`\`\`bash\nspyglass --turn --depth ${number}\n\`\`\`\n`;
    await writeFile(path.join(project, `runbooks/vessel-${number}.md`), text);
  }
  browser = await openBrowser();
  site = await buildSite(project, { base });
  const served = path.join(folder, "served");
  await mkdir(path.join(served, "team"), { recursive: true });
  await symlink(site.folder, path.join(served, base));
  server = await serveFolder(served);
  shown = { browser, origin: server.address };
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await site?.remove();
  await rm(folder, { recursive: true, force: true });
});

async function searchFor(page: Page, words: string): Promise<void> {
  if (!(await page.locator(".search").isVisible())) await page.keyboard.press("/");
  await page.locator(field).fill(words);
  await page.locator(".search-note", { hasText: /page|Nothing/ }).waitFor();
  // The answer to these words, not to those before.
  await page.waitForFunction(
    `document.querySelector(".search").dataset.answered === ${JSON.stringify(words)}`,
  );
}

async function addressesOf(page: Page): Promise<readonly string[]> {
  const found = await page.locator(links).all();
  return Promise.all(found.map(async (link) => (await link.getAttribute("href")) ?? ""));
}

async function titlesOf(page: Page): Promise<readonly string[]> {
  return page.locator(".search-result > a .search-title").allTextContents();
}

describe("the search", () => {
  test(
    "loads nothing before it is opened, and then only from its own site",
    async () => {
      await withPage(shown, runbook, {}, async (page, complaints) => {
        const requests: string[] = [];
        page.on("request", (request) => requests.push(request.url()));
        await page.reload({ waitUntil: "networkidle" });
        expect(requests.length).toBeGreaterThan(2);
        const isSearch = (url: string): boolean => /pagefind|search-dialog/.test(url);
        expect(requests.filter(isSearch)).toEqual([]);
        await searchFor(page, "git");
        expect(requests.filter(isSearch).length).toBeGreaterThan(4);
        expect(requests.filter((url) => !url.startsWith(`${server.address}${base}/`))).toEqual([]);
        expect(complaints).toEqual([]);
      });
    },
    timeoutMs,
  );

  test(
    "opens by its button, by / and by Ctrl+K, to be typed into; Escape closes it",
    async () => {
      await withPage(shown, runbook, {}, async (page) => {
        const dialog = page.locator(".search");
        const button = page.getByRole("button", { name: "Search" });
        for (const open of [
          () => button.click(),
          () => page.keyboard.press("/"),
          () => page.keyboard.press("Control+k"),
        ]) {
          expect(await dialog.isVisible()).toBe(false);
          await open();
          await dialog.locator(".search-filters").waitFor();
          expect(await page.locator(`${field}:focus`).count()).toBe(1);
          // Typed, it is a letter like any other.
          await page.keyboard.type("a/b");
          expect(await page.locator(field).inputValue()).toBe("a/b");
          await page.keyboard.press("Escape");
          await dialog.waitFor({ state: "hidden" });
        }
        await button.click();
        await page.keyboard.press("Escape");
        expect(await page.locator("[data-open-search]:focus").count()).toBe(1);
      });
    },
    timeoutMs,
  );

  test(
    "opens again by / at once after it was closed, when its field still has the focus",
    async () => {
      await withPage(shown, runbook, {}, async (page) => {
        await page.keyboard.press("/");
        await page.locator(`${field}:focus`).waitFor();
        const [hasFocus, isOpen] = await page.evaluate<readonly boolean[]>(`(() => {
          const dialog = document.querySelector(".search");
          dialog.close();
          const focused = document.activeElement;
          focused.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true }));
          return [dialog.contains(focused), dialog.open];
        })()`);
        expect(hasFocus).toBe(true);
        expect(isOpen).toBe(true);
      });
    },
    timeoutMs,
  );

  test.each([
    ["git push --force", "runbooks/deploy/#step-push"],
    ['"git push"', "runbooks/deploy/#step-push"],
    ["--force", "runbooks/deploy/#step-push"],
    ["$METHOD", "runbooks/deploy/#step-push"],
    ["pg_restore", "runbooks/db/restore/#step-restore-the-dump"],
    ["--dbname", "runbooks/db/restore/#step-restore-the-dump"],
    ["DATABASE_URL", "runbooks/db/restore/#step-restore-the-dump"],
    ["localhost:8080", "runbooks/deploy/#step-verify"],
    ["8080/health", "runbooks/deploy/#step-verify"],
    ["kubectl del", "runbooks/plain/#step-free-space-1"],
    ["Deploy the shop", "runbooks/deploy/"],
    ["rollback", "runbooks/deploy/"],
    ["Platform team", "runbooks/deploy/"],
    ["An odd name", "runbooks/odd%20name's/"],
  ])(
    "finds %s",
    async (words, address) => {
      await withPage(shown, `${base}/`, {}, async (page) => {
        await searchFor(page, words);
        const found = await addressesOf(page);
        expect(found).toContain(`${base}/${address}`);
        await page
          .locator(links)
          .nth(found.indexOf(`${base}/${address}`))
          .click();
        await page.waitForURL(`**/${address}`);
        const anchor = new URL(page.url()).hash.slice(1);
        expect(await page.locator("h1").count()).toBe(1);
        if (anchor !== "") expect(await page.locator(`[id="${anchor}"]`).count()).toBe(1);
      });
    },
    timeoutMs,
  );

  test(
    "shows the words where they stand, and of a step only what it runs",
    async () => {
      await withPage(shown, `${base}/`, {}, async (page) => {
        await searchFor(page, "push --force");
        expect(await page.locator(".search-result > a").first().textContent()).toBe(
          "Deploy the shop Runbook · shop · SEV2",
        );
        const step = page.locator(".search-step");
        expect(await step.locator(".search-excerpt").textContent()).toBe(
          'git push --force origin "$METHOD"',
        );
        expect(await step.locator("mark").allTextContents()).toEqual(["push", "--force"]);
      });
    },
    timeoutMs,
  );

  test(
    "puts titles before headings, headings before commands, commands before text",
    async () => {
      await withPage(shown, `${base}/`, {}, async (page) => {
        await searchFor(page, "walrus");
        expect(await titlesOf(page)).toEqual(["The walrus", "A heading", "A command", "A text"]);
      });
    },
    timeoutMs,
  );

  test(
    "puts runbooks before rules and documentation that have the words too",
    async () => {
      await withPage(shown, `${base}/`, {}, async (page) => {
        await searchFor(page, "restore");
        expect((await titlesOf(page)).slice(0, 2)).toEqual(["Restore", "Deploy the shop"]);
        const kinds = await page.locator(".search-result > a .search-facts").allTextContents();
        const isRunbook = kinds.map((kind) => kind.startsWith("Runbook"));
        expect(new Set(isRunbook).size).toBe(2);
        expect(isRunbook).toEqual(isRunbook.toSorted((one, other) => Number(other) - Number(one)));
      });
    },
    timeoutMs,
  );

  test(
    "shows what a hostile runbook wrote, and obeys none of it",
    async () => {
      await withPage(shown, `${base}/`, {}, async (page, complaints) => {
        await searchFor(page, "pwned");
        expect(await titlesOf(page)).toContain("<script>pwned()</script> Hostile");
        const made = await page.locator(".search :is(script, img, svg, iframe, style)").count();
        expect(made).toBe(0);
        const addresses = await addressesOf(page);
        expect(addresses.filter((one) => !one.startsWith(`${base}/`))).toEqual([]);
        expect(complaints).toEqual([]);
      });
    },
    timeoutMs,
  );
});

describe("the search's keys", () => {
  test(
    "move through what was found, and open it",
    async () => {
      await withPage(shown, `${base}/`, {}, async (page) => {
        await searchFor(page, "spyglass turn");
        const focused = (): Promise<string | null> => page.locator(":focus").getAttribute("href");
        const found = await addressesOf(page);
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowDown");
        expect(await focused()).toBe(found[1]);
        await page.keyboard.press("End");
        expect(await focused()).toBe(found.at(-1));
        await page.keyboard.press("Home");
        expect(await focused()).toBe(found[0]);
        await page.keyboard.press("ArrowUp");
        expect(await page.locator(`${field}:focus`).count()).toBe(1);
        await page.keyboard.press("ArrowDown");
        // A letter goes on with the words, wherever one stands.
        await page.keyboard.type("s");
        expect(await page.locator(field).inputValue()).toBe("spyglass turns");
        await page.keyboard.press("Enter");
        await page.waitForURL(`${server.address}${found[0]}`);
      });
    },
    timeoutMs,
  );

  test(
    "reach the filters and what else there is, in order",
    async () => {
      await withPage(shown, `${base}/`, {}, async (page) => {
        await searchFor(page, "spyglass");
        const names: (string | null)[] = [];
        for (let press = 0; press < 8; press++) {
          await page.keyboard.press("Tab");
          names.push(
            await page.evaluate<string | null>(
              "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()",
            ),
          );
        }
        expect(names.slice(0, 7)).toEqual([
          "Close",
          ...["kind", "service", "severity", "status", "tag", "alert"].map(
            (name) => `Filter by ${name}`,
          ),
        ]);
        expect(names[7]).toMatch(/^Vessel/);
      });
    },
    timeoutMs,
  );
});

describe("the search's filters", () => {
  test(
    "narrow what was found, count what each would leave, and stand alone",
    async () => {
      await withPage(shown, `${base}/`, {}, async (page) => {
        await searchFor(page, "spyglass");
        const status = page.locator(".search-body [role=status]");
        expect(await status.textContent()).toBe("8 of 12 pages");
        const severity = page.getByLabel("Filter by severity");
        expect(await severity.locator("option").allTextContents()).toEqual([
          "Any severity",
          "sev1 (4)",
          "sev2 (4)",
          "sev3 (4)",
        ]);
        await severity.selectOption("sev2");
        await page.getByText("4 pages", { exact: true }).waitFor();
        await page.locator(field).fill("");
        // The shop's runbook is of that severity too.
        await page.getByText("5 pages", { exact: true }).waitFor();
        await page.getByLabel("Filter by service").selectOption("shop");
        await page.getByText("1 page", { exact: true }).waitFor();
        expect(await titlesOf(page)).toEqual(["Deploy the shop"]);
        await page.getByLabel("Filter by kind").selectOption("documentation");
        await page.getByText("Nothing has all of these filters.").waitFor();
        await page.locator(field).fill("spyglass");
        await page.getByText("Nothing has “spyglass” and all of these filters.").waitFor();
        await page.getByRole("button", { name: "Clear the filters" }).click();
        await page.getByText("8 of 12 pages").waitFor();
        await page.getByLabel("Filter by alert").selectOption("Full7");
        await page.getByText("1 page", { exact: true }).waitFor();
        expect(await titlesOf(page)).toEqual(["Vessel 7"]);
        await page.getByLabel("Filter by alert").selectOption("");
        await page.getByLabel("Filter by tag").selectOption("many");
        await page.getByText("8 of 12 pages").waitFor();
      });
    },
    timeoutMs,
  );

  test(
    "show the rest when asked, and go on from there",
    async () => {
      await withPage(shown, `${base}/`, {}, async (page) => {
        await searchFor(page, "spyglass");
        expect(await page.locator(".search-result").count()).toBe(8);
        await page.getByRole("button", { name: "Show more" }).click();
        await page.getByText("12 pages", { exact: true }).waitFor();
        const titles = await titlesOf(page);
        expect(new Set(titles).size).toBe(12);
        expect(await page.locator(":focus .search-title").textContent()).toBe(titles[8]);
        expect(await page.getByRole("button", { name: "Show more" }).isVisible()).toBe(false);
      });
    },
    timeoutMs,
  );
});

describe("the search says in words", () => {
  test(
    "what it is for, and that nothing was found",
    async () => {
      await withPage(shown, `${base}/`, {}, async (page) => {
        await page.keyboard.press("/");
        await page.getByText("Search titles, steps and commands").waitFor();
        await searchFor(page, "<quagga>");
        const status = page.locator(".search-body [role=status]");
        // The words come once the index has been asked.
        await status.filter({ hasText: "Nothing has" }).waitFor();
        expect(await status.textContent()).toBe(
          "Nothing has “<quagga>”. Try fewer or shorter words.",
        );
      });
    },
    timeoutMs,
  );

  test(
    "that its index could not be loaded, and tries again",
    async () => {
      await withPage(shown, `${base}/`, {}, async (page) => {
        await page.route("**/pagefind/**", (route) => route.abort());
        await page.keyboard.press("/");
        await page.getByText("The index could not be loaded").waitFor();
        await page.unroute("**/pagefind/**");
        await page.locator(field).fill("spyglass");
        await page.getByRole("button", { name: "Try again" }).click();
        await page.getByText("8 of 12 pages").waitFor();
        expect(await page.getByRole("button", { name: "Try again" }).isVisible()).toBe(false);
      });
    },
    timeoutMs,
  );

  test(
    "that it could not be loaded itself, and can be opened again",
    async () => {
      await withPage(shown, `${base}/`, {}, async (page) => {
        await page.route("**/search-dialog*", (route) => route.abort());
        for (let time = 0; time < 2; time++) {
          await page.keyboard.press("/");
          await page.getByText("The search could not be loaded.").waitFor();
          expect(await page.locator(".search-note").count()).toBe(1);
          await page.keyboard.press("Escape");
          await page.locator(".search").waitFor({ state: "hidden" });
        }
      });
    },
    timeoutMs,
  );

  test(
    "that it needs JavaScript where there is none",
    async () => {
      await withPage(shown, runbook, { javaScriptEnabled: false }, async (page) => {
        const dialog = page.locator(".search");
        expect(await dialog.isVisible()).toBe(false);
        await page.getByRole("button", { name: "Search" }).click();
        expect(await dialog.isVisible()).toBe(true);
        expect(await page.locator(field).isVisible()).toBe(false);
        const link = dialog.getByRole("link", { name: "the first page" });
        expect(await link.getAttribute("href")).toBe(`${base}/`);
      });
    },
    timeoutMs,
  );
});

describe("the search on a phone", () => {
  test(
    "takes the whole window and no more, and puts the keyboard away",
    async () => {
      const options = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };
      await withPage(shown, runbook, options, async (page) => {
        await page.getByRole("button", { name: "Search" }).tap();
        await searchFor(page, "spyglass");
        expect(await page.locator(".search").boundingBox()).toEqual({
          x: 0,
          y: 0,
          width: 320,
          height: 640,
        });
        const [content, window] = await page.evaluate<readonly [number, number]>(
          "(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])(document.querySelector('.search-body'))",
        );
        expect(content).toBe(window);
        await page.keyboard.press("Enter");
        expect(await page.locator(`${field}:focus`).count()).toBe(0);
        expect(page.url()).toBe(`${server.address}${runbook}`);
        await page.getByRole("button", { name: "Close" }).tap();
        await page.locator(".search").waitFor({ state: "hidden" });
      });
    },
    timeoutMs,
  );
});
