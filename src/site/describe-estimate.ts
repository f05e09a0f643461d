import type { FrontMatter } from "../model/front-matter.ts";

const units: Readonly<Record<string, string>> = { s: "s", m: "min", h: "h", d: "days" };

/**
 * Says how long a runbook takes; empty where nothing is known. No I/O.
 *
 * @example describeEstimate("5m..15m") → "5–15 min"; describeEstimate({ manual: "30m..2h" }) → "manual 30 min – 2 h"
 */
export function describeEstimate(estimate: FrontMatter["estimate"]): string {
  if (estimate === undefined) return "";
  if (typeof estimate === "string") return describeRange(estimate);
  return Object.entries(estimate)
    .map(([name, range]) => `${name} ${describeRange(range)}`)
    .join(", ");
}

function describeRange(range: string): string {
  const [from = "", to = from] = range.split("..");
  const [least, leastUnit] = readAmount(from);
  const [most, mostUnit] = readAmount(to);
  if (from === to) return `${most} ${mostUnit}`;
  return leastUnit === mostUnit
    ? `${least}–${most} ${mostUnit}`
    : `${least} ${leastUnit} – ${most} ${mostUnit}`;
}

function readAmount(text: string): readonly [string, string] {
  const [, amount = text, unit = ""] = /^(\d+)(\w+)$/.exec(text) ?? [];
  const word = units[unit] ?? unit;
  return [amount, amount === "1" && word === "days" ? "day" : word];
}
