/** What this page keeps where the browser lets it keep nothing. */
const kept = new Map<string, string>();
/** Other sites may be served from the same host. */
const prefix = `opswright:${__SITE_BASE__}:`;

/** Gives what was remembered by this name in this browser. Reads `localStorage`; never throws. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(prefix + name) ?? kept.get(name);
  } catch {
    return kept.get(name);
  }
}

/**
 * Keeps a text by a name, or forgets what was kept. Writes `localStorage`; never throws.
 *
 * @returns false where the browser forbids it or has no room: then it lasts as long as the page.
 */
export function remember(name: string, text: string | undefined): boolean {
  if (text === undefined) kept.delete(name);
  else kept.set(name, text);
  try {
    if (text === undefined) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, text);
    return true;
  } catch {
    return false;
  }
}

/** Lists the names that begin with `start`. Reads `localStorage`; never throws. */
export function listRemembered(start: string): readonly string[] {
  const names = new Set(kept.keys());
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix)) names.add(key.slice(prefix.length));
    }
  } catch {
    // Nothing is kept there then.
  }
  return [...names].filter((name) => name.startsWith(start));
}

/** Calls `act` whenever another window changes what is kept by this name. */
export function watchRemembered(name: string, act: () => void): void {
  addEventListener("storage", ({ key }) => {
    if (key === prefix + name || key === null) act();
  });
}
