/** What the keys do, in the order in which they are told. */
export const keys: readonly (readonly [keys: readonly string[], what: string])[] = [
  [["j"], "the next step"],
  [["k"], "the step before"],
  [["n"], "the next step that is not done"],
  [["x"], "mark the step as done, or not"],
  [["c"], "copy the step's command"],
  [["r"], "to the way back"],
  [["/", "Ctrl K"], "search"],
  [["g h"], "all runbooks"],
  [["?"], "this list"],
];

/** Opens the list of keys; focus goes back to where it was when it is closed. */
export function showKeyList(): void {
  const made = document.querySelector<HTMLDialogElement>("dialog[data-keys]");
  const dialog = made ?? createDialog();
  if (!dialog.open) dialog.showModal();
}

function createDialog(): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.dataset["keys"] = "";
  dialog.setAttribute("aria-labelledby", "page:keys");
  const heading = document.createElement("h2");
  heading.id = "page:keys";
  heading.textContent = "Keys";
  const list = document.createElement("dl");
  list.className = "keys";
  for (const [names, what] of keys) {
    const name = document.createElement("dt");
    name.append(...names.flatMap((one, at) => (at === 0 ? [keyOf(one)] : [" or ", keyOf(one)])));
    const words = document.createElement("dd");
    words.textContent = what;
    list.append(name, words);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  const actions = document.createElement("p");
  actions.className = "dialog-actions";
  actions.append(close);
  dialog.append(heading, list, actions);
  document.body.append(dialog);
  return dialog;
}

function keyOf(name: string): HTMLElement {
  const key = document.createElement("kbd");
  key.textContent = name;
  return key;
}
