import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSite, type BuiltSite } from "../site/build-site.ts";
import { createRichProject } from "./create-rich-project.ts";
import { eachOf } from "./each-of.ts";
import { findAxeViolations } from "./find-axe-violations.ts";
import { openBrowser } from "./open-browser.ts";
import { samplePages } from "./sample-pages.ts";
import { serveFolder } from "./serve-folder.ts";
import { withPage, type ShownSite } from "./with-page.ts";

const timeoutMs = 240_000;
const runbook = "/runbooks/deploy/";
const desktop = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const smallPhone = { width: 320, height: 640 };
/** Colours know nothing of widths: each scheme and each width is here, not each pair of them. */
const looks = [
  { colorScheme: "light", viewport: desktop },
  { colorScheme: "dark", viewport: phone },
] as const;

let project: Awaited<ReturnType<typeof createRichProject>>;
let site: BuiltSite;
let server: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;
let shown: ShownSite;

beforeAll(async () => {
  browser = await openBrowser();
  project = await createRichProject();
  site = await buildSite(project.root);
  server = await serveFolder(site.folder);
  shown = { browser, origin: server.address };
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await site?.remove();
  await project?.remove();
});

/** What axe and the eye would stumble over, in each look: rule, element and look. */
async function findBarriers(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { colorScheme, viewport } of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    const look = `${colorScheme} ${viewport.width}`;
    const violations = await findAxeViolations(page);
    for (const { id, nodes } of violations)
      for (const { html, failureSummary = "" } of nodes)
        found.push(`${look} ${id}: ${html} ${failureSummary.replace(/\s+/g, " ")}`);
    found.push(...(await findOverflow(page, look)));
  }
  await page.setViewportSize(smallPhone);
  found.push(...(await findOverflow(page, "small phone")));
  return found;
}

