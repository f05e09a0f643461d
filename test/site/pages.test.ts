import { access, readFile } from "node:fs/promises";
import path from "node:path";
import type { Element, Root } from "hast";
import { select, selectAll } from "hast-util-select";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeDescriptions } from "../../src/report/code-descriptions.ts";
import { documentationMap } from "../../src/site/documentation/documentation-map.ts";
import { createRichProject } from "../browser/create-rich-project.ts";
import { attributeOf, buildSite, textOf, type BuiltSite } from "./build-site.ts";

const base = "/team";
let project: Awaited<ReturnType<typeof createRichProject>>;
let site: BuiltSite;

beforeAll(async () => {
  project = await createRichProject();
  site = await buildSite(project.root, { base });
}, 240_000);

afterAll(async () => {
  await site?.remove();
  await project?.remove();
});

function page(address: string): Root {
  const found = site.pages.get(address);
  if (found === undefined) throw new Error(`There is no page ${address}.`);
  return found;
}

/** The words of an element, with a space wherever another element begins. */
function wordsOf(node: Root | Element | undefined): string {
  return (node?.children ?? [])
    .map((child) =>
      child.type === "text" ? child.value : child.type === "element" ? ` ${wordsOf(child)} ` : "",
    )
    .join("")
    .replaceAll(/\s+/g, " ")
    .trim();
}

const textAt = (selector: string, address: string): string =>
  wordsOf(select(selector, page(address)) ?? undefined);
const read = (name: string): Promise<string> => readFile(path.join(site.folder, name), "utf8");

/** Says where a link of a page leads to nothing: no file, or no such place in it. */
async function findDeadLinks(address: string, tree: Root): Promise<readonly string[]> {
  const dead: string[] = [];
  for (const element of selectAll("[href], [src]", tree)) {
    const link = attributeOf(element, "href") || attributeOf(element, "src");
    const { origin, pathname, hash } = new URL(link, `http://site${base}${address}`);
    if (origin !== "http://site") continue;
    const name = decodeURIComponent(pathname);
    const inside = name.startsWith(`${base}/`) ? name.slice(base.length) : undefined;
    const file = inside?.replace(/\/$/, "/index.html");
    const isThere =
      file !== undefined &&
      (await access(path.join(site.folder, file)).then(
        () => true,
        () => false,
      ));
    const id = decodeURIComponent(hash.slice(1));
    const target = inside === undefined ? undefined : site.pages.get(inside);
    const hasPlace =
      id === "" ||
      target === undefined ||
      selectAll("[id]", target).some((one) => one.properties["id"] === id);
    if (!isThere || !hasPlace) dead.push(`${address}: ${link}`);
  }
  return dead;
}

