import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSite, type BuiltSite } from "../site/build-site.ts";
import { createRichProject } from "./create-rich-project.ts";
import { openBrowser } from "./open-browser.ts";
import { samplePages } from "./sample-pages.ts";
import { serveFolder } from "./serve-folder.ts";

const timeoutMs = 240_000;

/** A runbook of ten steps with all that a page may have to show of one. */
const tenSteps = `---
title: Move the queue
summary: Take the queue from one host to another, and back.
owner: Platform team
contacts: [{ role: On call, contact: Ada }]
status: active
severity: sev2
services: [queue]
tags: [capacity]
alerts: [QueueIsFull]
reviewed: 2026-02-03
reviewEvery: 90d
estimate: 15m..30m
inputs:
  TARGET: { type: enum, choices: [blue, green], default: blue, description: Where it goes }
  PORT: { type: int, default: 5672, description: Port of the broker }
procedures:
  move: { default: true, title: Move, steps: [{ section: move }], onFailure: back }
  back: { title: Move back, steps: [{ section: move-back }] }
---

The queue holds what customers have ordered. Nothing is lost while it moves, but nothing is
delivered either.

<Inputs />

## Move

${Array.from({ length: 8 }, (_, at) => writeStep(at + 1)).join("\n")}
## Move back

${writeStep(9)}
${writeStep(10)}`;

function writeStep(number: number): string {
  return `### Step ${number}: stop writer ${number}

Writers must be stopped one after the other, so that the last one empties its buffer.

\`\`\`bash id=stop-${number} timeout=30s
rabbitmqctl --node "rabbit@$TARGET" list_queues name messages | grep orders-${number}
kubectl scale deployment/writer-${number} --replicas=0 --namespace queue
\`\`\`

\`\`\`output match=contains
scaled
\`\`\`
`;
}

let project: Awaited<ReturnType<typeof createRichProject>>;
let site: BuiltSite;
let server: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;

beforeAll(async () => {
  project = await createRichProject();
  await writeFile(path.join(project.root, "runbooks/ten-steps.mdx"), tenSteps);
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

/** What Chromium loads for a page: each address with the bytes of its body, as sent and unpacked. */
async function load(
  address: string,
): Promise<readonly { readonly url: string; readonly sent: number; readonly whole: number }[]> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const loaded: { url: string; sent: number; whole: number }[] = [];
    const sizes: Promise<void>[] = [];
    page.on("requestfinished", (request) => {
      sizes.push(
        (async () => {
          const { responseBodySize } = await request.sizes();
          const body = await (await request.response())?.body();
          loaded.push({ url: request.url(), sent: responseBodySize, whole: body?.length ?? 0 });
        })(),
      );
    });
    await page.goto(`${server.address}${address}`, { waitUntil: "networkidle" });
    await Promise.all(sizes);
    return loaded;
  } finally {
    await context.close();
  }
}

describe("a bad connection", () => {
  test.each(["/runbooks/ten-steps/", "/runbooks/deploy/"])(
    "has little to load for %s",
    async (address) => {
      const loaded = await load(address);
      const told = JSON.stringify(loaded, undefined, 2);
      const page = loaded.find(({ url }) => url === `${server.address}${address}`);
      expect(page?.whole, told).toBeGreaterThan(5000);
      expect(page?.whole, told).toBeLessThanOrEqual(40 * 1024);
      const sent = loaded.reduce((sum, one) => sum + one.sent, 0);
      // Packed for the way: a server that sent it whole would be measured in vain.
      expect(page?.sent, told).toBeLessThan((page?.whole ?? 0) / 2);
      expect(sent, told).toBeLessThanOrEqual(30 * 1024);
    },
    timeoutMs,
  );
});

describe("every kind of page", () => {
  test(
    "asks nothing of any other host, and for nothing that is not there",
    async () => {
      const context = await browser.newContext();
      const [elsewhere, missing]: [string[], string[]] = [[], []];
      try {
        context.on("request", (request) => {
          if (!request.url().startsWith(`${server.address}/`)) elsewhere.push(request.url());
        });
        context.on("response", (response) => {
          if (response.status() >= 400) missing.push(response.url());
        });
        const page = await context.newPage();
        const addresses = samplePages(site);
        expect(addresses.length).toBeGreaterThan(15);
        for (const address of addresses) {
          await page.goto(`${server.address}${address}`, { waitUntil: "load" });
        }
        expect(elsewhere).toEqual([]);
        expect(missing).toEqual([]);
      } finally {
        await context.close();
      }
    },
    timeoutMs,
  );
});
