import { createCopyButton } from "./copy-button.ts";

/** Gives each code that may be copied a button that copies it as it is shown. */
export function addCopyButtons(): void {
  for (const code of document.querySelectorAll<HTMLElement>("[data-copy]")) {
    const button = createCopyButton({
      label: "Copy",
      name: code.dataset["copy"] ?? "",
      read: () => code.textContent,
      refuse: () => getSelection()?.selectAllChildren(code),
    });
    (code.closest("pre") ?? code).after(...button);
  }
}