describe("the pages around the runbooks", () => {
  test("hold no link that leads nowhere", async () => {
    const dead: string[] = [];
    for (const [address, tree] of site.pages) dead.push(...(await findDeadLinks(address, tree)));
    expect(site.pages.size).toBeGreaterThan(codeDescriptions.size);
    expect(dead).toEqual([]);
  });

  test("begin with what needs attention, each with its reason", () => {
    const items = selectAll(".attention-row", page("/")).map(wordsOf);
    expect(items[0]).toMatch(/^unreadable Cannot be read/);
    expect(items.find((item) => item.startsWith("The queue is full"))).toMatch(
      /SEV1 Its last run failed in mend, at “Mend” Review overdue since 2020-05-03/,
    );
    const runLink = select(".attention-row .reasons-list a", page("/"));
    expect(attributeOf(runLink!, "href")).toMatch(/^\/team\/runs\/[\w-]+-queue-mend-\w+\/$/);
  });

  test("show runbooks by service, with owner, time and state", () => {
    const services = selectAll(".overview-group h3", page("/")).map(textOf);
    expect(services.map((name) => name.trim())).toEqual([
      "queue",
      "shop",
      "No service named",
      "db",
    ]);
    const row = textAt(".overview-group .row", "/");
    expect(row).toBe(
      "The queue is full SEV1 Find out what fills the queue, and empty it. Queue team 5–10 min Never verified Review overdue",
    );
    expect(textAt("h1", "/services/shop/")).toBe("shop");
    const namesAt = (address: string): readonly string[] =>
      selectAll(".row:not(.row-run) .row-link", page(address)).map(wordsOf);
    expect(namesAt("/services/shop/")).toEqual(["Deploy the shop", "The queue is full"]);
    expect(namesAt("/tags/capacity/")).toEqual(["The queue is full"]);
  });

  test("lead from an alert to its runbook without a script", () => {
    const noscript = select("head noscript", page("/alerts/QueueIsFull/"));
    expect(JSON.stringify(noscript)).toContain("0;url=/team/runbooks/queue/");
  });

  test("report runs: steps, outcome, reason, who", () => {
    const address = [...site.pages.keys()].find((one) => one.includes("-queue-mend-"))!;
    expect(textAt(".run-verdict", address)).toMatch(/^failed queue:mend The queue is full$/);
    const steps = selectAll(".run-step", page(address)).map(wordsOf);
    expect(steps[0]).toMatch(/^Look look passed/);
    expect(steps[1]).toMatch(/^Mend mend failed, its exit code 1/);
    expect(textAt(".facts", address)).toMatch(/Started \d{4}-\d\d-\d\d \d\d:\d\d UTC By \S+ Took/);
    expect(selectAll(".row", page("/runs/"))).toHaveLength(2);
    expect(textAt(".last-runs", "/runbooks/queue/")).toMatch(
      /1 of 2 were completed\. Fails most: Mend , 1 of 1 times\./,
    );
  });

  test("explain every code, and every part of the documentation", () => {
    for (const { code, title } of codeDescriptions.values()) {
      expect(textAt("h1", `/rules/${code}/`)).toBe(code);
      expect(textAt(".prose", `/rules/${code}/`), code).toContain(title);
      expect(textAt(".prose", `/rules/${code}/`)).toContain(`opswright explain ${code}`);
    }
    expect(selectAll(".rule-list li", page("/rules/"))).toHaveLength(codeDescriptions.size);
    for (const { slug } of documentationMap.flatMap(({ pages }) => pages)) {
      expect(textAt(".prose", `/docs/${slug}/`).length, slug).toBeGreaterThan(200);
      expect(selectAll("main h1", page(`/docs/${slug}/`)), slug).toHaveLength(1);
    }
  });

  test("link from a problem to what explains it", () => {
    const links = selectAll(".problem-place a", page("/runbooks/unreadable/"));
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      expect(attributeOf(link, "href")).toBe(`/team/rules/${textOf(link)}/`);
    }
  });

  test("come with plain texts, a list of them and badges", async () => {
    expect(await read("runbooks/queue.md")).toBe(
      await readFile(path.join(project.root, "runbooks/queue.mdx"), "utf8"),
    );
    const list = await read("llms.txt");
    expect(list).toContain("- [The queue is full](/team/runbooks/queue.md)");
    expect(list.match(/^- \[.*\]\(\/team\/runbooks\//gm)).toHaveLength(
      [...site.pages.keys()].filter((one) => /^\/runbooks\/.+/.test(one)).length,
    );
    expect(await read("badges/queue.svg")).toContain("runbook: review overdue");
    // A feed must say where it is, which this project does not.
    await expect(read("rss.xml")).rejects.toThrow("ENOENT");
  });

  test("hold no text of a hostile runbook as markup", () => {
    for (const address of ["/", "/attention/", "/runbooks/"]) {
      expect(JSON.stringify(page(address))).toContain("<script>pwned()</script>");
      const scripts = selectAll("script", page(address)).map(textOf).join("");
      expect(scripts).not.toContain("pwned");
      expect(selectAll("[onerror], main img", page(address))).toEqual([]);
    }
  });
});
