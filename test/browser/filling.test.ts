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

const control = (name: string): string => `[data-input-name=${name}]`;
const shown = (page: Page, step: string): Promise<string> =>
  page.locator(`#step-${step} [data-script] code`).textContent() as Promise<string>;

async function copied(page: Page, place: string, name: string | RegExp): Promise<string> {
  const button = page.locator(place).getByRole("button", { name });
  await button.click();
  await page.locator(place).getByText("Copied").first().waitFor();
  return page.evaluate<string>("navigator.clipboard.readText()");
}

describe("filling in", () => {
  test(
    "puts values into commands, command lines, copies and the address",
    async () => {
      await withPage(runbook, { permissions }, async (page, complaints) => {
        expect(await shown(page, "look")).toBe('git show "$VERSION" --max-count "2"');
        await page.getByLabel("VERSION").fill("v1.2");
        await page.getByLabel("COUNT").fill("7");
        expect(await shown(page, "look")).toBe('git show "v1.2" --max-count "7"');
        expect(await copied(page, "#step-look .copyable", /^Copy/)).toBe(
          'git show "v1.2" --max-count "7"',
        );
        expect(await copied(page, "#step-look .cli", /^Copy/)).toBe(
          "opswright run practice#look --input VERSION=v1.2 --input COUNT=7",
        );
        expect(new URL(page.url()).hash).toBe("#inputs?VERSION=v1.2&COUNT=7");
        await page.reload();
        expect(await shown(page, "look")).toBe('git show "v1.2" --max-count "7"');
        expect(await page.getByLabel("COUNT").inputValue()).toBe("7");
        expect(complaints).toEqual([]);
      });
    },
    timeoutMs,
  );

  test(
    "exports in front of a command what cannot stand in it, shown as it is copied",
    async () => {
      await withPage(runbook, { permissions }, async (page) => {
        await page.getByLabel("WORDS").fill("it's $HOME");
        const filled = `export WORDS='it'\\''s $HOME'\necho "$WORDS" '$WORDS'`;
        expect(await copied(page, "#step-say .copyable", /^Copy/)).toBe(filled);
        expect(await shown(page, "say")).toBe(filled);
        expect(await copied(page, "#step-say .cli", /^Copy/)).toBe(
          `opswright run practice#say --input 'WORDS=it'\\''s $HOME'`,
        );
        await page.getByLabel("WORDS").fill("");
        expect(await shown(page, "say")).toBe(`echo "$WORDS" '$WORDS'`);
      });
    },
    timeoutMs,
  );

  test(
    "says beside the field what does not fit, and fills it in nowhere",
    async () => {
      await withPage(runbook, {}, async (page) => {
        await page.getByLabel("COUNT").fill("12");
        const field = page.getByLabel("COUNT");
        expect(await field.getAttribute("aria-invalid")).toBe("true");
        const problem = await field.getAttribute("aria-describedby");
        expect(await page.locator(`[id="${problem}"]`).textContent()).toBe("Expected at most 9.");
        expect(await shown(page, "look")).toContain('"${COUNT}"');
        expect(page.url()).not.toContain("COUNT");
        expect(await page.locator("#step-look .cli code").textContent()).not.toContain("COUNT");
        const violations = await findAxeViolations(page);
        expect(violations.map(({ id }) => id)).toEqual([]);
        await page.getByRole("button", { name: "Reset" }).first().click();
        expect(await field.inputValue()).toBe("2");
        expect(await field.getAttribute("aria-invalid")).toBe("false");
      });
    },
    timeoutMs,
  );

  test.each([
    ["WHEN", "2026-02-03"],
    ["NOTIFY", "true"],
    ["PLACE", "https://example.org/"],
    ["HOSTS", "a,c"],
    ["MODE", "slow"],
  ])(
    "has a control that takes %s, and a link carries it",
    async (name, value) => {
      await withPage(runbook, { permissions }, async (page) => {
        const field = page.getByLabel(name);
        const isSelect = (await page.locator(`select${control(name)}`).count()) === 1;
        if (isSelect) await field.selectOption(value);
        else await field.fill(value);
        await page.getByRole("button", { name: "Copy a link" }).click();
        await page.getByText("The link is copied.").waitFor();
        const link = await page.evaluate<string>("navigator.clipboard.readText()");
        expect(new URLSearchParams(new URL(link).hash.slice("#inputs?".length)).get(name)).toBe(
          value,
        );
        await page.goto("about:blank");
        await page.goto(link);
        expect(await page.getByLabel(name).inputValue()).toBe(value);
        expect(await page.locator("[data-inputs-note]").textContent()).toBe(
          `The link filled in ${name}.`,
        );
      });
    },
    timeoutMs,
  );

  test(
    "takes values from the query that an alert leads here with, and keeps them past a jump",
    async () => {
      await withPage(`${runbook}?VERSION=v7&from=pager&NOBODY=x`, {}, async (page) => {
        expect(await shown(page, "look")).toContain('"v7"');
        await page.locator("[data-rollback]:visible").click();
        expect(new URL(page.url()).hash).toMatch(/^#.*back/);
        await page.reload();
        expect(await shown(page, "revert")).toBe('git revert --no-edit "v7"');
        expect(page.url()).not.toContain("NOBODY=y");
      });
    },
    timeoutMs,
  );

  test(
    "never takes a secret: not from a link, not into one, not by hand",
    async () => {
      await withPage(`${runbook}?TOKEN=hunter2#inputs?TOKEN=hunter2`, {}, async (page) => {
        expect(await page.locator(control("TOKEN")).count()).toBe(0);
        await page.getByLabel("VERSION").fill("v1");
        expect(await page.locator("main").innerHTML()).not.toContain("hunter2");
        expect(page.url()).not.toContain("hunter2");
        const kept = await page.evaluate<string>(
          "JSON.stringify([{...localStorage}, {...sessionStorage}])",
        );
        expect(kept).not.toContain("hunter2");
      });
    },
    timeoutMs,
  );

  test.each([
    ["an element", "<img src=x onerror=window.pwned=1>"],
    ["a command", "'; window.pwned=1; '"],
    ["a script", '"><script>window.pwned=1</script>'],
    ["an address", "javascript:window.pwned=1"],
    ["control characters", "a\u0003\nrm -rf ~"],
    ["a reversal", "\u202Ecod.exe"],
    ["a long one", "x".repeat(3000)],
  ])(
    "shows a hostile value as text alone: %s",
    async (_what, value) => {
      const query = new URLSearchParams({
        VERSION: value,
        WORDS: value,
        MODE: value,
        COUNT: value,
      });
      for (const address of [`?${query.toString()}`, `#inputs?${query.toString()}`]) {
        await withPage(`${runbook}${address}`, {}, async (page, complaints) => {
          expect(await page.evaluate("'pwned' in window")).toBe(false);
          expect(await page.locator("main img, main script:not([type=module])").count()).toBe(0);
          // No character that could leave a quotation in a terminal, or that nobody sees.
          expect(await shown(page, "say")).not.toMatch(/[\u0003\u202E]|\nrm/);
          expect(await page.getByLabel("MODE").inputValue()).not.toBe(value);
          const [content, view] = await page.evaluate<readonly [number, number]>(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
          );
          expect(content).toBe(view);
          expect(complaints).toEqual([]);
        });
      }
    },
    timeoutMs,
  );

  test.each([
    ["#inputs?%E0%A4%A", "2"],
    ["#inputs?", "2"],
    ["?__proto__=1&constructor=2&COUNT=3", "3"],
    ["#inputs?COUNT=3&COUNT=4", "4"],
  ])(
    "makes the best of an address that is odd: %s",
    async (address, count) => {
      await withPage(`${runbook}${address}`, {}, async (page, complaints) => {
        expect(await page.getByLabel("COUNT").inputValue()).toBe(count);
        expect(complaints).toEqual([]);
      });
    },
    timeoutMs,
  );

  test(
    "is not offered without script; what the inputs are is told all the same",
    async () => {
      await withPage(`${runbook}?VERSION=v1`, { javaScriptEnabled: false }, async (page) => {
        expect(await page.locator(control("VERSION")).isVisible()).toBe(false);
        expect(await page.getByText("What is brought out").isVisible()).toBe(true);
        expect(await page.getByRole("button").count()).toBe(1);
        expect(await shown(page, "look")).toContain("$VERSION");
      });
    },
    timeoutMs,
  );
});

describe("alternatives", () => {
  test(
    "follow the input, and the input follows them; the choice is remembered",
    async () => {
      await withPage(runbook, {}, async (page) => {
        await page.getByLabel("MODE").selectOption("slow");
        expect(await page.getByRole("radio", { name: "With time" }).isChecked()).toBe(true);
        await page.getByRole("radio", { name: "In a hurry" }).check();
        expect(await page.getByLabel("MODE").inputValue()).toBe("fast");
        await page.getByRole("radio", { name: "With time" }).check();
        expect(await shown(page, "slow-step")).toBe('echo "slow" "$TOKEN"');
        await page.evaluate("sessionStorage.clear()");
        await page.goto(`${server.address}${runbook}?`);
        expect(await page.getByRole("radio", { name: "With time" }).isChecked()).toBe(true);
        expect(await page.getByLabel("MODE").inputValue()).toBe("slow");
        // A link's word comes before what was chosen here.
        await page.goto("about:blank");
        await page.goto(
          `${server.address}${runbook}?MODE=slow&VERSION=v1#inputs?MODE=fast&COUNT=3`,
        );
        expect(await page.getByLabel("COUNT").inputValue()).toBe("3");
        await page.getByRole("button", { name: "Reset" }).first().click();
        await page.goto(`${server.address}${runbook}`);
        expect(await page.getByRole("radio", { name: "In a hurry" }).isChecked()).toBe(true);
      });
    },
    timeoutMs,
  );

  test(
    "by system are remembered from page to page",
    async () => {
      await withPage(runbook, {}, async (page) => {
        await page.getByRole("radio", { name: "macos" }).check();
        await page.goto(`${server.address}/runbooks/other%20one/`);
        expect(await page.getByRole("radio", { name: "macos" }).isChecked()).toBe(true);
        await page.getByRole("radio", { name: "linux" }).check();
        await page.goto(`${server.address}${runbook}`);
        expect(await page.locator("#step-on-linux").isVisible()).toBe(true);
        expect(await page.locator("#step-on-macos").isVisible()).toBe(false);
      });
    },
    timeoutMs,
  );
});

describe("a script", () => {
  test(
    "of a procedure has its chosen steps in order, the inputs, and no secret",
    async () => {
      await withPage(`${runbook}#inputs?VERSION=v1&MODE=slow`, { permissions }, async (page) => {
        const script = await copied(page, "[data-procedure=forth]", "Copy as script");
        expect(script).toMatch(/^#!\/usr\/bin\/env bash\n/);
        expect(script).toContain("\nset -euo pipefail\n");
        expect(script).toContain("export VERSION='v1'\n");
        expect(script).toContain("export COUNT='2'\n");
        expect(script).toMatch(/: "\$\{TOKEN:\?/);
        expect(script).toContain('git show "$VERSION" --max-count "${COUNT}"');
        expect(script).toContain('echo "$MODE" "$TOKEN"');
        expect(script).not.toContain("git revert");
        const order = ["Nobody else is at it", "(look)", "(say)", "(slow-step)", "(tell)"];
        const places = order.map((words) => script.indexOf(words));
        expect(places.every((place, at) => place > (places[at - 1] ?? 0))).toBe(true);
        expect(script).not.toContain("(fast-step)");
      });
    },
    timeoutMs,
  );

  test(
    "of a section has that section's steps",
    async () => {
      await withPage(runbook, { permissions }, async (page) => {
        const script = await copied(page, ".runbook-text", "Copy as script “Before”");
        expect(script).toContain("(look)");
        expect(script).toContain("(say)");
        expect(script).not.toContain("(fast-step)");
        expect(script).toMatch(/: "\$\{VERSION:\?/);
      });
    },
    timeoutMs,
  );
});
