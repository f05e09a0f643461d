import { isTyping } from "./is-typing.ts";

/**
 * Whether a key that was pressed is meant for the page: not typed into a field, not one of the
 * browser's own, and not while a dialog is open. Reads the page.
 */
export function isKeyForPage(event: KeyboardEvent): boolean {
  const { target, ctrlKey, metaKey, altKey, isComposing, defaultPrevented } = event;
  if (ctrlKey || metaKey || altKey || isComposing || defaultPrevented) return false;
  if (document.querySelector("dialog[open]") !== null) return false;
  return !isTyping(target);
}
