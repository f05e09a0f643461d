import { quoteTarget } from "../runbook-page/quote-target.ts";
import { fillScript, type ScriptPiece } from "./fill-script.ts";
import type { InputStore } from "./input-store.ts";

/** A script on the page: its text as it was written, and the slots in it. */
interface ShownScript {
  readonly code: HTMLElement;
  readonly pieces: readonly ScriptPiece[];
  /** The slot of each piece that is one. */
  readonly slots: readonly (HTMLElement | undefined)[];
  readonly exports: HTMLElement;
}

const scripts = new WeakMap<HTMLElement, ShownScript>();

/**
 * Shows the values in the commands and command lines below `root`, now and whenever they change.
 *
 * What is shown is what is copied, by a button or by hand; values become text, never markup.
 */
export function fillCommands(root: HTMLElement, store: InputStore): void {
  const names = [...store.definitions.keys()];
  const shown = [...root.querySelectorAll<HTMLElement>("code[data-copy]:not([data-cli])")]
    .filter((code) => names.some((name) => code.textContent.includes(name)))
    .map(readScript);
  const lines = [...root.querySelectorAll<HTMLElement>("code[data-cli]")].map((code) => {
    const inputs = document.createElement("span");
    code.append(inputs);
    return inputs;
  });

  function show(): void {
    const values = store.values();
    for (const script of shown) {
      const { exports, texts } = fillScript(script.pieces, values);
      script.exports.textContent = exports;
      if (exports === "") script.exports.remove();
      else script.code.prepend(script.exports);
      for (const [at, slot] of script.slots.entries()) {
        if (slot === undefined) continue;
        slot.textContent = texts[at] ?? "";
        slot.classList.toggle("filled", texts[at] !== script.pieces[at]?.text);
      }
    }
    const given = store
      .given()
      .map(([name, value]) => ` --input ${quoteTarget(`${name}=${value}`)}`);
    for (const inputs of lines) inputs.textContent = given.join("");
  }

  show();
  store.watch(show);
}

/** The text of a script as its author wrote it, whatever is filled in. Reads the page. */
export function readWrittenScript(code: HTMLElement): string {
  const script = scripts.get(code);
  return script === undefined ? code.textContent : script.pieces.map(({ text }) => text).join("");
}

function readScript(code: HTMLElement): ShownScript {
  const pieces: ScriptPiece[] = [];
  const slots: (HTMLElement | undefined)[] = [];
  const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const slot = node.parentElement?.closest<HTMLElement>(".slot[data-input]") ?? undefined;
    pieces.push({ text: node.nodeValue ?? "", input: slot?.dataset["input"] });
    slots.push(slot);
  }
  const exports = document.createElement("span");
  exports.className = "line exports";
  const script = { code, pieces, slots, exports };
  scripts.set(code, script);
  return script;
}
