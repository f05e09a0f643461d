import { createSearchFilters, type SearchFilters } from "./search-filters.ts";
import {
  loadSearchIndex,
  searchRunbooksFirst,
  type SearchIndex,
  type SearchResponse,
} from "./search-index.ts";
import { createResult } from "./search-results.ts";

const pauseMs = 100;
const pageLength = 8;
const introduction = "Search titles, steps and commands, such as pg_dump or --force.";

/** Lets the dialog that was opened search; from the second time on it goes on where it was left. */
export function startSearch(dialog: HTMLDialogElement): void {
  const form = dialog.querySelector("form");
  const input = dialog.querySelector("input");
  if (form === null || input === null) return;
  const started = searches.get(dialog) ?? createSearch(dialog, form, input);
  searches.set(dialog, started);
  started.open();
}

const searches = new WeakMap<HTMLDialogElement, { open(): void }>();

function createSearch(
  dialog: HTMLDialogElement,
  form: HTMLFormElement,
  input: HTMLInputElement,
): { open(): void } {
  const base = dialog.dataset["base"] ?? "/";
  const status = document.createElement("p");
  status.className = "search-note";
  status.setAttribute("role", "status");
  const action = document.createElement("button");
  action.type = "button";
  action.className = "search-action";
  action.hidden = true;
  const list = document.createElement("ol");
  list.className = "search-results";
  const body = document.createElement("div");
  body.className = "search-body";
  body.append(status, list, action);
  const keys = document.createElement("p");
  keys.className = "search-keys";
  keys.textContent = "↑ ↓ move · Enter opens · Esc closes";
  dialog.querySelector("p.search-note")?.remove();
  dialog.append(body, keys);

  let index: SearchIndex | undefined;
  let isLoading = false;
  let filters: SearchFilters | undefined;
  let attempt = 0;
  // Answers may overtake each other; only the latest question's counts.
  let question = 0;
  let act = (): void => {};

  function say(words: string, offer?: { label: string; act: () => void }): void {
    status.textContent = words;
    dialog.dataset["answered"] = input.value;
    action.hidden = offer === undefined;
    if (offer === undefined) return;
    action.textContent = offer.label;
    act = offer.act;
  }

  async function load(): Promise<void> {
    if (isLoading) return;
    isLoading = true;
    say("Loading the index …");
    try {
      const loaded = await loadSearchIndex(base, attempt);
      ({ index } = loaded);
      filters = createSearchFilters(loaded.filters, () => void search());
      form.after(filters.element);
      await search();
    } catch {
      attempt += 1;
      if (__SITE_IS_BUILT__) {
        say("The index could not be loaded. Check the connection, then try again.", {
          label: "Try again",
          act: () => void load(),
        });
      } else {
        say("There is no index while the site is being developed: a build writes it.");
      }
    } finally {
      isLoading = false;
    }
  }

  async function search(): Promise<void> {
    if (index === undefined || filters === undefined) return;
    const asked = ++question;
    const words = input.value.trim();
    const chosen = filters.chosen();
    const isFiltered = Object.keys(chosen).length > 0;
    if (words === "" && !isFiltered) {
      list.replaceChildren();
      filters.count(await index.filters());
      if (asked === question) say(introduction);
      return;
    }
    try {
      const found = await searchRunbooksFirst(index, words, chosen);
      if (asked !== question) return;
      filters.count(found.filters);
      list.replaceChildren();
      if (found.results.length === 0) sayNothing(words, isFiltered);
      else await show(found, words, asked);
    } catch {
      if (asked !== question) return;
      list.replaceChildren();
      say("The search failed. Check the connection, then try again.", {
        label: "Try again",
        act: () => void search(),
      });
    }
  }

  function sayNothing(words: string, isFiltered: boolean): void {
    if (!isFiltered) {
      say(`Nothing has “${words}”. Try fewer or shorter words.`);
      return;
    }
    const what = words === "" ? "Nothing has" : `Nothing has “${words}” and`;
    say(`${what} all of these filters.`, {
      label: "Clear the filters",
      act() {
        filters?.clear();
        input.focus();
        void search();
      },
    });
  }

  async function show(found: SearchResponse, words: string, asked: number): Promise<void> {
    const { results } = found;
    const from = list.childElementCount;
    const next = await Promise.all(
      results.slice(from, from + pageLength).map((result) => result.data()),
    );
    if (asked !== question) return;
    const items = next.map((fragment) => createResult(fragment, { base, words }));
    list.append(...items);
    const count = `${results.length} ${results.length === 1 ? "page" : "pages"}`;
    const shown = list.childElementCount;
    if (shown >= results.length) say(count);
    else {
      say(`${shown} of ${count}`, {
        label: "Show more",
        act: () => void show(found, words, asked),
      });
    }
    if (from > 0) items[0]?.querySelector("a")?.focus();
  }

  let waiting: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void search(), pauseMs);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // On a phone the key puts the keyboard away, so that the results can be seen.
    if (matchMedia("(pointer: coarse)").matches) input.blur();
    else list.querySelector("a")?.click();
  });
  action.addEventListener("click", () => act());
  dialog.querySelector("[data-close-search]")?.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => {
    const isOutside = target === dialog;
    const isFollowed = target instanceof Element && target.closest(".search-results a") !== null;
    if (isOutside || isFollowed) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => handleKey(event, dialog, input));

  return {
    open() {
      if (index === undefined) void load();
    },
  };
}

/** Moves by arrows through the field and all links; letters go to the field wherever one stands. */
function handleKey(event: KeyboardEvent, dialog: HTMLDialogElement, input: HTMLInputElement): void {
  if (event.isComposing) return;
  if (event.key === "Escape") {
    // A search field would only empty itself.
    event.preventDefault();
    dialog.close();
    return;
  }
  const links = [...dialog.querySelectorAll<HTMLElement>(".search-results a")];
  const stops = [input, ...links];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  if (at === -1) return;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    stops[to]?.focus();
  } else if (at > 0 && (event.key === "Home" || event.key === "End")) {
    event.preventDefault();
    stops.at(event.key === "Home" ? 1 : -1)?.focus();
  } else if (at > 0 && isLetter(event)) input.focus();
}

function isLetter({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey;
}
