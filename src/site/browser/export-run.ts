import { linkWithValues } from "./inputs-form.ts";
import type { InputStore } from "./input-store.ts";
import { titleOf } from "./page-steps.ts";
import type { Progress } from "./progress.ts";
import { reportRun } from "./run-report.ts";

/** Shows what was done as Markdown, to be copied or kept as a file. Opens a dialog. */
export function exportRun(root: HTMLElement, store: InputStore, progress: Progress): void {
  const { marks, notes } = progress.record();
  const title = root.querySelector("h1")?.textContent.trim() ?? "";
  const text = reportRun({
    title,
    link: linkWithValues(store),
    digest: root.dataset["digest"] ?? "",
    procedure: progress.procedure()?.querySelector("h3")?.textContent,
    inputs: store.values(),
    steps: progress.steps().map(({ element }) => ({
      title: titleOf(element),
      time: marks[element.id],
      note: notes[element.id],
    })),
  });
  showDialog(text, `${(root.dataset["runbook"] ?? "run").replaceAll(/[^\w-]+/g, "-")}.md`);
}

function showDialog(text: string, fileName: string): void {
  document.querySelector("dialog[data-export]")?.remove();
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.dataset["export"] = "";
  dialog.setAttribute("aria-labelledby", "page:export");
  const heading = document.createElement("h2");
  heading.id = "page:export";
  heading.textContent = "This run as Markdown";
  const field = document.createElement("textarea");
  field.readOnly = true;
  field.rows = 12;
  field.value = text;
  field.setAttribute("aria-label", "The run as Markdown");
  const status = document.createElement("span");
  status.className = "small muted";
  status.setAttribute("role", "status");
  const actions = document.createElement("p");
  actions.className = "dialog-actions";
  actions.append(
    button("Copy", () => {
      navigator.clipboard.writeText(text).then(
        () => (status.textContent = "Copied."),
        () => {
          field.select();
          status.textContent = "Press Ctrl+C.";
        },
      );
    }),
    button("Download", () => download(text, fileName)),
    button("Close", () => dialog.close()),
    status,
  );
  dialog.append(heading, field, actions);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function button(words: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function download(text: string, fileName: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}
