import type { SiteLibrary } from "../model/site-library.ts";
import type { LibraryReader } from "./library-reader.ts";
import { createPageContext, type PageContext } from "./runbook-page/build-runbook-page.ts";
import { buildSoundPage } from "./runbook-page/build-sound-page.ts";
import { createCodeHighlighter } from "./runbook-page/create-code-highlighter.ts";
import { hideSecretDefaults } from "./runbook-page/hide-secret-defaults.ts";
import type { RunbookPage } from "./runbook-page/runbook-page.ts";

/** The pages of a project's runbooks as it was read last, built when they are asked for. */
export interface PageSource {
  /** What all pages are built from. */
  readonly prepare: () => Promise<PageContext>;
  /** The page of a runbook by its id, which must be one. */
  readonly buildPage: (id: string) => Promise<RunbookPage>;
  /** A runbook's document as it was written, but for the defaults of secrets. */
  readonly readText: (id: string) => Promise<string>;
}

/**
 * Makes the source of pages that a site's loader and its templates share.
 *
 * Pages do not go through Astro's content store: of a thousand runbooks that are as before, a build
 * needs none, but the store would be written, bundled and read with all of them in it. A page that was
 * built is kept, to be rendered. `base` ends with a slash. No I/O until it is asked.
 */
export function createPageSource(reader: LibraryReader, base: string): PageSource {
  let current: { library: SiteLibrary; context: PageContext } | undefined;
  let built = new Map<string, RunbookPage>();

  async function prepare(): Promise<PageContext> {
    const library = await reader.read();
    if (current?.library !== library) {
      const highlight = await createCodeHighlighter(library.sources.values());
      current = { library, context: createPageContext(library, base, highlight) };
      built = new Map();
    }
    return current.context;
  }

  return {
    prepare,
    async buildPage(id) {
      const context = await prepare();
      const page = built.get(id) ?? buildSoundPage(id, context);
      built.set(id, page);
      return page;
    },
    async readText(id) {
      const { library } = await prepare();
      const { value, diagnostics = [] } = library.runbooks.get(id) ?? {};
      const source = library.sources.get(value?.path ?? diagnostics[0]?.path ?? "") ?? "";
      return hideSecretDefaults(source, value?.frontMatter.inputs);
    },
  };
}
