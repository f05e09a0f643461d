import { localIsoTime } from "./local-iso-time.ts";
import { followProcedure, goToStep, titleOf, type PageStepElement } from "./page-steps.ts";
import { listRemembered, recall, remember, watchRemembered } from "./remembered.ts";
import {
  changeText,
  emptyRecord,
  parseRunRecord,
  runRecordName,
  type RunRecord,
} from "./run-record.ts";

/** What is done of a runbook, as the page has it. */
export interface Progress {
  record(): RunRecord;
  /** The chosen procedure's steps that are to be done, in its order. */
  steps(): readonly PageStepElement[];
  /** The chosen procedure, where the page has any. */
  procedure(): HTMLElement | undefined;
  /** Shows again what is done, after another alternative was chosen, say. */
  show(): void;
  setNote(step: HTMLElement, text: string): void;
}

/**
 * Keeps which steps are marked, by the runbook and the digest of its text, and shows how far one is.
 *
 * Marks of another version of the text are left alone and told. Reads and writes `localStorage`.
 */
export function startProgress(
  root: HTMLElement,
  steps: readonly PageStepElement[],
  procedures: readonly HTMLElement[],
): Progress {
  const runbook = root.dataset["runbook"] ?? "";
  const name = runRecordName(runbook, root.dataset["digest"] ?? "");
  let record = parseRunRecord(recall(name));
  let undone: RunRecord | undefined;

  const progress: Progress = {
    record: () => record,
    steps: () => followProcedure(steps, progress.procedure()),
    procedure: () =>
      procedures.find(({ dataset }) => dataset["procedure"] === record.procedure) ?? procedures[0],
    show,
    setNote(step, text) {
      save({ ...record, notes: changeText(record.notes, step.id, text.trim() || undefined) });
    },
  };

  function save(changed: RunRecord): void {
    record = changed;
    const isEmpty = Object.keys(record.marks).length + Object.keys(record.notes).length === 0;
    const isWhole = isEmpty && record.procedure === undefined;
    const isKept = remember(name, isWhole ? undefined : JSON.stringify(record));
    if (!isKept) say("This browser keeps nothing: the marks last until the page is closed.");
    show();
  }

  function show(): void {
    for (const { element, box } of steps) {
      box.checked = record.marks[element.id] !== undefined;
      element.toggleAttribute("data-is-done", box.checked);
      const note = element.querySelector<HTMLTextAreaElement>("textarea.note");
      if (note && note !== document.activeElement) note.value = record.notes[element.id] ?? "";
    }
    const followed = progress.steps();
    showInMaps(followed.find(({ box }) => !box.checked)?.element);
    const done = followed.filter(({ box }) => box.checked).length;
    for (const bar of document.querySelectorAll<HTMLProgressElement>("progress[data-run-bar]")) {
      bar.max = Math.max(1, followed.length);
      bar.value = done;
    }
    for (const count of document.querySelectorAll<HTMLElement>("[data-run-count]")) {
      const between = count.dataset["runCount"] === "short" ? "/" : " of ";
      count.textContent = `${done}${between}${followed.length}`;
    }
    for (const select of document.querySelectorAll<HTMLSelectElement>("[data-run-procedure]")) {
      select.value = progress.procedure()?.dataset["procedure"] ?? "";
    }
    for (const button of document.querySelectorAll("[data-run-reset]")) {
      button.textContent = undone === undefined ? "Reset" : "Undo";
    }
  }

  /** The drawings and lists of the procedures know what is done, and what is next. */
  function showInMaps(next: HTMLElement | undefined): void {
    for (const link of root.querySelectorAll<HTMLElement>(".map a, a[data-outline]")) {
      const id = decodeURIComponent(link.getAttribute("href")?.slice(1) ?? "");
      const isOfChosen = progress.procedure()?.contains(link) === true;
      link.toggleAttribute("data-is-done", record.marks[id] !== undefined);
      link.toggleAttribute("data-is-next", isOfChosen && next !== undefined && id === next.id);
    }
  }

  for (const { element, box } of steps) {
    box.addEventListener("change", () => {
      undone = undefined;
      say("");
      const time = box.checked ? localIsoTime(new Date()) : undefined;
      save({ ...record, marks: changeText(record.marks, element.id, time) });
    });
  }
  onClick("[data-next]", () => {
    const open = progress.steps().find(({ box }) => !box.checked);
    if (open === undefined) say("All steps are done.");
    else goToStep(open.element);
  });
  onClick("[data-run-reset]", () => {
    const before = record;
    const isUndo = undone !== undefined;
    const { procedure } = record;
    const restored = undone ?? {
      ...emptyRecord,
      ...(procedure === undefined ? {} : { procedure }),
    };
    undone = isUndo ? undefined : before;
    say(isUndo ? "The marks are back." : "All marks and notes are gone.");
    save(restored);
  });
  chooseProcedure(procedures, progress, (procedure) => save({ ...record, procedure }));
  // Who goes back goes on with the way back, not with what failed.
  onClick("[data-rollback]", ({ currentTarget }) => {
    const anchor = decodeURIComponent((currentTarget as HTMLAnchorElement).hash.slice(1));
    const way = procedures.find(({ id }) => id === anchor) ?? findOwner(anchor, steps, procedures);
    if (way === undefined) return;
    for (const details of way.querySelectorAll("details")) details.open = true;
    save({ ...record, procedure: way.dataset["procedure"] });
  });
  watchRemembered(name, () => {
    record = parseRunRecord(recall(name));
    show();
  });
  tellOldRuns(runbook, name);
  show();
  return progress;
}

