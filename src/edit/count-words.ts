/** How many words of an expected line are in another; 0 where that is less than half of them. No I/O. */
export function countWords(source: string, text: string): number {
  const wanted = wordsOf(source);
  const there = wordsOf(text);
  const common = [...wanted].filter((word) => there.has(word)).length;
  return common * 2 >= wanted.size ? common : 0;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu));
}
