import { isTyping } from "./is-typing.ts";

/**
 * Opens the search: by its button, by `/` and by Ctrl+K. The dialog opens at once, to be typed into;
 * what searches is loaded only then.
 */
export function prepareSearch(): void {
  const opener = document.querySelector<HTMLButtonElement>("[data-open-search]");
  const search = document.querySelector<HTMLDialogElement>("[data-search]");
  if (opener && search) prepare(opener, search);
}

function prepare(button: HTMLButtonElement, dialog: HTMLDialogElement): void {
  // Without script both serve to say so; with it the dialog is modal.
  button.removeAttribute("popovertarget");
  dialog.removeAttribute("popover");
  const form = dialog.querySelector("form");
  if (form) form.hidden = false;
  button.addEventListener("click", () => void open(dialog));
  document.addEventListener("keydown", (event) => {
    if (!isShortcut(event)) return;
    event.preventDefault();
    void open(dialog);
  });
}

function isShortcut(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  if (altKey || event.isComposing) return false;
  if (ctrlKey || metaKey) return key.toLowerCase() === "k";
  return key === "/" && !isTyping(target) && document.querySelector("dialog[open]") === null;
}

async function open(dialog: HTMLDialogElement): Promise<void> {
  if (dialog.open) return;
  for (const other of document.querySelectorAll<HTMLDialogElement>("dialog[open]")) other.close();
  dialog.showModal();
  // What was searched last is there to go on from, or to type over.
  dialog.querySelector("input")?.select();
  try {
    const { startSearch } = await import("./search-dialog.ts");
    startSearch(dialog);
  } catch {
    const note = document.createElement("p");
    note.className = "search-note";
    note.textContent = "The search could not be loaded. Check the connection, then open it again.";
    dialog.querySelector(".search-note")?.remove();
    dialog.append(note);
  }
}
