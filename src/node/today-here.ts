import process from "node:process";
import { ProjectError } from "./read-project.ts";

/**
 * Today as `2026-02-03`, where the person is: reviews are due by days, not by moments.
 *
 * `OPSWRIGHT_TODAY` sets another day, for tests and to see what will be due. `SOURCE_DATE_EPOCH` is
 * not read: build shells set it to a day long ago. Throws `ProjectError` where it is no date. Reads
 * the clock and the environment.
 */
export function todayHere(): string {
  const wanted = process.env["OPSWRIGHT_TODAY"] ?? "";
  if (wanted === "") return toDay(new Date());
  const day = new Date(`${wanted}T12:00:00`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(wanted) || Number.isNaN(day.getTime()) || toDay(day) !== wanted) {
    throw new ProjectError(`OPSWRIGHT_TODAY must be a date such as 2026-02-03, not "${wanted}".`);
  }
  return wanted;
}

function toDay(time: Date): string {
  const pad = (part: number): string => String(part).padStart(2, "0");
  return `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
}
