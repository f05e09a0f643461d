import type { Loader, LoaderContext } from "astro/loaders";
import type { ProcedureItem, Runbook } from "../model/runbook.ts";
import type { LibraryReader } from "./library-reader.ts";
import { judgeFreshness } from "./overview/build-project-overview.ts";
import { createPageContext, listProblems } from "./runbook-page/build-runbook-page.ts";
import { buildSoundPage } from "./runbook-page/build-sound-page.ts";
import { createCodeHighlighter } from "./runbook-page/create-code-highlighter.ts";
import { hideSecretDefaults } from "./runbook-page/hide-secret-defaults.ts";
import type { LinkedRunbook } from "./runbook-page/site-links.ts";

/** The texts of all modules that make a page: where one of them changes, every page is made anew. */
const pageCode: Readonly<Record<string, string>> = import.meta.glob(
  ["./{runbook-page,overview}/*.ts", "../{model,parse,shell,compile,plan,report}/**/*.ts"],
  { query: "?raw", import: "default", eager: true },
);

/**
 * Makes the loader that puts each runbook of a project into Astro's content store, as data.
 *
 * `reader` reads as the command line does. A page is built again only where its text, its
 * problems, a runbook that it names, or the code that builds it has changed. While the site is
 * being developed, a change below the folder of runbooks loads again. Throws where the project's
 * configuration is not valid.
 */
export function createRunbookLoader(reader: LibraryReader): Loader {
  return {
    name: "opswright-runbooks",
    async load(context) {
      await loadRunbooks(reader, context);
      reader.follow(context, () => loadRunbooks(reader, context));
    },
  };
}

async function loadRunbooks(reader: LibraryReader, context: LoaderContext): Promise<void> {
  const { store, config, logger } = context;
  const library = await reader.read();
  const base = config.base.endsWith("/") ? config.base : `${config.base}/`;
  const pages = createPageContext(
    library,
    base,
    await createCodeHighlighter(library.sources.values()),
  );
  const code = context.generateDigest(pageCode);
  // Links tie a page to other runbooks by their anchors, includes by their whole text.
  const anchors = context.generateDigest(
    JSON.stringify([...pages.links.runbooks].map(listAnchors)),
  );
  const site = JSON.stringify(library.site);
  let built = 0;
  for (const id of store.keys()) if (!library.runbooks.has(id)) store.delete(id);
  for (const [id, { value, diagnostics }] of library.runbooks) {
    const included = value === undefined ? [] : listIncluded(value);
    const digest = context.generateDigest({
      code,
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
    const page = buildSoundPage(id, pages);
    // The frame around a page shows the site's title, logo and links.
    const digestOfPage = context.generateDigest(JSON.stringify([page, site], writeMap));
    const source = library.sources.get(value?.path ?? diagnostics[0]?.path ?? "") ?? "";
    const body = hideSecretDefaults(source, value?.frontMatter.inputs);
    store.set({ id, data: { ...page, digest: digestOfPage }, body, digest });
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
