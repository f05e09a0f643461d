/** How long a button says that it has copied. */
const thanksMs = 2000;

for (const code of document.querySelectorAll<HTMLElement>("[data-copy]")) addButton(code);

function addButton(code: HTMLElement): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  // The name begins with the label that is seen: a person who speaks to the screen says that.
  button.setAttribute("aria-label", `Copy ${code.dataset["copy"] ?? ""}`);
  const status = document.createElement("span");
  status.className = "unseen";
  status.setAttribute("role", "status");
  async function copy(): Promise<void> {
    const words = (await copyText(code)) ? "Copied" : "Press Ctrl+C";
    button.textContent = words;
    status.textContent = words;
    setTimeout(() => {
      button.textContent = "Copy";
      status.textContent = "";
    }, thanksMs);
  }
  button.addEventListener("click", () => void copy());
  (code.closest("pre") ?? code).after(button, status);
}

/** Copies an element's text; where the browser forbids it, the text is at least selected. */
async function copyText(element: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    getSelection()?.selectAllChildren(element);
    return false;
  }
}
