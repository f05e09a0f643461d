/** A step on the page that somebody does, and marks when it is done. */
export interface PageStepElement {
  readonly element: HTMLElement;
  readonly box: HTMLInputElement;
}

/** The steps that are done, in the order of the text; what is only shown is not among them. */
export function findSteps(root: HTMLElement): readonly PageStepElement[] {
  return [...root.querySelectorAll<HTMLInputElement>("[data-done]")].flatMap((box) => {
    const element = box.closest<HTMLElement>("[data-step]");
    return element === null ? [] : [{ element, box }];
  });
}

/**
 * Those steps of a procedure that are on the page and not in an alternative that is not chosen, in the
 * procedure's order; without a procedure, in the order of the text.
 */
export function followProcedure(
  steps: readonly PageStepElement[],
  procedure: HTMLElement | undefined,
): readonly PageStepElement[] {
  const chosen = steps.filter(({ element }) => isChosen(element));
  if (procedure === undefined) return chosen;
  const byId = new Map(chosen.map((step) => [step.element.dataset["step"], step]));
  const links = [...procedure.querySelectorAll<HTMLElement>("[data-outline]")];
  const ids = new Set(links.map(({ dataset }) => dataset["outline"]));
  return [...ids].flatMap((id) => byId.get(id) ?? []);
}

/** The step's title, on one line. */
export function titleOf(step: HTMLElement): string {
  return (step.querySelector("[data-title]")?.textContent ?? "").trim().replaceAll(/\s+/g, " ");
}

/**
 * Brings a step into view and to the keyboard; where it is hidden, it is shown first.
 */
export function goToStep(step: HTMLElement): void {
  for (let at = step.parentElement; at !== null; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement) at.open = true;
    const radio = at.matches(".option") ? at.querySelector<HTMLInputElement>(".tab input") : null;
    if (radio?.checked === false) radio.click();
  }
  step.tabIndex = -1;
  step.focus({ preventScroll: true });
  step.scrollIntoView({ block: "start" });
}

function isChosen(element: HTMLElement): boolean {
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    const radio = at.matches(".option") ? at.querySelector<HTMLInputElement>(".tab input") : null;
    if (radio?.checked === false) return false;
  }
  return true;
}
