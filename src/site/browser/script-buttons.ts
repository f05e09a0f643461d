import type { ScriptStep } from "./compose-script.ts";
import { createCopyButton } from "./copy-button.ts";
import { readWrittenScript } from "./filled-commands.ts";
import { linkWithValues } from "./inputs-form.ts";
import type { InputStore } from "./input-store.ts";
import { followProcedure, titleOf, type PageStepElement } from "./page-steps.ts";

/** Below so many commands, a section's script is no more than what its steps' buttons copy. */
const fewestCommands = 2;

/** Offers each procedure, and each section of several commands, as one bash script. */
export function addScriptButtons(
  root: HTMLElement,
  steps: readonly PageStepElement[],
  store: InputStore,
): void {
  const title = root.querySelector("h1")?.textContent.trim() ?? "";
  const make = (name: string, read: () => readonly PageStepElement[]) =>
    createCopyButton({
      label: "Copy as script",
      name: `“${name}”`,
      read: () => writeScript([title, name], read(), store),
    });
  for (const procedure of root.querySelectorAll<HTMLElement>("[data-procedure]")) {
    const line = procedure.querySelector(".cli");
    const name = procedure.querySelector("h3")?.textContent ?? title;
    line?.append(...make(name, () => followProcedure(steps, procedure)));
  }
  for (const heading of root.querySelectorAll<HTMLElement>("h2[id], h3[id]")) {
    const inSection = stepsBelow(heading, root, steps);
    const commands = inSection.filter(({ element }) => element.dataset["sort"] === "command");
    if (commands.length < fewestCommands) continue;
    const [button, status] = make(heading.textContent.trim(), () =>
      followProcedure(stepsBelow(heading, root, steps), undefined),
    );
    button?.classList.add("copy-section");
    heading.classList.add("has-script");
    if (button && status) heading.after(button, status);
  }
}

/** Steps from a heading to the next one that is as high. */
function stepsBelow(
  heading: HTMLElement,
  root: HTMLElement,
  steps: readonly PageStepElement[],
): readonly PageStepElement[] {
  const headings = [...root.querySelectorAll("h1, h2, h3")];
  const next = headings
    .slice(headings.indexOf(heading) + 1)
    .find(({ tagName }) => tagName <= heading.tagName);
  return steps.filter(
    ({ element }) => isBefore(heading, element) && (next === undefined || isBefore(element, next)),
  );
}

function isBefore(one: Element, other: Element): boolean {
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

async function writeScript(
  names: readonly string[],
  steps: readonly PageStepElement[],
  store: InputStore,
): Promise<string> {
  const { composeScript } = await import("./compose-script.ts");
  const values = store.values();
  const unset = [...store.definitions].filter(([name]) => !values.has(name));
  const read = steps.map(({ element }) => readStep(element));
  const isNeeded = ([name, { type, required }]: (typeof unset)[number]): boolean =>
    type === "secret" ? read.some(({ script }) => script.includes(name)) : required === true;
  const isSecret = ([, { type }]: (typeof unset)[number]): boolean => type === "secret";
  return composeScript({
    about: [[...new Set(names)].join(": "), linkWithValues(store)],
    values,
    missing: unset.filter(isNeeded).map(([name]) => name),
    optional: unset.filter((input) => !isNeeded(input) && !isSecret(input)).map(([name]) => name),
    steps: read,
  });
}

function readStep(element: HTMLElement): ScriptStep {
  const code = element.querySelector<HTMLElement>("[data-script] code");
  const { step = "", sort, risk } = element.dataset;
  const [line] = element.querySelectorAll<HTMLElement>("code[data-cli]");
  return {
    id: step,
    title: titleOf(element),
    sort: sort === "manual" || sort === "include" ? sort : "command",
    isDestructive: risk === "destructive",
    language:
      element.querySelector<HTMLElement>("[data-language]")?.dataset["language"]?.split(" ")[0] ??
      "",
    script: code === null ? "" : readWrittenScript(code),
    target: element.querySelector<HTMLElement>("[data-target]")?.dataset["target"],
    condition: element.querySelector(".condition")?.textContent.trim().replaceAll(/\s+/g, " "),
    commandLine: line?.textContent ?? "",
  };
}
