import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import lighthouse, { type Result } from "lighthouse";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildSite, type BuiltSite } from "../site/build-site.ts";
import { createRichProject } from "../browser/create-rich-project.ts";
import { openBrowser } from "../browser/open-browser.ts";
import { serveFolder } from "../browser/serve-folder.ts";

const timeoutMs = 300_000;
const mostRuns = 10;
/** What Lighthouse's own measure of a machine is where a phone is four times slower than it. */
const usualBenchmark = 1500;
const usualSlowdown = 4;

let project: Awaited<ReturnType<typeof createRichProject>>;
let site: BuiltSite;
let server: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;
let port: number;

beforeAll(async () => {
  port = await findFreePort();
  browser = await openBrowser({ debuggingPort: port });
  project = await createRichProject();
  site = await buildSite(project.root);
  server = await serveFolder(site.folder);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await site?.remove();
  await project?.remove();
});

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, "127.0.0.1", resolve);
  });
  const { port: free } = probe.address() as AddressInfo;
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  return free;
}

/**
 * One run as on a middling phone with a slow connection, which Lighthouse computes; `slowdown` is how
 * much slower than this machine that phone is.
 */
async function judge(
  address: string,
  onlyCategories: readonly string[],
  slowdown = usualSlowdown,
): Promise<Result> {
  const judged = await lighthouse(`${server.address}${address}`, {
    port,
    logLevel: "error",
    onlyCategories: [...onlyCategories],
    throttling: { cpuSlowdownMultiplier: slowdown },
  });
  if (judged === undefined) throw new Error(`Lighthouse has no result for ${address}.`);
  const { runtimeError } = judged.lhr;
  if (runtimeError !== undefined) throw new Error(runtimeError.message);
  return judged.lhr;
}

/** The scores by category, out of 100, with what cost points: audits' titles and what they show. */
function readScores({ categories, audits }: Result): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(categories).map(([name, { score, auditRefs }]) => [
      name,
      {
        score: Math.round((score ?? 0) * 100),
        because: auditRefs.flatMap(({ id, weight }) => {
          const audit = audits[id];
          const isFault = weight > 0 && audit?.score !== null && (audit?.score ?? 1) < 0.9;
          return isFault ? [`${audit?.title}: ${JSON.stringify(audit?.details ?? {})}`] : [];
        }),
      },
    ]),
  );
}

const perfect = { score: 100, because: [] };
const pages = [
  ["the first page", "/"],
  ["a runbook", "/runbooks/deploy/"],
  ["the documentation", "/docs/getting-started/"],
] as const;

describe("Lighthouse gives 100", () => {
  test.each(pages)(
    "to %s for accessibility, best practices and what search engines need",
    async (_name, address) => {
      const result = await judge(address, ["accessibility", "best-practices", "seo"]);
      expect(readScores(result)).toEqual({
        accessibility: perfect,
        "best-practices": perfect,
        seo: perfect,
      });
    },
    timeoutMs,
  );

  test.each(pages)(
    "to %s for performance, when nothing else keeps the machine busy",
    async (_name, address) => {
      const runs: object[] = [];
      let best = 0;
      let slowdown = usualSlowdown;
      // A busy machine only ever takes points away: the best run says most about the page.
      while (best < 100 && runs.length < mostRuns) {
        const { categories, audits, environment } = await judge(address, ["performance"], slowdown);
        // A slow machine is nearer to the phone: the same phone for all of them.
        const { benchmarkIndex } = environment;
        slowdown = Math.min(
          usualSlowdown,
          Math.max(1, (usualSlowdown * benchmarkIndex) / usualBenchmark),
        );
        const performance = categories["performance"];
        const score = Math.round((performance?.score ?? 0) * 100);
        const measured = performance?.auditRefs.flatMap(({ id, weight }) =>
          weight > 0 ? [`${id}: ${audits[id]?.displayValue}`] : [],
        );
        runs.push({ score, benchmarkIndex, measured });
        best = Math.max(best, score);
      }
      expect(best, JSON.stringify(runs, undefined, 2)).toBe(100);
    },
    timeoutMs,
  );
});
