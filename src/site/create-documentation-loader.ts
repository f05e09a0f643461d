import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Loader } from "astro/loaders";
import { documentationMap } from "./documentation/documentation-map.ts";
import {
  listRuleTexts,
  listSubjectTexts,
  readGuideText,
  type DocumentationText,
  type DocumentedRule,
} from "./documentation/documentation-texts.ts";
import { resolveDocumentationLink } from "./documentation/resolve-documentation-link.ts";

/** What the content store knows of a page of the documentation, beside its HTML. */
export interface DocumentationEntry {
  readonly title: string;
  readonly rule?: DocumentedRule | undefined;
  readonly digest: string;
}

/** Written by hand as pages of the site itself. */
const ownPages = new Set(["getting-started"]);

/**
 * Makes the loader that puts the product's documentation into Astro's content store: the pages of
 * `docs/` beside the sources, and those of all codes.
 *
 * Links between the pages lead to where they are on the site. Throws where a page is missing. Reads
 * files.
 */
export function createDocumentationLoader(): Loader {
  return {
    name: "opswright-documentation",
    async load(context) {
      const { store, config, watcher } = context;
      const base = config.base.endsWith("/") ? config.base : `${config.base}/`;
      const folder = new URL("docs/", config.root);
      watcher?.add(fileURLToPath(folder));
      const texts = [...(await readGuides(folder)), ...listSubjectTexts(), ...listRuleTexts()];
      const known = new Set(texts.map(({ id }) => id));
      for (const id of store.keys()) if (!known.has(id)) store.delete(id);
      for (const { id, path, title, rule, text } of texts) {
        const digest = context.generateDigest(JSON.stringify([base, path, title, rule, text]));
        if (store.get(id)?.digest === digest) continue;
        const rendered = await context.renderMarkdown(text);
        const html = finishHtml(rendered.html, path, base);
        const data: DocumentationEntry = { title, rule, digest };
        store.set({ id, data: { ...data }, rendered: { ...rendered, html }, digest });
      }
    },
  };
}

async function readGuides(folder: URL): Promise<readonly DocumentationText[]> {
  const generated = new Set(listSubjectTexts().map(({ id }) => id));
  const slugs = documentationMap
    .flatMap(({ pages }) => pages.map(({ slug }) => slug))
    .filter((slug) => !ownPages.has(slug) && !generated.has(`guide/${slug}`));
  return Promise.all(
    slugs.map(async (slug) =>
      readGuideText(slug, await readFile(new URL(`${slug}.md`, folder), "utf8")),
    ),
  );
}

/** In text and code a `<` is written as a reference, so that these are elements for sure. */
function finishHtml(html: string, path: string, base: string): string {
  return html
    .replaceAll(
      /<a href="([^"]*)"/g,
      (_all, href: string) => `<a href="${resolveDocumentationLink(href, path, base)}"`,
    )
    .replaceAll(
      "<table>",
      '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>',
    )
    .replaceAll("</table>", "</table></div>")
    .replaceAll("<pre>", '<pre class="code">');
}
