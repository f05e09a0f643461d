import type { KnownNames } from "../model/expectation.ts";
import type { OutputLine } from "./output-lines.ts";
import type { PreparedLine } from "./prepare-line.ts";

/** What becomes of lines that may come in any order. */
export interface UnorderedResult {
  /** For each expected line, in order, the 1-based line of output that it was given; undefined where it needs none or has none. */
  readonly given: readonly (number | undefined)[];
  /** Expected lines that have to come and have not; indices into the expected lines. */
  readonly missing: readonly number[];
  /** 1-based lines of output that nothing is left for, at most as many as are kept. */
  readonly extra: readonly { readonly line: number; readonly text: string }[];
  /** How many there are. */
  readonly extraCount: number;
  readonly known: KnownNames;
}

interface Candidate {
  readonly line: number;
  readonly output: OutputLine;
  /** Expected lines that could be this one and come once. */
  readonly fits: readonly number[];
  /** True where an expected line that comes again and again takes it too. */
  readonly isTaken: boolean;
}

/** Lines that are shown of those that nobody expects. */
const mostExtra = 500;

/**
 * Matches lines in any order: each line of output is one expected line, and none is left.
 *
 * This is a bipartite matching, by augmenting paths: it is right whatever overlaps. Lines of which each
 * expected one comes at most once are paired at once where they are literal. For a given expectation time
 * and memory grow with the lines that come, and no more of them are kept than could be needed. A name is
 * bound by the line that is given to it, in order. No I/O.
 */
export class UnorderedMatch {
  readonly #lines: readonly PreparedLine[];
  readonly #known: KnownNames;
  /** Literal lines that come once, by text, and how many of them are given. */
  readonly #literals = new Map<string, { readonly indices: number[]; givenCount: number }>();
  readonly #single: readonly number[];
  readonly #repeated: readonly number[];
  readonly #given: (number | undefined)[];
  readonly #candidates: Candidate[] = [];
  readonly #offers = new Map<number, number>();
  readonly #extra: { line: number; text: string }[] = [];
  #exclusive = 0;
  #extraCount = 0;
  #count = 0;

  constructor(lines: readonly PreparedLine[], known: KnownNames) {
    this.#lines = lines;
    this.#known = known;
    this.#given = lines.map(() => undefined);
    const single: number[] = [];
    const repeated: number[] = [];
    for (const [index, line] of lines.entries()) {
      const { quantifier } = line.expected;
      const literal = literalText(line);
      if (quantifier === "any" || quantifier === "some") repeated.push(index);
      if (quantifier === "any") continue;
      if (quantifier === "one" && literal !== undefined) {
        const same = this.#literals.get(literal) ?? { indices: [], givenCount: 0 };
        same.indices.push(index);
        this.#literals.set(literal, same);
      } else single.push(index);
    }
    this.#single = single;
    this.#repeated = repeated;
  }

