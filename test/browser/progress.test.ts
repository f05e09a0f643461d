import { readFile } from "node:fs/promises";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSite, type BuiltSite } from "../site/build-site.ts";
import { findAxeViolations } from "./find-axe-violations.ts";
import { openBrowser } from "./open-browser.ts";
import { writePracticeProject, type PracticeProject } from "./practice-project.ts";
import { serveFolder } from "./serve-folder.ts";
import { withPage as withPageOf } from "./with-page.ts";

const runbook = "/runbooks/practice/";
const timeoutMs = 120_000;
const still = { reducedMotion: "reduce" } as const;
const phone = { ...still, viewport: { width: 320, height: 640 } };
const permissions = ["clipboard-read", "clipboard-write"];

let project: PracticeProject;
let site: BuiltSite;
let server: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;

beforeAll(async () => {
  project = await writePracticeProject();
  browser = await openBrowser();
  site = await buildSite(project.root);
  server = await serveFolder(site.folder);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await site?.remove();
  await project?.remove();
});

const withPage = (
  address: string,
  options: BrowserContextOptions,
  act: Parameters<typeof withPageOf>[3],
): Promise<void> => withPageOf({ browser, origin: server.address }, address, options, act);

const box = (page: Page, step: string) => page.locator(`#step-${step} [data-done]`);
const count = (page: Page) => page.locator("[data-run] [data-run-count]").textContent();
const focused = (page: Page) => page.evaluate<string>("document.activeElement.id");

/** What a browser does that lets a page keep nothing. */
const forbidStorage = `for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
}`;
const fillStorage = `Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };`;

