import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { execa } from "execa";
import type { Element, ElementContent, Root } from "hast";
import { select, selectAll } from "hast-util-select";
import { SitePages } from "./site-pages.ts";

const compileCache = path.resolve(import.meta.dirname, "../../node_modules/.cache/opswright-test");

/** A site that was built into a temporary folder. */
export interface BuiltSite {
  readonly folder: string;
  /** What the build printed. */
  readonly log: string;
  /** Every page by its address: `/runbooks/deploy/`. */
  readonly pages: ReadonlyMap<string, Root>;
  /** Builds again, with what the last build kept, and perhaps with more in the environment. */
  rebuild(environment?: Record<string, string>): Promise<BuiltSite>;
  remove(): Promise<void>;
}

/** Builds the site of the project at `root` by a process of its own; fails as that fails. */
export async function buildSite(
  root: string,
  options: { base?: string; environment?: Record<string, string> } = {},
): Promise<BuiltSite> {
  const folder = await mkdtemp(path.join(tmpdir(), "opswright-site-"));
  const build = async (more: Record<string, string> = {}): Promise<BuiltSite> => {
    const script = path.join(import.meta.dirname, "build-in-process.ts");
    const out = path.join(folder, "out");
    const places = [root, folder, ...(options.base ? [options.base] : [])];
    const { all } = await execa("node", [script, ...places], {
      all: true,
      stdin: "ignore",
      env: {
        ...options.environment,
        ...more,
        NODE_ENV: "production",
        // Compiled once for all builds: the sources are the same.
        NODE_COMPILE_CACHE: compileCache,
        ASTRO_TELEMETRY_DISABLED: "1",
      },
    });
    return {
      folder: out,
      // Astro has colours wherever `CI` is set.
      log: stripVTControlCharacters(all),
      pages: await readPages(out),
      rebuild: build,
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  };
  return build();
}

async function readPages(folder: string): Promise<SitePages> {
  const entries = await readdir(folder, { recursive: true });
  const files = entries.filter((file) => file.endsWith(".html")).toSorted();
  const pages = await Promise.all(
    files.map(async (file) => {
      const address = `/${file
        .split(path.sep)
        .join("/")
        .replace(/index\.html$/, "")}`;
      return [address, await readFile(path.join(folder, file), "utf8")] as const;
    }),
  );
  return new SitePages(new Map(pages));
}

/** The text of a node and all below it, as a browser's `textContent`. */
export function textOf(node: Root | Element | undefined): string {
  return (node?.children ?? [])
    .map((child) =>
      child.type === "text" ? child.value : child.type === "element" ? textOf(child) : "",
    )
    .join("");
}

/** A step as a page shows it. */
export interface ShownStep {
  readonly id: string;
  readonly anchor: string;
  readonly sort: string;
  /** Empty where nothing is run. */
  readonly risk: string;
  readonly title: string;
  readonly script?: string | undefined;
  readonly expectation?: string | undefined;
}

/** The steps of a page in its order. */
export function readSteps(page: Root): readonly ShownStep[] {
  return selectAll("[data-step]", page).map((element) => {
    const title = select("[data-title]", element);
    const script = select("[data-script] code", ownPart(element));
    const expectation = select("[data-expectation] code", ownPart(element));
    return {
      id: attributeOf(element, "dataStep"),
      anchor: attributeOf(element, "id"),
      sort: attributeOf(element, "dataSort"),
      risk: attributeOf(element, "dataRisk"),
      title: title === undefined ? "" : textOf(withoutFilePaths(title)),
      script: script === undefined ? undefined : textOf(script),
      expectation: expectation === undefined ? undefined : textOf(expectation),
    };
  });
}

/** A title without the path that the site adds to a link whose file it lacks. */
function withoutFilePaths(element: Element): Element {
  const children = element.children.flatMap((child): readonly ElementContent[] => {
    if (child.type !== "element") return [child];
    return attributeOf(child, "className") === "file-path" ? [] : [withoutFilePaths(child)];
  });
  return { ...element, children };
}

/** The element without the steps that its author put inside it. */
function ownPart(element: Element): Element {
  const children = element.children.flatMap((child): readonly ElementContent[] => {
    if (child.type !== "element") return [child];
    return child.properties["dataStep"] === undefined ? [ownPart(child)] : [];
  });
  return { ...element, children };
}

/** An attribute as text; empty where there is none. */
export function attributeOf(element: Element, name: string): string {
  const value = element.properties[name];
  return Array.isArray(value) ? value.join(" ") : String(value ?? "");
}
