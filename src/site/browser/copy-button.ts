/** How long a button says that it has copied. */
const thanksMs = 2000;

/** What a button copies and how it is called. */
export interface CopyOptions {
  /** The words on it: `Copy`. */
  readonly label: string;
  /** What follows `Copy` for somebody who cannot see where it stands. */
  readonly name: string;
  readonly read: () => string | Promise<string>;
  /** Called where the browser forbids it: to select the text, say. */
  readonly refuse?: () => void;
}

/**
 * Makes a button that copies a text, and the words that tell somebody who does not see it that it did.
 *
 * @returns both, to be put beside what is copied.
 */
export function createCopyButton(options: CopyOptions): readonly [HTMLButtonElement, HTMLElement] {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = options.label;
  // The name begins with the label that is seen: a person who speaks to the screen says that.
  button.setAttribute("aria-label", `${options.label} ${options.name}`);
  const status = document.createElement("span");
  status.className = "unseen";
  status.setAttribute("role", "status");
  button.addEventListener("click", () => void copyFrom(button, status, options));
  return [button, status];
}

async function copyFrom(
  button: HTMLButtonElement,
  status: HTMLElement,
  { label, read, refuse }: CopyOptions,
): Promise<void> {
  let words = "Copied";
  try {
    await navigator.clipboard.writeText(await read());
  } catch {
    refuse?.();
    words = refuse === undefined ? "Not copied" : "Press Ctrl+C";
  }
  button.textContent = words;
  status.textContent = words;
  setTimeout(() => {
    button.textContent = label;
    status.textContent = "";
  }, thanksMs);
}
