import type { InputStore } from "./input-store.ts";
import { recall, remember } from "./remembered.ts";

/**
 * Remembers which alternatives are chosen, by runbook, and ties those that hang on an input to its
 * value, both ways. Which operating system it is, is remembered for all pages.
 */
export function startChoices(root: HTMLElement, runbook: string, store: InputStore): void {
  const choices = [...root.querySelectorAll<HTMLElement>("fieldset[data-choice]")];
  const preset = new Map<string, string>();
  for (const choice of choices) {
    const name = choice.dataset["choice"] ?? "";
    const key = keyOf(runbook, choice);
    const kept = recall(key);
    if (kept !== undefined && hasOption(choice, kept)) {
      choose(choice, kept);
      preset.set(name, kept);
    }
    choice.addEventListener("change", ({ target }) => {
      const value = ownValue(choice, target);
      if (value === undefined) return;
      remember(key, value);
      for (const other of choices) if (other.dataset["choice"] === name) choose(other, value);
      store.set([[name, value]]);
    });
  }
  for (const button of root.querySelectorAll("[data-reset-inputs]")) {
    button.addEventListener("click", () => {
      for (const choice of choices) remember(keyOf(runbook, choice), undefined);
    });
  }
  const isGiven = new Set(store.given().map(([name]) => name));
  store.watch(() => {
    const values = store.values();
    for (const choice of choices) choose(choice, values.get(choice.dataset["choice"] ?? ""));
  });
  // What a link says comes before what was chosen here.
  store.set([...preset].filter(([name]) => !isGiven.has(name)));
  startSystems(root);
}

function keyOf(runbook: string, choice: HTMLElement): string {
  return `choice:${encodeURIComponent(runbook)}:${choice.dataset["choice"] ?? ""}`;
}

function startSystems(root: HTMLElement): void {
  const choices = [...root.querySelectorAll<HTMLElement>("fieldset[data-choice-os]")];
  for (const choice of choices) {
    choose(choice, recall("os") ?? guessSystem());
    choice.addEventListener("change", ({ target }) => {
      const value = ownValue(choice, target);
      if (value === undefined) return;
      remember("os", value);
      for (const other of choices) choose(other, value);
    });
  }
}

/** The reader's own system, as pages name it; undefined on a phone, from which nobody runs a command. */
function guessSystem(): string | undefined {
  const agent = navigator.userAgent;
  if (/Android|iPhone|iPad|Mobile/u.test(agent)) return undefined;
  if (/Macintosh/u.test(agent)) return "macOS";
  if (/Windows/u.test(agent)) return "Windows";
  return /Linux/u.test(agent) ? "Linux" : undefined;
}

/** The alternatives of this choice, not those of another one inside it. */
function radiosOf(choice: HTMLElement): readonly HTMLInputElement[] {
  return [...choice.querySelectorAll<HTMLInputElement>(".tab > input[type=radio]")].filter(
    (radio) => radio.closest("fieldset") === choice,
  );
}

function hasOption(choice: HTMLElement, value: string): boolean {
  return radiosOf(choice).some((radio) => radio.value === value);
}

function choose(choice: HTMLElement, value: string | undefined): void {
  for (const radio of radiosOf(choice)) if (radio.value === value) radio.checked = true;
}

function ownValue(choice: HTMLElement, target: EventTarget | null): string | undefined {
  return radiosOf(choice).find((radio) => radio === target)?.value;
}