describe("progress", () => {
  test(
    "counts the chosen procedure's steps, keeps the marks, and leads to the next open step",
    async () => {
      await withPage(runbook, still, async (page, complaints) => {
        expect(await count(page)).toBe("0 of 6");
        await box(page, "look").check();
        await box(page, "say").check();
        expect(await count(page)).toBe("2 of 6");
        const inMap = (state: string) => page.locator(`[data-procedure=forth] .map a[${state}]`);
        expect(await inMap("data-is-done").count()).toBe(2);
        expect(await inMap("data-is-next").count()).toBe(1);
        await page.locator("[data-run] [data-next]").click();
        expect(await focused(page)).toMatch(/^step-/);
        const first = await focused(page);
        await page.locator(`[id="${first}"] [data-done]`).check();
        await page.reload();
        expect(await count(page)).toBe("3 of 6");
        expect(await box(page, "look").isChecked()).toBe(true);
        await page.locator("[data-run] [data-next]").click();
        expect(await focused(page)).toBe("step-fast-step");
        await page.locator("[data-run-procedure]").selectOption("back");
        expect(await count(page)).toBe("0 of 1");
        await page.reload();
        expect(await count(page)).toBe("0 of 1");
        expect(await page.locator("[data-run-procedure]").inputValue()).toBe("back");
        expect(complaints).toEqual([]);
      });
    },
    timeoutMs,
  );

  test(
    "goes on with the way back once that is taken, by a tap as by a key",
    async () => {
      await withPage(runbook, { ...still, viewport: { width: 390, height: 844 } }, async (page) => {
        await page.locator(".page-bar [data-rollback]").click();
        expect(new URL(page.url()).hash).toBe("#procedure:back");
        expect(await page.locator("[data-procedure=back] [data-outline]").first().isVisible()).toBe(
          true,
        );
        expect(await page.locator("[data-run-procedure]").inputValue()).toBe("back");
        expect(await count(page)).toBe("0 of 1");
        await page.locator(".page-bar [data-next]").click();
        expect(await focused(page)).toBe("step-revert");
        await page.locator("[data-run-procedure]").selectOption("forth");
        await page.locator("h1").click();
        await page.keyboard.press("r");
        expect(await count(page)).toBe("0 of 1");
      });
    },
    timeoutMs,
  );

  test.each([
    ["a Mac", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "macOS"],
    ["Linux", "Mozilla/5.0 (X11; Linux x86_64)", "Linux"],
    [
      "a phone, from which nobody runs a command",
      "Mozilla/5.0 (Linux; Android 15) Mobile",
      "Linux",
    ],
  ])(
    "begins with the reader's own system: %s",
    async (_name, userAgent, system) => {
      await withPage(runbook, { ...still, userAgent }, async (page) => {
        const chosen = page.locator("fieldset[data-choice-os] input:checked");
        expect(await chosen.getAttribute("value")).toBe(system);
      });
    },
    timeoutMs,
  );

  test(
    "follows the alternative that is chosen",
    async () => {
      await withPage(runbook, still, async (page) => {
        await box(page, "fast-step").check();
        expect(await count(page)).toBe("1 of 6");
        await page.getByRole("radio", { name: "With time" }).check();
        expect(await count(page)).toBe("0 of 6");
      });
    },
    timeoutMs,
  );

  test(
    "is reset, and the reset undone",
    async () => {
      await withPage(runbook, still, async (page) => {
        await box(page, "look").check();
        await page.locator("#step-look").getByRole("button", { name: "Note" }).click();
        await page.keyboard.type("It is there");
        await page.locator("[data-run-reset]").click();
        expect(await count(page)).toBe("0 of 6");
        expect(await box(page, "look").isChecked()).toBe(false);
        expect(await page.locator("[data-run-reset]").textContent()).toBe("Undo");
        await page.keyboard.press("Enter");
        expect(await count(page)).toBe("1 of 6");
        await page.reload();
        expect(await page.getByLabel("Note on “Look”").inputValue()).toBe("It is there");
      });
    },
    timeoutMs,
  );

  test(
    "of an older text is kept apart and told",
    async () => {
      await withPage(runbook, still, async (page, _complaints, context) => {
        await box(page, "look").check();
        await context.route("**/runbooks/practice/", async (route) => {
          const html = await readFile(`${site.folder}/runbooks/practice/index.html`, "utf8");
          const body = html.replace(/data-digest="[^"]*"/, 'data-digest="other"');
          await route.fulfill({ contentType: "text/html", body });
        });
        // What was kept by the worker is not what this is about.
        await page.evaluate(
          "navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister())))",
        );
        await page.reload();
        expect(await count(page)).toBe("0 of 6");
        const told = page.locator("[data-run-old]");
        expect(await told.textContent()).toContain("has changed since you marked 1 step");
        await told.getByRole("button").click();
        expect(await told.isVisible()).toBe(false);
        await page.reload();
        expect(await told.isVisible()).toBe(false);
      });
    },
    timeoutMs,
  );

  test(
    "is exported for the incident, with times, notes and inputs",
    async () => {
      await withPage(`${runbook}#inputs?VERSION=v1`, { ...still, permissions }, async (page) => {
        await box(page, "look").check();
        await page.locator("#step-look").getByRole("button", { name: "Note" }).click();
        await page.keyboard.type("Saw *it*");
        await page.getByRole("button", { name: "Export" }).click();
        const dialog = page.locator("dialog[data-export]");
        await dialog.waitFor();
        const violations = await findAxeViolations(page);
        expect(violations.map(({ id }) => id)).toEqual([]);
        await dialog.getByRole("button", { name: "Copy" }).click();
        await dialog.getByText("Copied.").waitFor();
        const text = await page.evaluate<string>("navigator.clipboard.readText()");
        expect(text).toContain("# Practice\n");
        expect(text).toContain(`<${server.address}${runbook}#inputs?VERSION=v1>`);
        expect(text).toContain("- `VERSION`: `v1`");
        expect(text).toMatch(
          /- \[x\] \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d Look\n {2}> Saw \\\*it\\\*/,
        );
        expect(text).toContain("- [ ] Go fast");
        expect(text).not.toContain("TOKEN");
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          dialog.getByRole("button", { name: "Download" }).click(),
        ]);
        expect(download.suggestedFilename()).toBe("practice.md");
        expect(await readFile((await download.path()) ?? "", "utf8")).toBe(text);
        await page.keyboard.press("Escape");
        await dialog.waitFor({ state: "detached" });
      });
    },
    timeoutMs,
  );

  test.each([
    ["forbids to keep anything", forbidStorage],
    ["has no room", fillStorage],
  ])(
    "works for as long as the page is open where the browser %s",
    async (_what, script) => {
      await withPage("/404.html", still, async (page, complaints) => {
        await page.addInitScript(script);
        await page.goto(`${server.address}${runbook}#inputs?VERSION=v1`);
        await box(page, "look").check();
        expect(await count(page)).toBe("1 of 6");
        expect(await page.locator("[data-run-note]").textContent()).toContain("keeps nothing");
        await page.getByRole("radio", { name: "With time" }).check();
        await page.locator("[data-theme-switch]").click();
        expect(await page.locator("html").getAttribute("data-theme")).toBe("light");
        expect(complaints).toEqual([]);
      });
    },
    timeoutMs,
  );

  test.each([
    "{",
    "null",
    '{"marks":{"step-look":{}}}',
    '{"marks":{"step-look":"<img src=x onerror=pwned=1>"}}',
  ])(
    "takes what it finds for a record only if it is one: %s",
    async (kept) => {
      await withPage(runbook, still, async (page, complaints) => {
        await box(page, "look").check();
        await page.evaluate(
          `for (const key of Object.keys(localStorage)) localStorage.setItem(key, ${JSON.stringify(kept)})`,
        );
        await page.reload();
        expect(await count(page)).toMatch(/^[01] of 6$/);
        expect(await page.evaluate("'pwned' in window")).toBe(false);
        expect(complaints).toEqual([]);
      });
    },
    timeoutMs,
  );

  test(
    "is in the bar of a phone, which leads on and back",
    async () => {
      await withPage(runbook, phone, async (page) => {
        const bar = page.locator("[data-bar]");
        await box(page, "look").check();
        expect(await bar.textContent()).toContain("1/6");
        await bar.getByRole("button").click();
        expect(await focused(page)).toMatch(/^step-/);
        await bar.locator("[data-rollback]").click();
        await page.waitForURL(/#.*(?:back|revert)/);
        const [content, view] = await page.evaluate<readonly [number, number]>(
          "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
        );
        expect(content).toBe(view);
      });
    },
    timeoutMs,
  );
});

