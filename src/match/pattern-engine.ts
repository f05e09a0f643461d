/** What matches regular expressions; handed in, since loading it takes longer than most comparisons. */
export interface PatternEngine {
  /**
   * True where the pattern matches the whole text, or with `isInside` some of it; takes time linear in the text.
   * Throws where the pattern cannot be compiled.
   */
  test(pattern: string, text: string, isInside?: boolean): boolean;
  /** The groups of a pattern that matches the whole text, by number from 1; undefined where it does not. */
  groups(pattern: string, text: string): readonly string[] | undefined;
}

/** Stands where there are no patterns. */
export const noEngine: PatternEngine = {
  test: () => false,
  groups: () => undefined,
};