/** Says what stands beyond the window's edge, where a part of a command would be missed. */
async function findOverflow(page: Page, look: string): Promise<readonly string[]> {
  const beyond = await page.evaluate<readonly string[]>(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 0.5,
    );
    return wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120));
  })()`);
  return beyond.map((html) => `${look} too wide: ${html}`);
}

describe("every kind of page", () => {
  test(
    "has no barrier that axe knows, in light and dark, on desktop and phones",
    async () => {
      const pages = samplePages(site);
      expect(pages.length).toBeGreaterThan(8);
      await eachOf(pages, async (address) => {
        await withPage(shown, address, {}, async (page, complaints) => {
          expect(await findBarriers(page), address).toEqual([]);
          expect(complaints, address).toEqual([]);
        });
      });
    },
    timeoutMs * 3,
  );

  test(
    "fits at twice its size, be it the window's zoom or the text alone",
    async () => {
      await eachOf(samplePages(site, 6), async (address) => {
        const zoomed = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 };
        await withPage(shown, address, zoomed, async (page) => {
          expect(await findOverflow(page, "zoom"), address).toEqual([]);
          await page.setViewportSize(desktop);
          await page.evaluate("document.documentElement.style.fontSize = '200%'");
          expect(await findOverflow(page, "text"), address).toEqual([]);
        });
      });
    },
    timeoutMs,
  );
});

describe("what opens on a page has no barrier either", () => {
  test(
    "the search, before and after something was found",
    async () => {
      await withPage(shown, "/", {}, async (page) => {
        await page.keyboard.press("/");
        await page.locator(".search-filters").waitFor();
        expect(await findBarriers(page)).toEqual([]);
        await page.locator(".search input").fill("git");
        await page.locator(".search-result").first().waitFor();
        expect(await findBarriers(page)).toEqual([]);
      });
    },
    timeoutMs,
  );

  test(
    "the list of keys",
    async () => {
      await withPage(shown, runbook, {}, async (page) => {
        await page.keyboard.press("?");
        await page.locator("dialog[data-keys]").waitFor();
        expect(await findBarriers(page)).toEqual([]);
      });
    },
    timeoutMs,
  );

  test(
    "inputs that hold what they may not",
    async () => {
      await withPage(shown, "/runbooks/queue/", {}, async (page) => {
        await page.locator("[data-input-name=LIMIT]").fill("many");
        await page.locator("[data-input-name=NODE]").fill("BLUE 2");
        await page.keyboard.press("Tab");
        expect(await page.locator("[aria-invalid=true]").count()).toBe(2);
        expect(await findBarriers(page)).toEqual([]);
      });
    },
    timeoutMs,
  );
});

/** The elements that a keyboard must reach; of a group of radio buttons that is the chosen one. */
const controls =
  "a[href], button, summary, select, textarea, input:not([type=hidden], [type=radio]), input[type=radio]:checked";

/** What has the focus, whether that can be seen, and whether something else covers it. */
interface Stop {
  readonly index: number;
  readonly name: string;
  readonly isSeen: boolean;
  readonly isCovered: boolean;
}

/** Goes through a page by Tab alone until it begins anew. */
async function walk(page: Page): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  for (;;) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate<Stop | null>(`(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return null;
      const all = [...document.querySelectorAll(${JSON.stringify(controls)})];
      const hasRing = (style) =>
        (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
      const around = [focused, focused.parentElement, focused.closest("label, form, li")].filter(Boolean);
      const { left, top, width, height } = focused.getBoundingClientRect();
      const above = document.elementFromPoint(left + Math.min(width, 40) / 2, top + Math.min(height, 20) / 2);
      return {
        index: all.indexOf(focused),
        name: focused.outerHTML.slice(0, 100),
        isSeen: around.some((one) => hasRing(getComputedStyle(one)) || hasRing(getComputedStyle(one, "::after"))),
        isCovered: above === null || !(focused.contains(above) || above.contains(focused) || above.closest("label") === focused.closest("label")),
      };
    })()`);
    if (stop === null || (stops.length > 0 && stop.index === stops[0]?.index)) return stops;
    stops.push(stop);
    if (stops.length > 600) throw new Error(`The focus never comes back: ${stop.name}`);
  }
}

describe("the keyboard alone", () => {
  test.each([
    ["/", desktop],
    [runbook, desktop],
    [runbook, phone],
  ] as const)(
    "reaches every control of %s, seen and uncovered",
    async (address, viewport) => {
      await withPage(shown, address, { viewport }, async (page) => {
        const stops = await walk(page);
        expect(stops[0]?.name).toContain('class="skip"');
        const reached = new Set(stops.map(({ index }) => index));
        const missed = await page.evaluate<readonly string[]>(`(() => {
          const reached = new Set(${JSON.stringify([...reached])});
          return [...document.querySelectorAll(${JSON.stringify(controls)})]
            .map((element, index) => [element, index])
            .filter(([element, index]) => !reached.has(index) && element.tabIndex >= 0 && !element.disabled && element.checkVisibility())
            .map(([element]) => element.outerHTML.slice(0, 100));
        })()`);
        expect(missed).toEqual([]);
        expect(stops.filter(({ isSeen }) => !isSeen).map(({ name }) => name)).toEqual([]);
        expect(stops.filter(({ isCovered }) => isCovered).map(({ name }) => name)).toEqual([]);
      });
    },
    timeoutMs,
  );

  test(
    "skips to the content",
    async () => {
      await withPage(shown, runbook, {}, async (page) => {
        await page.keyboard.press("Tab");
        expect(await page.locator(".skip").isVisible()).toBe(true);
        await page.keyboard.press("Enter");
        await page.keyboard.press("Tab");
        const isInside = await page.evaluate<boolean>(
          "document.querySelector('main').contains(document.activeElement)",
        );
        expect(isInside).toBe(true);
      });
    },
    timeoutMs,
  );
});

describe("on paper", () => {
  test(
    "there is no navigation and nothing to press, and every step and alternative is there",
    async () => {
      await withPage(shown, runbook, {}, async (page) => {
        await page.emulateMedia({ media: "print" });
        const seen = await page.evaluate<readonly string[]>(
          `[...document.querySelectorAll("nav, button, .skip, dialog, [data-bar], .site-header form")]
            .filter((element) => element.checkVisibility())
            .map((element) => element.outerHTML.slice(0, 100))`,
        );
        expect(seen).toEqual([]);
        const steps = page.locator("[data-runbook] [data-step]");
        expect(await steps.count()).toBeGreaterThan(10);
        for (const step of await steps.all()) {
          expect(await step.isVisible(), (await step.getAttribute("id")) ?? "").toBe(true);
        }
        for (const command of await page.locator("[data-script] code").all()) {
          expect(await command.isVisible()).toBe(true);
        }
      });
    },
    timeoutMs,
  );
});

/** What somebody reads, copies and follows on a page. */
async function readPage(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    // With script, values stand where without it the names of the inputs do.
    const textOf = (element) => {
      const copy = element.cloneNode(true);
      for (const slot of copy.querySelectorAll("[data-input]")) slot.textContent = slot.dataset.input;
      return copy.textContent.trim();
    };
    const texts = (selector) =>
      [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).map(textOf);
    return {
      commands: texts("main :is([data-script], [data-expectation]) pre code"),
      headings: texts("main :is(h1, h2, h3, h4)"),
      steps: texts("main [data-step] [data-title]"),
      links: [...document.querySelectorAll("main a[href]")].map((one) => one.getAttribute("href")),
    };
  })()`);
}

describe("without JavaScript", () => {
  test(
    "each page has the same commands, headings, steps and links, and no button that does nothing",
    async () => {
      // Each twice, and to its last request: some of the runbooks must do.
      const some = [...new Set([runbook, ...samplePages(site, 3)])];
      await eachOf(some, async (address) => {
        const read: unknown[] = [];
        for (const javaScriptEnabled of [true, false]) {
          await withPage(shown, address, { javaScriptEnabled }, async (page) => {
            // What is loaded when it is needed has its say too.
            await page.waitForLoadState("networkidle");
            read.push(await readPage(page));
            if (javaScriptEnabled) return;
            const dead = page.locator("button:not([popovertarget], [commandfor]):visible");
            expect(await dead.count(), address).toBe(0);
          });
        }
        expect(read[1], address).toEqual(read[0]);
        expect(JSON.stringify(read[1]), address).toMatch(/"(?:headings|links)":\["/);
      });
    },
    timeoutMs,
  );
});
