/** Bytes to look for, and whose they are. */
export interface Pattern {
  readonly bytes: Uint8Array;
  readonly owner: number;
}

/**
 * The states of an Aho-Corasick automaton: which patterns end at a byte, in time that depends neither on
 * how many there are nor on what they look like.
 *
 * State 0 is the beginning. Children of a state are a list, since nearly all have one. No I/O.
 */
export class PatternFinder {
  /** By state: how many of the last bytes could be the beginning of a pattern. */
  readonly depths: Int32Array;
  /** By state: the length of the longest pattern that ends there, or 0. */
  readonly lengths: Int32Array;
  /** By state: whose pattern that is. */
  readonly owners: Int32Array;
  readonly longest: number;
  readonly #bytes: Int32Array;
  readonly #children: Int32Array;
  readonly #siblings: Int32Array;
  readonly #failures: Int32Array;
  readonly #first = new Int32Array(256);

  constructor(patterns: readonly Pattern[]) {
    const most = 1 + patterns.reduce((sum, { bytes }) => sum + bytes.length, 0);
    this.depths = new Int32Array(most);
    this.lengths = new Int32Array(most);
    this.owners = new Int32Array(most);
    this.#bytes = new Int32Array(most);
    this.#children = new Int32Array(most);
    this.#siblings = new Int32Array(most);
    this.#failures = new Int32Array(most);
    this.longest = patterns.reduce((length, { bytes }) => Math.max(length, bytes.length), 0);
    let count = 1;
    for (const { bytes, owner } of patterns) {
      let state = 0;
      for (const byte of bytes) {
        let next = state === 0 ? this.#at(this.#first, byte) : this.#findChild(state, byte);
        if (next === 0) {
          next = count;
          count += 1;
          this.#bytes[next] = byte;
          this.depths[next] = this.#at(this.depths, state) + 1;
          if (state === 0) this.#first[byte] = next;
          this.#siblings[next] = this.#at(this.#children, state);
          this.#children[state] = next;
        }
        state = next;
      }
      if (this.lengths[state] === 0) {
        this.lengths[state] = bytes.length;
        this.owners[state] = owner;
      }
    }
    this.#linkFailures();
  }

  /** The state after one more byte. */
  step(from: number, byte: number): number {
    let state = from;
    while (state !== 0) {
      const child = this.#findChild(state, byte);
      if (child !== 0) return child;
      state = this.#at(this.#failures, state);
    }
    return this.#at(this.#first, byte);
  }

  #findChild(state: number, byte: number): number {
    let child = this.#at(this.#children, state);
    while (child !== 0 && this.#bytes[child] !== byte) child = this.#at(this.#siblings, child);
    return child;
  }

  /** In order of depth: each failure leads to a state that has been linked before. */
  #linkFailures(): void {
    const queue = [0];
    for (const state of queue) {
      for (
        let child = this.#at(this.#children, state);
        child !== 0;
        child = this.#at(this.#siblings, child)
      ) {
        queue.push(child);
        if (state !== 0) {
          this.#failures[child] = this.step(
            this.#at(this.#failures, state),
            this.#at(this.#bytes, child),
          );
        }
        const failure = this.#at(this.#failures, child);
        if (this.lengths[child] === 0) {
          this.lengths[child] = this.#at(this.lengths, failure);
          this.owners[child] = this.#at(this.owners, failure);
        }
      }
    }
  }

  #at(array: Int32Array, index: number): number {
    return array[index] ?? 0;
  }
}