/** The procedure that has the first step below a heading. */
function findOwner(
  anchor: string,
  steps: readonly PageStepElement[],
  procedures: readonly HTMLElement[],
): HTMLElement | undefined {
  const heading = document.getElementById(anchor);
  const first = steps.find(
    ({ element }) =>
      heading !== null &&
      (heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
  const id = first?.element.dataset["step"];
  return procedures.find((procedure) =>
    [...procedure.querySelectorAll<HTMLElement>("[data-outline]")].some(
      ({ dataset }) => dataset["outline"] === id,
    ),
  );
}

/** Fills the list of procedures; with one there is nothing to choose. */
function chooseProcedure(
  procedures: readonly HTMLElement[],
  progress: Progress,
  act: (name: string) => void,
): void {
  for (const select of document.querySelectorAll<HTMLSelectElement>("[data-run-procedure]")) {
    const label = select.closest("label");
    if (label) label.hidden = procedures.length < 2;
    const chosen = progress.procedure();
    for (const procedure of procedures) {
      const title = procedure.querySelector("h3")?.textContent ?? "";
      const name = procedure.dataset["procedure"] ?? "";
      select.append(new Option(title, name, false, procedure === chosen));
    }
    select.addEventListener("change", () => act(select.value));
  }
}

/** Tells of marks that were made in another version of the runbook. */
function tellOldRuns(runbook: string, name: string): void {
  const others = listRemembered(runRecordName(runbook, "")).filter((one) => one !== name);
  const old = others.flatMap((one) => Object.values(parseRunRecord(recall(one)).marks));
  const last = old.toSorted().at(-1);
  if (last === undefined) return;
  for (const place of document.querySelectorAll<HTMLElement>("[data-run-old]")) {
    const words = document.createElement("span");
    const steps = old.length === 1 ? "1 step" : `${old.length} steps`;
    words.textContent = `The runbook has changed since you marked ${steps} of it (${last.slice(0, 10)}). Those marks are kept apart. `;
    const forget = document.createElement("button");
    forget.type = "button";
    forget.className = "button";
    forget.textContent = "Forget them";
    forget.addEventListener("click", () => {
      for (const one of others) remember(one, undefined);
      place.hidden = true;
    });
    place.replaceChildren(words, forget);
    place.hidden = false;
  }
}

function onClick(selector: string, act: (event: Event) => void): void {
  for (const button of document.querySelectorAll(selector)) button.addEventListener("click", act);
}

function say(words: string): void {
  for (const note of document.querySelectorAll("[data-run-note]")) note.textContent = words;
}

/** Gives each step a place for a note, which is made when it is wanted. */
export function startNotes(steps: readonly PageStepElement[], progress: Progress): void {
  for (const { element, box } of steps) {
    const label = box.closest("label.done");
    if (label === null) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "note-open";
    button.textContent = "Note";
    button.setAttribute("aria-label", `Note on “${titleOf(element)}”`);
    const open = (): HTMLTextAreaElement => openNote(button, element, progress);
    button.addEventListener("click", () => open().focus());
    label.after(button);
    if (progress.record().notes[element.id] !== undefined) open();
  }
}

function openNote(button: HTMLElement, step: HTMLElement, progress: Progress): HTMLTextAreaElement {
  const field = document.createElement("textarea");
  field.className = "note";
  field.rows = 2;
  field.value = progress.record().notes[step.id] ?? "";
  field.setAttribute("aria-label", `Note on “${titleOf(step)}”`);
  field.addEventListener("input", () => progress.setNote(step, field.value));
  field.addEventListener("blur", () => {
    if (field.value.trim() === "") field.replaceWith(button);
  });
  button.replaceWith(field);
  return field;
}
