/**
 * Writes a moment as the clock on the wall shows it, with its distance from UTC. No I/O.
 *
 * @example `2026-02-03T14:02:11+01:00`
 */
export function localIsoTime(date: Date): string {
  const offset = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const pad = (value: number): string => String(Math.trunc(Math.abs(value))).padStart(2, "0");
  return `${local}${offset < 0 ? "-" : "+"}${pad(offset / 60)}:${pad(offset % 60)}`;
}
