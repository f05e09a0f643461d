import { isKeyForPage } from "./is-key-for-page.ts";

/** How long after `g` its second key may come. */
const sequenceMs = 1500;

let goingUntil = 0;
/** Where one is in the text, when the keyboard is elsewhere. */
let lastStep: HTMLElement | undefined;

const actions: Readonly<Record<string, () => void>> = {
  j: () => move(1),
  k: () => move(-1),
  x: () => boxOf(currentStep())?.click(),
  c: () => currentStep()?.querySelector<HTMLElement>(".copyable .copy")?.click(),
  n: () => document.querySelector<HTMLElement>("[data-next]")?.click(),
  r: rollBack,
  "?": () => void openKeyList(),
};

/** Listens to keys, for somebody whose hands are on the keyboard; `key-list.ts` tells which. */
export function startShortcuts(): void {
  document.addEventListener("keydown", handleKey);
  document.addEventListener("focusin", ({ target }) => {
    const step = target instanceof Element ? target.closest<HTMLElement>("[data-step]") : null;
    if (step !== null) lastStep = step;
  });
  for (const button of document.querySelectorAll<HTMLElement>("[data-open-keys]")) {
    button.addEventListener("click", () => void openKeyList());
  }
}

function handleKey(event: KeyboardEvent): void {
  if (!isKeyForPage(event)) return;
  const isSecond = event.timeStamp < goingUntil;
  goingUntil = event.key === "g" ? event.timeStamp + sequenceMs : 0;
  if (isSecond && event.key === "h") {
    event.preventDefault();
    location.assign(__SITE_BASE__);
    return;
  }
  const act = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
  if (act === undefined) return;
  event.preventDefault();
  act();
}

function visibleSteps(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-step]")].filter((step) =>
    step.checkVisibility(),
  );
}

/** The step that has the keyboard, or had it last, or that the address names. */
function currentStep(): HTMLElement | undefined {
  const named = document.querySelector<HTMLElement>("[data-step]:target") ?? undefined;
  return [lastStep, named].find((step) => step?.checkVisibility() === true);
}

function boxOf(step: HTMLElement | undefined): HTMLElement | null | undefined {
  return step?.querySelector<HTMLElement>("[data-done]");
}

function move(by: 1 | -1): void {
  const steps = visibleSteps();
  const current = currentStep();
  const at = current === undefined ? -1 : steps.indexOf(current);
  // Who has not been at a step begins with what is on the screen.
  const seen = steps.findIndex((step) => step.getBoundingClientRect().bottom > 0);
  const to = at === -1 ? (by === 1 ? seen : Math.max(seen, 1) - 1) : at + by;
  goTo(steps[to]);
}

function goTo(step: HTMLElement | undefined): void {
  if (step === undefined) return;
  step.tabIndex = -1;
  step.focus({ preventScroll: true });
  step.scrollIntoView({ block: "start" });
}

function rollBack(): void {
  const links = [...document.querySelectorAll<HTMLElement>("[data-rollback]")];
  (links.find((link) => link.checkVisibility()) ?? links[0])?.click();
}

async function openKeyList(): Promise<void> {
  try {
    const { showKeyList } = await import("./key-list.ts");
    showKeyList();
  } catch {
    // Without a connection there is no list; the keys work all the same.
  }
}
