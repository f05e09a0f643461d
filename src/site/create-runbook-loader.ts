import type { Loader, LoaderContext } from "astro/loaders";
import type { ProcedureItem, Runbook } from "../model/runbook.ts";
import type { PageSource } from "./create-page-source.ts";
import type { LibraryReader } from "./library-reader.ts";
import { judgeFreshness } from "./overview/build-project-overview.ts";
import { listProblems } from "./runbook-page/build-runbook-page.ts";
import type { LinkedRunbook } from "./runbook-page/site-links.ts";

/** What the content store knows of a runbook. */
export interface RunbookEntry {
  /** Of all that its page shows: where it is the same, so is the page's HTML. */
  readonly digest: string;
  /** Of the document's text; absent where it could not be read. */
  readonly textDigest?: string | undefined;
}

/**
 * Makes the loader that puts each runbook of a project into Astro's content store, by the digest of
 * its page.
 *
 * A page is built again only where its text, its problems, a runbook that it names, or the code that
 * builds it has changed, with which `stamp` does. While the site is being developed, a change below the
 * folder of runbooks loads again. Throws where the project's configuration is not valid.
 */
export function createRunbookLoader(
  reader: LibraryReader,
  pages: PageSource,
  stamp: string,
): Loader {
  return {
    name: "opswright-runbooks",
    async load(context) {
      await loadRunbooks(pages, stamp, context);
      reader.follow(context, () => loadRunbooks(pages, stamp, context));
    },
  };
}

async function loadRunbooks(
  pages: PageSource,
  stamp: string,
  context: LoaderContext,
): Promise<void> {
  const { store, logger } = context;
  const { base, library, links } = await pages.prepare();
  // Links tie a page to other runbooks by their anchors, includes by their whole text.
  const anchors = context.generateDigest(JSON.stringify([...links.runbooks].map(listAnchors)));
  const site = JSON.stringify(library.site);
  let built = 0;
  for (const id of store.keys()) if (!library.runbooks.has(id)) store.delete(id);
  for (const [id, { value, diagnostics }] of library.runbooks) {
    const included = value === undefined ? [] : listIncluded(value);
    const digest = context.generateDigest({
      stamp,
      base,
      anchors,
      included: included.map((name) => library.runbooks.get(name)?.value?.digest ?? name),
      text: value?.digest ?? library.sources.get(diagnostics[0]?.path ?? "") ?? "",
      problems: JSON.stringify(listProblems(id, value?.path ?? "", library)),
      verified: JSON.stringify([id, ...included].map((name) => library.ledger.runbooks[name])),
      freshness: JSON.stringify(judgeFreshness(value, library.today)),
      site,
    });
    if (store.get(id)?.digest === digest) continue;
    const page = await pages.buildPage(id);
    const data: RunbookEntry = {
      // The frame around a page shows the site's title, logo and links.
      digest: context.generateDigest(JSON.stringify([page, site], writeMap)),
      textDigest: page.body?.digest,
    };
    store.set({ id, data: { ...data }, digest });
    built += 1;
  }
  logger.info(`${library.runbooks.size} runbooks, ${built} of them new or changed`);
}

function writeMap(_key: string, value: unknown): unknown {
  return value instanceof Map ? [...(value as ReadonlyMap<unknown, unknown>)] : value;
}

function listAnchors([path, { id, sections, steps }]: readonly [string, LinkedRunbook]): unknown {
  return [path, id, [...sections], [...steps]];
}

/** Ids of the runbooks whose steps and titles the page of this one shows. */
function listIncluded({ steps, procedures }: Runbook): readonly string[] {
  const inItems = (items: readonly ProcedureItem[]): string[] =>
    items.flatMap((item) => {
      if (item.kind === "include") return [item.runbook];
      return item.kind === "choose" ? [...item.when.values()].flatMap(inItems) : [];
    });
  return [
    ...steps.flatMap((step) => (step.kind === "include" ? [step.runbook] : [])),
    ...procedures.flatMap(({ entries }) => inItems(entries)),
  ];
}
