/** What a runbook's page does beyond being read: filled in, copied as a script, ticked off. */
import { startChoices } from "./choices.ts";
import { fillCommands } from "./filled-commands.ts";
import type { InputStore } from "./input-store.ts";
import { startInputs } from "./inputs-form.ts";
import { findSteps } from "./page-steps.ts";
import { startNotes, startProgress, type Progress } from "./progress.ts";
import { addScriptButtons } from "./script-buttons.ts";

const runbook = document.querySelector<HTMLElement>("[data-runbook]");
if (runbook) start(runbook);
// What script adds moves the place that the address names.
document.querySelector(":target")?.scrollIntoView();

function start(root: HTMLElement): void {
  const steps = findSteps(root);
  const procedures = [...root.querySelectorAll<HTMLElement>("[data-procedure]")].filter(
    (procedure) => procedure.querySelector("[data-outline]") !== null,
  );
  const store = startInputs(root);
  startChoices(root, root.dataset["runbook"] ?? "", store);
  fillCommands(root, store);
  addScriptButtons(root, steps, store);
  if (steps.length === 0) return;
  const progress = startProgress(root, steps, procedures);
  startNotes(steps, progress);
  root.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === "radio") progress.show();
  });
  store.watch(() => progress.show());
  for (const button of document.querySelectorAll("[data-run-export]")) {
    button.addEventListener("click", () => void openExport(root, store, progress));
  }
}

async function openExport(root: HTMLElement, store: InputStore, progress: Progress): Promise<void> {
  try {
    const { exportRun } = await import("./export-run.ts");
    exportRun(root, store, progress);
  } catch {
    for (const note of document.querySelectorAll("[data-run-note]")) {
      note.textContent = "The export could not be loaded. Check the connection, then try again.";
    }
  }
}
