/** The first line of a journal that does not fit, and what is wrong with it; lines count from 1. */
export type JournalFault =
  /** It is no event, or its hash is not that of it and the line before. */
  | { readonly kind: "altered"; readonly line: number }
  /** Events stood before it that are nowhere any more. */
  | {
      readonly kind: "missing";
      readonly line: number;
      readonly firstSeq: number;
      readonly lastSeq: number;
    }
  /** It stands where another event should. */
  | {
      readonly kind: "reordered";
      readonly line: number;
      readonly seq: number;
      readonly expectedSeq: number;
    }
  | { readonly kind: "no-hash"; readonly line: number; readonly isEveryLine: boolean }
  /** It is not whole, although the run had ended before it. */
  | { readonly kind: "torn"; readonly line: number };

/** What the hashes of a journal tell of it. */
export interface JournalVerdict {
  /** How many lines are events. */
  readonly eventCount: number;
  readonly fault: JournalFault | undefined;
  /** The last line where it is not whole, as the death of a runner leaves it: no fault. */
  readonly tornLine: number | undefined;
  /** The hash of the last line, which stands for all of them; undefined where there is a fault. */
  readonly lastHash: string | undefined;
  /** True where the last event is the run's end: without it lines that are missing there go unseen. */
  readonly hasEnd: boolean;
}
