import type { Root } from "hast";
import { fromHtml } from "hast-util-from-html";

/**
 * A site's pages by their address, each parsed when it is first looked at: a site has two hundred, of
 * which most tests look at a few.
 */
export class SitePages implements ReadonlyMap<string, Root> {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #parsed = new Map<string, Root>();

  /** Takes the pages' HTML by their address. */
  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  get size(): number {
    return this.#texts.size;
  }

  has(address: string): boolean {
    return this.#texts.has(address);
  }

  get(address: string): Root | undefined {
    const text = this.#texts.get(address);
    if (text === undefined) return undefined;
    const page = this.#parsed.get(address) ?? fromHtml(text);
    this.#parsed.set(address, page);
    return page;
  }

  keys(): MapIterator<string> {
    return this.#texts.keys();
  }

  values(): MapIterator<Root> {
    return this.entries().map(([, page]) => page);
  }

  entries(): MapIterator<[string, Root]> {
    return this.keys().map((address): [string, Root] => [address, this.get(address) as Root]);
  }

  [Symbol.iterator](): MapIterator<[string, Root]> {
    return this.entries();
  }

  forEach(act: (page: Root, address: string, pages: ReadonlyMap<string, Root>) => void): void {
    for (const [address, page] of this) act(page, address, this);
  }
}
