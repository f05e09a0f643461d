/** What is known of a step's output. */
export interface OutputTail {
  /** The last characters of what the step printed, both streams in order of arrival. */
  outputTail: string;
  hasLongerOutput: boolean;
  /** How many characters it printed in all, at its last attempt. */
  outputLength: number;
}

const longestTail = 32_768;

/** Adds to what a step is known to have printed, in place; of a long output the end is kept. No I/O. */
export function addStepOutput(step: OutputTail, text: string): void {
  step.hasLongerOutput ||= step.outputTail.length + text.length > longestTail;
  step.outputTail = appendTail(step.outputTail, text, longestTail);
  step.outputLength += text.length;
}

/**
 * The last characters of a text and what comes behind it. No I/O.
 *
 * A piece that fills the tail alone is not joined to what it pushes out: of a flood that would leave
 * more garbage than the flood has bytes.
 *
 * @example appendTail("abc", "de", 4) → "bcde"
 */
export function appendTail(tail: string, text: string, length: number): string {
  return text.length >= length ? text.slice(-length) : (tail + text).slice(-length);
}
