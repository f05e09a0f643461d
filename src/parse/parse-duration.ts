const unitsMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * Reads a duration such as `500ms`, `30s` or `1h30m` as milliseconds; `undefined` for anything else.
 *
 * No I/O.
 */
export function parseDurationMs(text: string): number | undefined {
  if (!/^(?:\d+(?:ms|s|m|h|d)\s*)+$/.test(text)) return undefined;
  let totalMs = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|s|m|h|d)/g)) {
    totalMs += Number(amount) * unitsMs[unit as keyof typeof unitsMs];
  }
  return Number.isSafeInteger(totalMs) ? totalMs : undefined;
}