describe("keys", () => {
  test(
    "go through the steps, mark, copy, and lead back",
    async () => {
      await withPage(runbook, { ...still, permissions }, async (page) => {
        const steps = await page.evaluate<string[]>(
          "[...document.querySelectorAll('[data-step]')].filter((step) => step.checkVisibility()).map(({ id }) => id)",
        );
        await page.keyboard.press("j");
        expect(await focused(page)).toBe(steps[0]);
        await page.keyboard.press("j");
        expect(await focused(page)).toBe("step-look");
        const outline = await page.evaluate<string>(
          "getComputedStyle(document.activeElement).outlineStyle",
        );
        expect(outline).toBe("solid");
        await page.keyboard.press("x");
        expect(await box(page, "look").isChecked()).toBe(true);
        await page.keyboard.press("c");
        await page.locator("#step-look").getByText("Copied").first().waitFor();
        expect(await page.evaluate<string>("navigator.clipboard.readText()")).toContain("git show");
        await page.keyboard.press("k");
        expect(await focused(page)).toBe(steps[0]);
        await page.keyboard.press("x");
        await page.keyboard.press("n");
        expect(await focused(page)).toBe("step-say");
        await page.keyboard.press("r");
        await page.waitForURL(/#.*(?:back|revert)/);
        await page.keyboard.press("g");
        await page.keyboard.press("h");
        await page.waitForURL(`${server.address}/`);
      });
    },
    timeoutMs,
  );

  test(
    "are listed by ?, and what is listed is what there is",
    async () => {
      await withPage(runbook, still, async (page) => {
        await page.keyboard.press("?");
        const dialog = page.locator("dialog[data-keys]");
        await dialog.waitFor();
        const listed = await dialog.locator("kbd").allTextContents();
        expect(listed).toEqual(["j", "k", "n", "x", "c", "r", "/", "Ctrl K", "g h", "?"]);
        const violations = await findAxeViolations(page);
        expect(violations.map(({ id }) => id)).toEqual([]);
        await page.keyboard.press("j");
        expect(await focused(page)).not.toMatch(/^step-/);
        await page.keyboard.press("Escape");
        expect(await dialog.isVisible()).toBe(false);
        await page.getByRole("button", { name: "Keys" }).click();
        await dialog.waitFor();
        expect(await dialog.isVisible()).toBe(true);
      });
    },
    timeoutMs,
  );

  test(
    "are letters while one types",
    async () => {
      await withPage(runbook, still, async (page) => {
        await page.getByLabel("WORDS").focus();
        await page.keyboard.type("jxn?ghr");
        expect(await page.getByLabel("WORDS").inputValue()).toBe("jxn?ghr");
        expect(await page.locator("dialog[open]").count()).toBe(0);
        expect(await count(page)).toBe("0 of 6");
        expect(new URL(page.url()).pathname).toBe(runbook);
        await page.keyboard.press("Tab");
        await page.keyboard.press("Control+j");
        expect(await focused(page)).not.toMatch(/^step-/);
      });
    },
    timeoutMs,
  );
});

describe("the theme", () => {
  const paper = "getComputedStyle(document.body).backgroundColor";

  test(
    "is the system's until it is chosen, and then stays, from the first paint on",
    async () => {
      await withPage(runbook, { colorScheme: "light" }, async (page) => {
        const light = await page.evaluate<string>(paper);
        await page.emulateMedia({ colorScheme: "dark" });
        const dark = await page.evaluate<string>(paper);
        expect(dark).not.toBe(light);
        const button = page.getByRole("button", { name: "Theme: as the system" });
        await button.click();
        expect(await page.evaluate<string>(paper)).toBe(light);
        await page.getByRole("button", { name: "Theme: light" }).click();
        await page.emulateMedia({ colorScheme: "light" });
        expect(await page.evaluate<string>(paper)).toBe(dark);
        await page.goto(`${server.address}/`, { waitUntil: "commit" });
        await page.waitForSelector("body", { state: "attached" });
        expect(await page.evaluate<string>(paper)).toBe(dark);
        await page.emulateMedia({ media: "print" });
        expect(
          await page.evaluate<string>("getComputedStyle(document.documentElement).colorScheme"),
        ).not.toBe("dark");
      });
    },
    timeoutMs,
  );

  test(
    "follows the system without script, where there is no switch",
    async () => {
      const background: string[] = [];
      for (const colorScheme of ["light", "dark"] as const) {
        await withPage(runbook, { colorScheme, javaScriptEnabled: false }, async (page) => {
          expect(await page.locator("[data-theme-switch]").isVisible()).toBe(false);
          expect(await page.locator("[data-run]").isVisible()).toBe(false);
          expect(await box(page, "look").isVisible()).toBe(true);
          background.push(await page.evaluate<string>(paper));
        });
      }
      expect(background[0]).not.toBe(background[1]);
    },
    timeoutMs,
  );
});
