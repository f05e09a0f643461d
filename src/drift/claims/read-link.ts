/** A link's target in its parts, decoded. */
export interface LinkTarget {
  /** Empty for a place in the same document. */
  readonly path: string;
  /** Absent where there is no `#`, or nothing behind it. */
  readonly fragment: string | undefined;
}

/**
 * Takes a relative target apart; undefined for an address, a template, or what no file can be called.
 *
 * RFC 3986, relative references. No I/O.
 *
 * @example readLink("../a%20b.md?plain=1#the-top")
 *   equals { path: "../a b.md", fragment: "the-top" }
 */
export function readLink(target: string): LinkTarget | undefined {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(target) || isTemplate(target)) return undefined;
  const [before = "", ...rest] = target.split("#");
  const path = decode(before.split("?", 1)[0] ?? "");
  const fragment = decode(rest.join("#"));
  if (path === undefined || fragment === undefined) return undefined;
  if (!isPlain(path) || !isPlain(fragment)) return undefined;
  return { path, fragment: fragment === "" ? undefined : fragment };
}

/** Git takes a path as an argument, and messages show it: neither must hold what a terminal obeys. */
function isPlain(text: string): boolean {
  return text.length <= 1024 && !/\p{Cc}/u.test(text);
}

/** True for what a site's generator fills in. */
function isTemplate(target: string): boolean {
  return /[{}<>$|*^\\]|%(?![0-9a-f])/i.test(target);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone `%` is written as it is meant, or is none of ours.
    return undefined;
  }
}
