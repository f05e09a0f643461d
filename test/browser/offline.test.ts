import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSite, type BuiltSite } from "../site/build-site.ts";
import { openBreakableNetwork, type BreakableNetwork } from "./breakable-network.ts";
import { findAxeViolations } from "./find-axe-violations.ts";
import { openBrowser } from "./open-browser.ts";
import { writePracticeProject, type PracticeProject } from "./practice-project.ts";
import { serveFolder } from "./serve-folder.ts";
import { withPage as withPageOf } from "./with-page.ts";

const base = "/team/ops";
const runbook = `${base}/runbooks/practice/`;
const unvisited = `${base}/runbooks/other%20one/`;
const timeoutMs = 180_000;
const notice = /^You are offline\. This is the copy of \d{4}-\d\d-\d\d \d\d:\d\d\.$/;

let folder: string;
let project: PracticeProject;
let site: BuiltSite;
let server: Awaited<ReturnType<typeof serveFolder>>;
let network: BreakableNetwork;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "opswright-offline-"));
  project = await writePracticeProject();
  browser = await openBrowser();
  site = await buildSite(project.root, { base });
  await mkdir(path.join(folder, "team"));
  await symlink(site.folder, path.join(folder, base));
  server = await serveFolder(folder);
  network = await openBreakableNetwork(server.address);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await network?.close();
  await server?.close();
  await site?.remove();
  await project?.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Visits the first page once, until all is kept; then `act` is free to cut the network. */
async function afterOneVisit(act: (page: Page) => Promise<void>): Promise<void> {
  network.turn("well");
  const shown = { browser, origin: network.origin };
  await withPageOf(shown, `${base}/`, { serviceWorkers: "allow" }, async (page, complaints) => {
    await settle(page);
    expect(complaints).toEqual([]);
    await act(page);
  });
}

/** Waits until the newest worker is the one that works, and has tidied up. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(`navigator.serviceWorker.ready.then(async (registration) => {
    await registration.update();
    while (registration.installing || registration.waiting || registration.active.state !== "activated") {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })`);
}

const keptAddresses = (page: Page): Promise<string[]> =>
  page.evaluate(`caches.keys().then(async (names) => {
    const caches_ = await Promise.all(names.map((name) => caches.open(name)));
    const requests = await Promise.all(caches_.map((cache) => cache.keys()));
    return requests.flat().map(({ url }) => url);
  })`);

describe("without a network, after one visit", () => {
  test.each(["refused", "silent", "failing"] as const)(
    "every page is there, and says that it is a copy: the network is %s",
    async (state) => {
      await afterOneVisit(async (page) => {
        network.turn(state);
        await page.reload();
        expect(await page.locator("[data-offline]").textContent()).toMatch(notice);
        await page.goto(`${network.origin}${unvisited}`);
        expect(await page.locator("h1").textContent()).toBe("Another one");
        expect(await page.locator("[data-offline]").textContent()).toMatch(notice);
        // Styled and alive.
        const mono = "getComputedStyle(document.querySelector('pre')).fontFamily";
        expect(await page.evaluate<string>(mono)).toContain("mono");
        expect(
          await page.getByRole("button", { name: "Copy the command" }).count(),
        ).toBeGreaterThan(0);
        const violations = await findAxeViolations(page);
        expect(violations.map(({ id }) => id)).toEqual([]);
        network.turn("well");
        await page.goto(`${network.origin}${runbook}`);
        expect(await page.locator("[data-offline]").count()).toBe(0);
      });
    },
    timeoutMs,
  );

  test(
    "the query of an alert is filled in, a step is found, what is not there is told",
    async () => {
      await afterOneVisit(async (page) => {
        network.turn("refused");
        await page.goto(`${network.origin}${runbook}?VERSION=v7#step-look`);
        expect(await page.locator("#step-look [data-script] code").textContent()).toContain('"v7"');
        await page.keyboard.press("/");
        await page.keyboard.type("sw_vers");
        await page.locator(".search-results a").first().waitFor();
        await page.goto(`${network.origin}${base}/runbooks/nobody/`);
        expect(await page.locator("h1").textContent()).toBe("There is no such page");
        // Without the slash at its end it is the same page.
        await page.goto(`${network.origin}${base}/runbooks/practice`);
        expect(await page.locator("h1").textContent()).toBe("Practice");
      });
    },
    timeoutMs,
  );
});

test(
  "who asks for little traffic is not sent the whole site",
  async () => {
    await afterOneVisit(async (page) => {
      const registered = "navigator.serviceWorker.getRegistrations().then((all) => all.length)";
      await page.evaluate(
        "navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister())))",
      );
      await page.addInitScript(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })",
      );
      await page.reload({ waitUntil: "networkidle" });
      expect(await page.evaluate<number>(registered)).toBe(0);
      await (
        await page.context().newPage()
      ).goto(`${network.origin}${base}/`, {
        waitUntil: "networkidle",
      });
      // Without that wish it is there again.
      expect(await page.evaluate<number>(registered)).toBe(1);
    });
  },
  timeoutMs,
);

describe("a new version of the site", () => {
  test(
    "takes the old one's place, of which nothing is left",
    async () => {
      await afterOneVisit(async (page) => {
        const before = await keptAddresses(page);
        expect(before.length).toBeGreaterThan(20);
        await project.change("And one thing more.");
        const rebuilt = await site.rebuild();
        expect(rebuilt.folder).toBe(site.folder);
        await page.reload();
        await settle(page);
        const after = await keptAddresses(page);
        const changed = after.filter((address) => !before.includes(address));
        expect(changed.some((address) => address.includes("/runbooks/practice/"))).toBe(true);
        expect(changed.some((address) => address.includes("/runbooks/other%20one/"))).toBe(false);
        const names = after.map((address) => new URL(address).pathname);
        expect(new Set(names).size).toBe(names.length);
        network.turn("refused");
        await page.goto(`${network.origin}${runbook}`);
        expect(await page.getByText("And one thing more.").isVisible()).toBe(true);
      });
    },
    timeoutMs,
  );
});
