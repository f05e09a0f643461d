import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

/** Who shows a site, and where it is served: `http://127.0.0.1:4321`. */
export interface ShownSite {
  readonly browser: Browser;
  readonly origin: string;
}

/** What a page complained of, and what it asked of other hosts. */
export type Complaints = readonly string[];

/**
 * Opens a page in a window of its own, with nothing that was kept from another, and closes it after
 * `act`; what it complains of and asks of other hosts is collected.
 *
 * No service worker is started unless `options` allow it: each window would load the whole site.
 */
export async function withPage(
  { browser, origin }: ShownSite,
  address: string,
  options: BrowserContextOptions,
  act: (page: Page, complaints: Complaints, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ serviceWorkers: "block", ...options });
  const complaints: string[] = [];
  try {
    const page = await context.newPage();
    page.on("console", (message) => {
      const isOfTest = message.text().includes("registration blocked by Playwright");
      if (["error", "warning"].includes(message.type()) && !isOfTest)
        complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      const isOwn = request.url().startsWith(origin) || request.url().startsWith("blob:");
      if (!isOwn) complaints.push(`asks ${request.url()}`);
    });
    await page.goto(`${origin}${address}`);
    await act(page, complaints, context);
  } finally {
    await context.close();
  }
}
