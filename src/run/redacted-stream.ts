import type { PatternFinder } from "./pattern-finder.ts";

const lineFeed = 10;
const carriageReturn = 13;
/** An encoding goes on behind a line's end only where this much of it stands before. */
const shortestBeforeLineEnd = 4;

/** What is looked for: forms as they are, and forms in which line breaks do not count. */
export interface SecretFinders {
  readonly plain: PatternFinder;
  readonly wrapping: PatternFinder;
}

/** Bytes that are to be taken out; positions count from the stream's beginning. */
interface Found {
  readonly start: number;
  readonly end: number;
  readonly owner: number;
}

/**
 * A stream of bytes from which the forms of secrets are taken out; what comes out does not depend on how
 * it was cut into chunks, but for `flush`.
 *
 * Held back is only what could be the beginning of a form, or belongs to one that could grow. No I/O.
 */
export class RedactedStream {
  readonly #finders: SecretFinders;
  readonly #marks: readonly Uint8Array[];
  #plainState = 0;
  #wrappingState = 0;
  /** How many bytes have come, and how many of them have been dealt with. */
  #position = 0;
  #settled = 0;
  /** Where the last bytes that were taken out end: what overlaps with them needs no mark of its own. */
  #coveredUntil = 0;
  #held: Uint8Array = new Uint8Array();
  #found: Found[] = [];
  /** Where the last bytes stand that are no line breaks, in a ring. */
  readonly #places: Float64Array;
  #placeCount = 0;

  constructor(finders: SecretFinders, marks: readonly Uint8Array[]) {
    this.#finders = finders;
    this.#marks = marks;
    this.#places = new Float64Array(2 ** Math.ceil(Math.log2(finders.wrapping.longest + 1)));
  }

  /** Takes a chunk and gives back what can be told; the result is the caller's until the next call. */
  push(chunk: Uint8Array): Uint8Array {
    const isClean = this.#held.length === 0;
    this.#scan(chunk);
    if (isClean && this.#found.length === 0 && this.#heldFrom() === this.#position) {
      // As nearly always.
      if (this.#settled + chunk.length === this.#position) {
        this.#settled = this.#position;
        return chunk;
      }
    }
    return this.#settle(isClean ? chunk : join([this.#held, chunk]), this.#heldFrom());
  }

  /** Gives back what is held: a form that goes on later is taken out from there on. */
  flush(): Uint8Array {
    return this.#settle(this.#held, this.#position);
  }

  #scan(chunk: Uint8Array): void {
    const { plain, wrapping } = this.#finders;
    const mask = this.#places.length - 1;
    for (const byte of chunk) {
      this.#position += 1;
      this.#plainState = plain.step(this.#plainState, byte);
      const plainLength = plain.lengths[this.#plainState] ?? 0;
      if (plainLength > 0) {
        this.#note(this.#position - plainLength, plain.owners[this.#plainState] ?? 0);
      }
      if (byte === lineFeed || byte === carriageReturn) {
        const depth = wrapping.depths[this.#wrappingState] ?? 0;
        if (depth < shortestBeforeLineEnd) this.#wrappingState = 0;
        continue;
      }
      this.#wrappingState = wrapping.step(this.#wrappingState, byte);
      if (this.#wrappingState === 0) continue;
      this.#places[this.#placeCount & mask] = this.#position - 1;
      this.#placeCount = (this.#placeCount + 1) % 2 ** 30;
      const length = wrapping.lengths[this.#wrappingState] ?? 0;
      if (length > 0) this.#note(this.#placeOf(length), wrapping.owners[this.#wrappingState] ?? 0);
    }
  }

  /** Where the byte stands that is so many back, without line breaks. */
  #placeOf(back: number): number {
    return this.#places[(this.#placeCount - back) & (this.#places.length - 1)] ?? 0;
  }

  /** From here on, bytes may yet turn out to be of a form. */
  #heldFrom(): number {
    const plainDepth = this.#finders.plain.depths[this.#plainState] ?? 0;
    const wrappingDepth = this.#finders.wrapping.depths[this.#wrappingState] ?? 0;
    const plainFrom = this.#position - plainDepth;
    return wrappingDepth === 0 ? plainFrom : Math.min(plainFrom, this.#placeOf(wrappingDepth));
  }

  /** A form ends at the position that has been reached. */
  #note(from: number, owner: number): void {
    const end = this.#position;
    if (from < this.#coveredUntil) {
      this.#found = [];
      this.#coveredUntil = end;
      this.#settled = Math.max(this.#settled, end);
      return;
    }
    let start = Math.max(from, this.#settled);
    let named = owner;
    for (;;) {
      const last = this.#found.at(-1);
      if (last === undefined || last.end <= start) break;
      this.#found.pop();
      if (last.start >= start) continue;
      start = last.start;
      named = last.owner;
    }
    this.#found.push({ start, end, owner: named });
  }

  /** `bytes` are the last ones that have come; those before `until` are told, or taken out. */
  #settle(bytes: Uint8Array, until: number): Uint8Array {
    const base = this.#position - bytes.length;
    const parts: Uint8Array[] = [];
    const tell = (end: number): void => {
      if (end > this.#settled) parts.push(bytes.subarray(this.#settled - base, end - base));
      this.#settled = Math.max(this.#settled, end);
    };
    const found = this.#found.filter(({ start }) => start < until);
    this.#found = this.#found.slice(found.length);
    for (const { start, end, owner } of found) {
      tell(start);
      parts.push(this.#marks[owner] ?? new Uint8Array());
      this.#settled = end;
      this.#coveredUntil = end;
    }
    tell(until);
    // A copy: the chunk may be its owner's again.
    this.#held = bytes.slice(this.#settled - base);
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : join(parts);
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
