import type { DocumentTestEvent, TestedDocument } from "../model/document-test.ts";
import { countNoun } from "../report/count-noun.ts";
import { escapeToLine } from "../report/sanitise-terminal-text.ts";
import { clipLine } from "../report/text-layout.ts";
import type { Terminal } from "./terminal.ts";

/** What a person sees while documents are run. */
export interface DocumentsView {
  readonly observe: (event: DocumentTestEvent) => void;
  /** Takes back the status line; idempotent. */
  readonly close: () => void;
}

const tickMs = 100;
const eraseLine = "\r\u001B[2K";

/**
 * Tells documents in the order of their names, whichever is done first, and at a terminal which of them are
 * running. Writes to the terminal.
 */
export function openDocumentsView(
  order: readonly string[],
  terminal: Terminal,
  render: (document: TestedDocument) => string,
): DocumentsView {
  const { style } = terminal;
  const done = new Map<string, TestedDocument>();
  const going = new Set<string>();
  let told = 0;
  let hasStatus = false;
  const settle = (): void => {
    if (hasStatus) terminal.write(eraseLine);
    hasStatus = false;
  };
  const tellNext = (): void => {
    let text = "";
    for (;;) {
      const document = done.get(order[told] ?? "");
      if (document === undefined) break;
      told += 1;
      text += render(document);
    }
    if (text === "") return;
    settle();
    terminal.write(text);
  };
  const showStatus = (): void => {
    const names = [...going].map(escapeToLine).join(", ");
    const count = `${done.size} of ${countNoun(order.length, "document")}`;
    const line = clipLine(`${count}  ${names}`, style.columns - 1);
    terminal.write(`${hasStatus ? eraseLine : ""}${style.colors.dim(line)}`);
    hasStatus = true;
  };
  const timer = terminal.isInteractive ? setInterval(showStatus, tickMs) : undefined;
  // A view alone keeps no process alive.
  timer?.unref();
  return {
    observe: (event) => {
      if (event.type === "document-started") going.add(event.document.name);
      if (event.type !== "document-ended") return;
      going.delete(event.document.name);
      done.set(event.document.name, event.document);
      tellNext();
    },
    close: () => {
      clearInterval(timer);
      settle();
    },
  };
}
