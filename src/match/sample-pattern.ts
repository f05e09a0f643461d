import type { PatternEngine } from "./pattern-engine.ts";

/** Tried in this order, then all other printable characters. */
const candidates = ["a", "0", "A", " ", "-", "x", "/", ".", ":", "_", "\t"];
const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));

/**
 * Makes a text that a regular expression matches as a whole; undefined where none is found.
 *
 * Takes the first alternative, and one of what may come any number of times. The engine has the last word: what it
 * does not match is not given back. No I/O.
 *
 * @example samplePattern("v\\d+ (ready|up)", engine) → "v0 ready"
 */
export function samplePattern(pattern: string, engine: PatternEngine): string | undefined {
  try {
    const text = new PatternReader(pattern, engine).readAlternatives();
    return text !== undefined && engine.test(pattern, text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Reads an expression once from left to right, and writes a text for it meanwhile. */
class PatternReader {
  readonly #pattern: string;
  readonly #engine: PatternEngine;
  #at = 0;

  constructor(pattern: string, engine: PatternEngine) {
    this.#pattern = pattern;
    this.#engine = engine;
  }

  readAlternatives(): string | undefined {
    const first = this.#readSequence();
    while (this.#take("|")) this.#readSequence();
    return first;
  }

  #readSequence(): string | undefined {
    let text: string | undefined = "";
    while (this.#at < this.#pattern.length && !/[|)]/.test(this.#pattern[this.#at] ?? "")) {
      const atom = this.#readAtom();
      const count = this.#readCount();
      text = text === undefined || atom === undefined ? undefined : text + atom.repeat(count);
    }
    return text;
  }

  #readAtom(): string | undefined {
    const rest = this.#pattern.slice(this.#at);
    const group = /^\((?:\?(?:P?<\w+>|[imsU-]*:|[imsU-]+(?=\))))?/.exec(rest)?.[0];
    if (group !== undefined) {
      this.#at += group.length;
      const inner = this.readAlternatives();
      this.#take(")");
      return inner;
    }
    const token =
      /^(?:\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]|\\[pP]\{\w+\}|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\.|.)/su.exec(
        rest,
      )?.[0];
    if (token === undefined) return undefined;
    this.#at += token.length;
    if (/^(?:\^|\$|\\[AzbB])$/.test(token)) return "";
    if (/^[^.[\\]/u.test(token)) return token;
    return [...candidates, ...printable].find((character) => this.#engine.test(token, character));
  }

  #readCount(): number {
    const rest = this.#pattern.slice(this.#at);
    const [whole = "", low, comma, high] = /^\{(\d+)(,?)(\d*)\}\??/.exec(rest) ?? [];
    if (low !== undefined) {
      this.#at += whole.length;
      const canBeMore = comma === "," && high !== "0";
      return Number(low) === 0 && canBeMore ? 1 : Number(low);
    }
    const sign = /^[*+?]\??/.exec(rest)?.[0] ?? "";
    this.#at += sign.length;
    return 1;
  }

  #take(character: string): boolean {
    if (this.#pattern[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }
}
