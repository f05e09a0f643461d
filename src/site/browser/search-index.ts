/** A page that was found, as Pagefind keeps it. */
export interface SearchFragment {
  /** The page's address below the site's base path: `/runbooks/odd%20name/`. */
  readonly raw_url: string;
  /** Its whole text, with one space between words. */
  readonly content: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly filters: Readonly<Record<string, readonly string[]>>;
  /** The elements that have an id; `location` is the number of the word that follows. */
  readonly anchors: readonly SearchAnchor[];
  /** The words that match, by number. */
  readonly weighted_locations: readonly {
    readonly location: number;
    readonly balanced_score: number;
  }[];
}

/** An element that can be linked to. */
export interface SearchAnchor {
  readonly element: string;
  readonly id: string;
  readonly text: string;
  readonly location: number;
}

/** How many pages there are of each value of each filter: `{ service: { shop: 2 } }`. */
export type FilterCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What one search found, best first; `filters` counts within that. */
export interface SearchResponse {
  readonly results: readonly { readonly id: string; data(): Promise<SearchFragment> }[];
  readonly filters: FilterCounts;
}

/**
 * Takes from what somebody typed the marks of shells, which the index does not have. No I/O.
 *
 * @example tidyWords("psql ${DATABASE_URL}") → "psql DATABASE_URL"
 */
export function tidyWords(typed: string): string {
  return typed.replaceAll(/[$={}<>|+~^`\\()[\]\s]+/g, " ").trim();
}

/** The part of Pagefind's interface that the site uses. */
export interface SearchIndex {
  filters(): Promise<FilterCounts>;
  /** `null` finds all that the filters let through. */
  search(
    words: string | null,
    options: { readonly filters: Readonly<Record<string, string>> },
  ): Promise<SearchResponse>;
}

/**
 * Searches, and puts runbooks before all else: whoever is on call needs what to do, not how to write
 * it. `typed` may be empty, then all that the filters let through is found.
 *
 * Rejects where a part of the index cannot be loaded.
 */
export async function searchRunbooksFirst(
  index: SearchIndex,
  typed: string,
  filters: Readonly<Record<string, string>>,
): Promise<SearchResponse> {
  const words = typed === "" ? null : tidyWords(typed);
  const all = await index.search(words, { filters });
  if (filters["kind"] !== undefined) return all;
  const { results } = await index.search(words, { filters: { ...filters, kind: "runbook" } });
  const runbooks = new Set(results.map(({ id }) => id));
  const others = all.results.filter(({ id }) => !runbooks.has(id));
  return { ...all, results: [...results, ...others] };
}

interface Pagefind {
  createInstance(options: {
    readonly basePath: string;
    readonly metaCacheTag: string;
  }): SearchIndex & { init(): Promise<void> };
}

/**
 * Loads Pagefind and the site's index from below `base`, and counts what can be filtered by.
 *
 * `attempt` tells a new try from an old one, which a browser may remember as failed. Rejects where
 * there is no index or it cannot be reached.
 */
export async function loadSearchIndex(
  base: string,
  attempt: number,
): Promise<{ readonly index: SearchIndex; readonly filters: FilterCounts }> {
  const basePath = `${base}pagefind/`;
  const module = `${basePath}pagefind.js${attempt === 0 ? "" : `?attempt=${attempt}`}`;
  const pagefind = (await import(/* @vite-ignore */ module)) as Pagefind;
  // A tag that stays lets the index be found among what is kept for when there is no network.
  const index = pagefind.createInstance({ basePath, metaCacheTag: "1" });
  return { index, filters: await index.filters() };
}
