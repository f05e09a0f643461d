import type { KnownNames } from "../model/expectation.ts";
import type { OutputLine } from "./output-lines.ts";
import type { PreparedLine } from "./prepare-line.ts";

/** One place of a sequence: a line that comes once, may be left out, or comes again and again. */
export interface SequenceItem {
  readonly line: PreparedLine;
  readonly isSkippable: boolean;
  readonly isRepeated: boolean;
}

/** Ways in which names can have come to their values, up to one place, that are kept apart. */
const mostBindings = 16;

/**
 * Turns prepared lines into places of a sequence: a line that comes at least once is one that comes once
 * and one that may come again; elisions side by side are one. No I/O.
 */
export function listSequenceItems(lines: readonly PreparedLine[]): readonly SequenceItem[] {
  const items: SequenceItem[] = [];
  for (const line of lines) {
    const { quantifier } = line.expected;
    if (isElision(line) && items.at(-1) !== undefined && isElision(items.at(-1)?.line)) continue;
    if (quantifier === "one" || quantifier === "some") {
      items.push({ line, isSkippable: false, isRepeated: false });
    }
    if (quantifier === "optional") items.push({ line, isSkippable: true, isRepeated: false });
    if (quantifier === "any" || quantifier === "some") {
      items.push({ line, isSkippable: true, isRepeated: true });
    }
  }
  return items;
}

function isElision(line: PreparedLine | undefined): boolean {
  return line?.expected.matcher.kind === "elision";
}

interface State {
  /** The place that comes next. */
  readonly at: number;
  readonly known: KnownNames;
}

/**
 * Matches lines against a sequence as they come.
 *
 * All places at which the sequence could be are followed at once, so nothing is ever tried again: time grows
 * with the lines, for a given sequence. Where no name is bound, a place behind an elision is as good as any
 * place before it, and those are let go. No I/O.
 */
export class SequenceMatch {
  readonly #items: readonly SequenceItem[];
  readonly #bindsNames: boolean;
  /** By place, how many states are there, and in which round that was counted. */
  readonly #counts: Int32Array;
  readonly #rounds: Int32Array;
  #round = 0;
  #states: State[] = [];

  constructor(items: readonly SequenceItem[], known: KnownNames) {
    this.#items = items;
    this.#bindsNames = items.some(({ line }) => bindsNames(line));
    this.#counts = new Int32Array(items.length + 1);
    this.#rounds = new Int32Array(items.length + 1);
    this.#states = this.#settle([{ at: 0, known }]);
  }

  /** False once nothing that could come makes it match. */
  get canMatch(): boolean {
    return this.#states.length > 0;
  }

  /** Takes the next line. */
  push(line: OutputLine): void {
    const next: State[] = [];
    for (const { at, known } of this.#states) {
      const item = this.#items[at];
      const after = item?.line.match(line, known);
      if (item === undefined || after === undefined) continue;
      next.push({ at: item.isRepeated ? at : at + 1, known: after });
    }
    this.#states = this.#settle(next);
  }

  /** The names that are known where all of the sequence has matched; undefined where it has not. */
  end(): KnownNames | undefined {
    return this.#states.find(({ at }) => at === this.#items.length)?.known;
  }

  /** Adds the places behind those that can be left out, and lets go of what is not needed. */
  #settle(states: readonly State[]): State[] {
    this.#round += 1;
    const settled: State[] = [];
    let lastElision = -1;
    for (const { at: first, known } of states) {
      for (let at = first; this.#enter(settled, at, known); at += 1) {
        const item = this.#items[at];
        if (isElision(item?.line)) lastElision = Math.max(lastElision, at);
        if (item?.isSkippable !== true) break;
      }
    }
    if (this.#bindsNames || lastElision < 0) return settled;
    return settled.filter(({ at }) => at >= lastElision);
  }

  /** False where nothing new comes to the place. */
  #enter(settled: State[], at: number, known: KnownNames): boolean {
    if (this.#rounds[at] !== this.#round) {
      this.#rounds[at] = this.#round;
      this.#counts[at] = 0;
    }
    const count = this.#counts[at] ?? 0;
    if (count >= (this.#bindsNames ? mostBindings : 1)) return false;
    if (count > 0 && settled.some((state) => state.at === at && isSame(state.known, known))) {
      return false;
    }
    this.#counts[at] = count + 1;
    settled.push({ at, known });
    return true;
  }
}

function bindsNames({ expected: { matcher } }: PreparedLine): boolean {
  return "parts" in matcher && matcher.parts.some(({ kind }) => kind === "capture");
}

function isSame(one: KnownNames, other: KnownNames): boolean {
  if (one === other) return true;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
  );
}
