/** The middle of some numbers, the mean of the two middle ones where they are even. No I/O. */
function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1];
  const high = sorted[Math.floor(middle)];
  if (low === undefined || high === undefined) throw new Error("There is no median of nothing.");
  return (low + high) / 2;
}

/**
 * Takes turns at several measurements, so that a busy moment of the machine meets all of them.
 *
 * The first turn only warms up. Returns the median of each, in their order.
 */
export async function takeTurns(
  turns: number,
  measurements: readonly (() => Promise<number>)[],
): Promise<number[]> {
  const taken = measurements.map((): number[] => []);
  for (let turn = 0; turn <= turns; turn++) {
    for (const [index, measure] of measurements.entries()) {
      const value = await measure();
      if (turn > 0) taken[index]?.push(value);
    }
  }
  return taken.map(median);
}
