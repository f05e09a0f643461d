/**
 * Whether a key that arrives at `target` is typed into a field that can be seen.
 *
 * A field that has just gone, as that of a closed dialog, keeps the focus until the next frame is
 * drawn; nobody types there. Reads the page.
 */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || !target.checkVisibility()) return false;
  return (
    target.isContentEditable ||
    target.matches("input:not([type=checkbox], [type=radio]), textarea, select")
  );
}