  /** Takes the next line. */
  push(line: OutputLine): void {
    this.#count += 1;
    const same = line.isCut ? undefined : this.#literals.get(line.text);
    const literal = same?.indices[same.givenCount];
    if (same !== undefined && literal !== undefined) {
      same.givenCount += 1;
      this.#given[literal] = this.#count;
      return;
    }
    const isFor = (index: number): boolean =>
      this.#lines[index]?.match(line, this.#known) !== undefined;
    const isTaken = this.#repeated.some(isFor);
    const fits = this.#single.filter(isFor);
    if (!isTaken && (fits.length === 0 || this.#exclusive >= this.#single.length)) {
      this.#addExtra(this.#count, line.text);
      return;
    }
    if (!isTaken) this.#exclusive += 1;
    // As many as there are such lines are enough for each of them to get one.
    const isNeeded = fits.some((index) => (this.#offers.get(index) ?? 0) < this.#single.length);
    if (isTaken && !isNeeded) return;
    for (const index of fits) this.#offers.set(index, (this.#offers.get(index) ?? 0) + 1);
    this.#candidates.push({ line: this.#count, output: line, fits, isTaken });
  }

  /** Gives each line its place. */
  end(): UnorderedResult {
    const pairs = this.#pair();
    let known = this.#known;
    const missing: number[] = [];
    for (const [index, line] of this.#lines.entries()) {
      const candidate = pairs.get(index);
      if (candidate !== undefined) {
        const after = line.match(candidate.output, known);
        if (after !== undefined) {
          known = after;
          this.#given[index] = candidate.line;
          continue;
        }
        this.#addExtra(candidate.line, candidate.output.text);
      }
      const { quantifier } = line.expected;
      const isOpen = this.#given[index] === undefined;
      if (isOpen && (quantifier === "one" || quantifier === "some")) missing.push(index);
    }
    const used = new Set(pairs.values());
    for (const candidate of this.#candidates) {
      if (candidate.isTaken || used.has(candidate)) continue;
      this.#addExtra(candidate.line, candidate.output.text);
    }
    const extra = this.#extra.toSorted((one, other) => one.line - other.line);
    return { given: this.#given, missing, extra, extraCount: this.#extraCount, known };
  }

  #addExtra(line: number, text: string): void {
    this.#extraCount += 1;
    if (this.#extra.length < mostExtra) this.#extra.push({ line, text });
  }

  /**
   * Pairs expected lines with candidates. A pairing that serves all lines that have to come, and one that
   * serves all lines that nothing else takes, can be had in one (Mendelsohn and Dulmage, 1958): lines that
   * have to be served once stay so along each augmenting path.
   */
  #pair(): Map<number, Candidate> {
    const ofLine = new Map<number, Candidate>();
    const ofCandidate = new Map<Candidate, number>();
    const join = (index: number, candidate: Candidate): void => {
      ofLine.set(index, candidate);
      ofCandidate.set(candidate, index);
    };
    const offers = new Map<number, Candidate[]>(this.#single.map((index) => [index, []]));
    for (const candidate of this.#candidates) {
      for (const index of candidate.fits) offers.get(index)?.push(candidate);
    }
    const isOptional = (index: number): boolean =>
      this.#lines[index]?.expected.quantifier === "optional";
    // First the lines of output that have no other place, then the expected lines that have to come.
    for (const candidate of this.#candidates) {
      if (!candidate.isTaken) {
        augment(
          candidate,
          ({ fits }) => fits,
          (index) => ofLine.get(index),
          // One that can do without gives way, and nothing is left over.
          (index) => !ofLine.has(index),
          (path) => {
            for (const [from, index] of path) join(index, from);
          },
        );
      }
    }
    for (const index of this.#single) {
      if (isOptional(index) || ofLine.has(index)) continue;
      const start = index;
      const freed = { last: undefined as number | undefined };
      augment(
        start,
        (at) => offers.get(at) ?? [],
        (candidate) => ofCandidate.get(candidate),
        (candidate) => {
          const holder = ofCandidate.get(candidate);
          freed.last = holder;
          return holder === undefined || isOptional(holder);
        },
        (path) => {
          const dropped = freed.last;
          for (const [at, candidate] of path) join(at, candidate);
          if (dropped !== undefined && isOptional(dropped)) ofLine.delete(dropped);
        },
      );
    }
    return ofLine;
  }
}

/**
 * Looks for a chain that begins at a node without a partner and ends at one that is free, breadth first, and
 * has it joined anew.
 */
function augment<From, To>(
  start: From,
  neighbours: (from: From) => readonly To[],
  partner: (to: To) => From | undefined,
  isFree: (to: To) => boolean,
  join: (path: readonly (readonly [From, To])[]) => void,
): void {
  const cameFrom = new Map<To, From>();
  const reachedBy = new Map<From, To>();
  const queue: From[] = [start];
  for (const from of queue) {
    for (const to of neighbours(from)) {
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, from);
      if (isFree(to)) {
        const path: [From, To][] = [];
        let end: To | undefined = to;
        while (end !== undefined) {
          const before = cameFrom.get(end);
          if (before === undefined) break;
          path.push([before, end]);
          end = reachedBy.get(before);
        }
        join(path);
        return;
      }
      const next = partner(to);
      if (next === undefined || reachedBy.has(next)) continue;
      reachedBy.set(next, to);
      queue.push(next);
    }
  }
}

function literalText({ expected: { matcher, hasNoLineEnd } }: PreparedLine): string | undefined {
  if (matcher.kind !== "literal" || hasNoLineEnd) return undefined;
  const [first] = matcher.parts;
  if (first === undefined) return "";
  return matcher.parts.length === 1 && first.kind === "text" ? first.text : undefined;
}
