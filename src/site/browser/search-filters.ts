import type { FilterCounts } from "./search-index.ts";

/** The filters in the order in which they are shown, each with what it is when nothing is chosen. */
const filterNames = [
  ["kind", "Any kind"],
  ["service", "Any service"],
  ["severity", "Any severity"],
  ["status", "Any status"],
  ["tag", "Any tag"],
  ["alert", "Any alert"],
] as const;

/** The lists to choose filters from. */
export interface SearchFilters {
  readonly element: HTMLElement;
  /** What is chosen, by filter: `{ service: "shop" }`. */
  chosen(): Readonly<Record<string, string>>;
  /** Says how many pages each choice would leave. */
  count(counts: FilterCounts): void;
  clear(): void;
}

/** Makes a list for each filter that has something to choose; `onChange` is told of each choice. */
export function createSearchFilters(counts: FilterCounts, onChange: () => void): SearchFilters {
  const element = document.createElement("div");
  element.className = "search-filters";
  const selects = filterNames.flatMap(([name, any]) => {
    const values = Object.keys(counts[name] ?? {});
    // One kind of page alone leaves nothing to choose.
    if (values.length < (name === "kind" ? 2 : 1)) return [];
    return [[name, createSelect(name, any, values)] as const];
  });
  element.append(...selects.map(([, select]) => select));
  element.hidden = selects.length === 0;
  element.addEventListener("change", onChange);
  const filters: SearchFilters = {
    element,
    chosen: () =>
      Object.fromEntries(
        selects.flatMap(([name, { value }]) => (value === "" ? [] : [[name, value]])),
      ),
    count(next) {
      for (const [name, select] of selects) {
        for (const option of select.options) {
          if (option.value === "") continue;
          option.textContent = `${option.value} (${next[name]?.[option.value] ?? 0})`;
        }
      }
    },
    clear() {
      for (const [, select] of selects) select.value = "";
    },
  };
  filters.count(counts);
  return filters;
}

function createSelect(name: string, any: string, values: readonly string[]): HTMLSelectElement {
  const select = document.createElement("select");
  select.setAttribute("aria-label", `Filter by ${name}`);
  const sorted = values.toSorted((one, other) => one.localeCompare(other, "en", { numeric: true }));
  select.append(new Option(any, ""), ...sorted.map((value) => new Option(value, value)));
  return select;
}
