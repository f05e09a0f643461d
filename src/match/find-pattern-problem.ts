/** The engine writes a repetition out, and refuses longer ones. */
const mostRepetitions = 1000;

/**
 * Says why no output can be matched against a regular expression: it is none, or it has look-around or a
 * back-reference, which could take for ever on some output; undefined where it can.
 *
 * The expression is compiled and never run. No I/O.
 *
 * @example findPatternProblem("(?=a)b") → "it has look-around or a back-reference, which no pattern here can have"
 */
export function findPatternProblem(pattern: string): string | undefined {
  if (/(?<!\\)(?:\\\\)*(?:\(\?<?[=!]|\\[1-9]|\\k<)/u.test(pattern)) {
    return "it has look-around or a back-reference, which no pattern here can have";
  }
  const counts = [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/gu)].flatMap(([, low, high]) => [
    Number(low),
    Number(high ?? 0),
  ]);
  if (counts.some((count) => count > mostRepetitions)) {
    return `it repeats something more than ${mostRepetitions} times`;
  }
  try {
    // The engine knows groups such as `(?i)` and `(?P<name>…)`, which JavaScript's own does not.
    const own = pattern.replaceAll(/\(\?(?:P<\w+>|[imsU]+(?:-[imsU]+)?:?)/gu, "(?:");
    return new RegExp(own, "") instanceof RegExp ? undefined : "";
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return reason.replace(/^Invalid regular expression: \/.*\/\w*: /su, "");
  }
}
