import type { InputDefinition } from "../../model/front-matter.ts";
import { createInputStore, type InputStore } from "./input-store.ts";
import { readAddress, writeAddress, type InputDefinitions } from "./input-values.ts";

/** What `InputsForm.astro` writes for one input. */
type Control = HTMLInputElement | HTMLSelectElement;

/**
 * Makes the store of a runbook's inputs and ties it to its controls and to the page's address.
 *
 * Values come from the address, else from this window before it was loaded again. Reads and writes
 * the address and `sessionStorage`; a secret has no control and gets into neither.
 */
export function startInputs(root: HTMLElement): InputStore {
  const controls = [...root.querySelectorAll<Control>("[data-input-name]")];
  const store = createInputStore(readDefinitions(root, controls));
  const storageName = `opswright:inputs:${location.pathname}`;

  store.watch(() => {
    for (const control of controls) showIn(control, store);
    writeLocation(store);
    keep(storageName, store);
  });
  for (const [at, control] of controls.entries()) {
    label(control, `page:input:${at}`);
    control.addEventListener(control instanceof HTMLSelectElement ? "change" : "input", () => {
      say(root, "");
      store.set([[control.dataset["inputName"] ?? "", control.value]]);
    });
    // While one types, what was typed stands; afterwards what holds: the default, where it is empty.
    control.addEventListener("blur", () => showIn(control, store));
  }

  function readLink(): boolean {
    const values = readAddress(location, store.definitions);
    if (values.size === 0) return false;
    store.replace(values);
    const unfit = [...values.keys()].filter((name) => store.problem(name) !== undefined);
    const given = [...values.keys()].filter((name) => !unfit.includes(name));
    say(
      root,
      [
        given.length > 0 && `The link filled in ${given.join(", ")}.`,
        unfit.length > 0 && `What it has for ${unfit.join(", ")} does not fit.`,
      ]
        .filter(Boolean)
        .join(" "),
    );
    return true;
  }

  if (!readLink()) store.replace(recallKept(storageName));
  addEventListener("hashchange", readLink);
  for (const button of root.querySelectorAll("[data-reset-inputs]")) {
    button.addEventListener("click", () => {
      store.replace([]);
      say(root, "Back to the defaults.");
    });
  }
  for (const button of root.querySelectorAll("[data-copy-link]")) {
    button.addEventListener("click", () => void copyLink(root, store));
  }
  return store;
}

/** The address of this page with what was filled in. Reads the address. */
export function linkWithValues(store: InputStore): string {
  const { origin, pathname, search } = location;
  return `${origin}${pathname}${writeAddress(search, store.values(), store.definitions)}`;
}

function readDefinitions(root: HTMLElement, controls: readonly Control[]): InputDefinitions {
  const definitions = new Map<string, InputDefinition>();
  for (const { dataset } of controls) {
    const rule = JSON.parse(dataset["rule"] ?? "{}") as InputDefinition;
    definitions.set(dataset["inputName"] ?? "", rule);
  }
  // Without a control, but known: an address that has one is rid of it.
  for (const { dataset } of root.querySelectorAll<HTMLElement>("[data-secret-input]")) {
    definitions.set(dataset["secretInput"] ?? "", { type: "secret" });
  }
  return definitions;
}

/** Ties a control to its name and to the place of its problem; a page may show an input twice. */
function label(control: Control, id: string): void {
  const entry = control.closest("li");
  const name = entry?.querySelector("label");
  const problem = entry?.querySelector(".field-problem");
  control.id = id;
  if (name) name.htmlFor = id;
  if (!problem) return;
  problem.id = `${id}:problem`;
  control.setAttribute("aria-describedby", problem.id);
}

function showIn(control: Control, store: InputStore): void {
  const name = control.dataset["inputName"] ?? "";
  const problem = store.problem(name);
  const text = store.text(name);
  if (control !== document.activeElement || control instanceof HTMLSelectElement) {
    control.value = text;
  }
  control.setAttribute("aria-invalid", String(problem !== undefined));
  const place = control.closest("li")?.querySelector(".field-problem");
  if (place) place.textContent = problem ?? "";
  // A problem must be seen, wherever the value came from.
  const folded = problem === undefined ? undefined : control.closest("details");
  if (folded) folded.open = true;
}

function writeLocation(store: InputStore): void {
  const { pathname, search, hash } = location;
  const written = writeAddress(search, store.values(), store.definitions);
  const anchor = written.includes("#") || hash.startsWith("#inputs?") ? "" : hash;
  const address = `${pathname}${written}${anchor}`;
  if (address === `${pathname}${search}${hash}`) return;
  try {
    history.replaceState(history.state, "", address);
  } catch {
    // Browsers limit how often it may be called; the next change writes it.
  }
}

function keep(name: string, store: InputStore): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(store.given()));
  } catch {
    // The address has them too.
  }
}

function recallKept(name: string): [string, string][] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(name) ?? "[]");
    return Array.isArray(kept)
      ? kept.filter((pair): pair is [string, string] => Array.isArray(pair) && pair.every(isText))
      : [];
  } catch {
    return [];
  }
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function say(root: HTMLElement, words: string): void {
  for (const note of root.querySelectorAll("[data-inputs-note]")) note.textContent = words;
}

async function copyLink(root: HTMLElement, store: InputStore): Promise<void> {
  const link = linkWithValues(store);
  try {
    await navigator.clipboard.writeText(link);
    say(root, "The link is copied.");
  } catch {
    say(root, link);
  }
}
