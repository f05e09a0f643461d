import { writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSite, type BuiltSite } from "../site/build-site.ts";
import { createRichProject } from "./create-rich-project.ts";
import { openBrowser } from "./open-browser.ts";
import { serveFolder } from "./serve-folder.ts";
import { withPage, type ShownSite } from "./with-page.ts";
import { program } from "../program.ts";

const several = (title: string): string =>
  `---\ntitle: ${title}\nowner: Team\nalerts: [Slow]\nestimate: 1m\n---\n\n## Look\n\n\`\`\`bash\ntrue\n\`\`\`\n`;

let project: Awaited<ReturnType<typeof createRichProject>>;
let site: BuiltSite;
let server: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;
let shown: ShownSite;

beforeAll(async () => {
  browser = await openBrowser();
  project = await createRichProject();
  for (const name of ["one", "two"]) {
    await writeFile(path.join(project.root, `runbooks/${name}.mdx`), several(`Slow, way ${name}`));
  }
  // One run alone is no drawing.
  const command = [program, "run", "queue", "--no-config", "--root", project.root];
  for (let count = 0; count < 2; count++) await execa("node", command, { stdin: "ignore" });
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

test("a command for another machine says so above itself", async () => {
  await withPage(shown, "/runbooks/slow-queue/", {}, async (page) => {
    const place = page.locator("[data-target]");
    expect(await place.count()).toBe(1);
    expect(await place.textContent()).toBe("on queue-host");
    expect(await place.isVisible()).toBe(true);
  });
});

describe("an alert's page", () => {
  test("leads on to the one runbook and fills its inputs", async () => {
    await withPage(shown, "/alerts/QueueIsFull/?NODE=green", {}, async (page, complaints) => {
      await page.waitForURL("**/runbooks/queue/**");
      expect(await page.locator("[data-input-name=NODE]").inputValue()).toBe("green");
      expect(complaints).toEqual([]);
      // "Back" must not lead into the page that leads on.
      expect(await page.evaluate("history.length")).toBeLessThanOrEqual(2);
    });
  });

  test("leads on without JavaScript too", async () => {
    await withPage(shown, "/alerts/QueueIsFull/", { javaScriptEnabled: false }, async (page) => {
      await page.waitForURL("**/runbooks/queue/");
      expect(await page.textContent("h1")).toBe("The queue is full");
    });
  });

  test("lists several runbooks, and takes what is filled in along", async () => {
    await withPage(shown, "/alerts/Slow/?HOST=db-1", {}, async (page, complaints) => {
      const links = page.locator(".row-link");
      expect(await links.allTextContents()).toEqual(["Slow, way one", "Slow, way two"]);
      await links.nth(1).click();
      await page.waitForURL("**/runbooks/two/?HOST=db-1*");
      expect(complaints).toEqual([]);
    });
  });

  test("says what to do where no runbook is written", async () => {
    await withPage(shown, "/alerts/Un%3Cb%3Eknown/", {}, async (page) => {
      expect(await page.textContent("h1")).toBe("No runbook is written for Un<b>known");
      expect(await page.textContent("main")).toContain("alerts: [Un<b>known]");
      await page.getByRole("link", { name: "All alerts" }).click();
      await page.waitForURL("**/alerts/");
    });
  });

  test("is a page that is not there as any other without JavaScript", async () => {
    await withPage(shown, "/alerts/Unknown/", { javaScriptEnabled: false }, async (page) => {
      expect(await page.textContent("h1")).toBe("There is no such page");
      expect(await page.locator("main a").count()).toBeGreaterThan(1);
    });
  });
});

describe("the first page", () => {
  test("leads to a runbook by keyboard, and by a touch anywhere in its row", async () => {
    await withPage(
      shown,
      "/",
      { viewport: { width: 320, height: 640 } },
      async (page, complaints) => {
        const link = page.locator(".overview-group .row-link").first();
        await link.focus();
        const ring = await page.evaluate<string>(
          "getComputedStyle(document.activeElement, '::after').outlineStyle",
        );
        expect(ring).toBe("solid");
        const row = page.locator(".overview-group .row").first();
        const box = await row.boundingBox();
        await page.mouse.click(box!.x + box!.width - 8, box!.y + box!.height - 8);
        await page.waitForURL("**/runbooks/queue/");
        expect(complaints).toEqual([]);
      },
    );
  });

  test("leads to the run that failed, not to its runbook, where the reason is touched", async () => {
    await withPage(shown, "/", {}, async (page) => {
      await page.click("text=Its last run failed");
      await page.waitForURL("**/runs/*-queue-mend-*/");
      expect(await page.locator(".run-step").count()).toBe(2);
    });
  });
});

describe("drawings", () => {
  test("tell in words what they show", async () => {
    await withPage(shown, "/runbooks/queue/", {}, async (page) => {
      const drawing = page.getByRole("img", { name: /^How long the last 2 runs took/ });
      expect(await drawing.count()).toBe(1);
      expect(await drawing.locator("desc").textContent()).toMatch(
        /^From \d.+ to \d.+; none failed\. Estimated: 5 min to 10 min\.$/,
      );
      expect(await page.locator(".last-runs-list li").count()).toBe(4);
    });
  });
});
