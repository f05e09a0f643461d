import type { ParsedFrontMatter } from "../model/parsed-document.ts";
import type { Span } from "../model/source.ts";
import { parseDurationMs } from "../parse/parse-duration.ts";

/** A date of a front matter: `key` is the name that the author gave it. */
export interface PlacedDate {
  readonly key: string;
  /** `2026-02-03`, a day that there is. */
  readonly date: string;
  readonly span: Span | undefined;
}

/** How often a runbook is to be reviewed, in calendar months and days. */
export interface PlacedPeriod {
  readonly key: string;
  /** As written: `90d`, `6 months`. */
  readonly text: string;
  readonly months: number;
  readonly days: number;
  readonly span: Span | undefined;
}

/** What a front matter says about its reviews; absent is what it does not say, or not readably. */
export interface ReviewDates {
  readonly created?: PlacedDate | undefined;
  readonly reviewed?: PlacedDate | undefined;
  readonly every?: PlacedPeriod | undefined;
}

/**
 * Reads when a document was written and reviewed, and how often it is to be.
 *
 * Knows our own keys (`created`, `reviewed`, `reviewEvery: 90d`) and those of the documentation
 * template of GOV.UK, which many teams' Markdown has: `last_reviewed_on: 2026-02-03`,
 * `review_in: 6 months`. No I/O.
 */
export function readReviewDates(frontMatter: ParsedFrontMatter | undefined): ReviewDates {
  const data = frontMatter?.data;
  if (frontMatter === undefined || typeof data !== "object" || data === null) return {};
  const values = data as Readonly<Record<string, unknown>>;
  const spanOf = (key: string): Span | undefined =>
    frontMatter.valueSpans.get(key) ?? frontMatter.spans.get(key);
  const readDate = (key: string): PlacedDate | undefined => {
    const value = values[key];
    return typeof value === "string" && isDate(value)
      ? { key, date: value, span: spanOf(key) }
      : undefined;
  };
  const readEvery = (key: string): PlacedPeriod | undefined => {
    const value = values[key];
    const period = typeof value === "string" ? readPeriod(value) : undefined;
    return period === undefined ? undefined : { key, ...period, span: spanOf(key) };
  };
  return {
    created: readDate("created"),
    reviewed: readDate("reviewed") ?? readDate("last_reviewed_on"),
    every: readEvery("reviewEvery") ?? readEvery("review_in"),
  };
}

const dayMs = 86_400_000;
const unitsOfWords = { day: [0, 1], week: [0, 7], month: [1, 0], year: [12, 0] } as const;

function readPeriod(text: string): Pick<PlacedPeriod, "text" | "months" | "days"> | undefined {
  const [, amount, unit] = /^(\d{1,4}) ?(day|week|month|year)s?$/.exec(text.trim()) ?? [];
  if (amount !== undefined && unit !== undefined) {
    const [months, days] = unitsOfWords[unit as keyof typeof unitsOfWords];
    return { text, months: months * Number(amount), days: days * Number(amount) };
  }
  const ms = parseDurationMs(text);
  if (ms === undefined || ms === 0 || ms > 10_000 * dayMs) return undefined;
  return { text, months: 0, days: Math.ceil(ms / dayMs) };
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && toDate(time) === text;
}

function toDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/**
 * The day that is some months and days after another; at most the last of a shorter month. No I/O.
 *
 * @example addToDate("2026-08-31", { months: 6, days: 0 }) === "2027-02-28"
 */
export function addToDate(
  date: string,
  { months, days }: { readonly months: number; readonly days: number },
): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  // Day 0 of a month is the last of the one before it.
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return toDate(Date.UTC(year, month - 1 + months, Math.min(day, last)) + days * dayMs);
}
