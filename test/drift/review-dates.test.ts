import { expect, test } from "vitest";
import { addToDate, readReviewDates } from "../../src/drift/review-dates.ts";
import { parseDocument } from "../../src/parse/parse-document.ts";

function datesOf(frontMatter: string): ReturnType<typeof readReviewDates> {
  const text = `---\n${frontMatter}\n---\n\n# A\n`;
  const { value } = parseDocument({ path: "a.md", id: "a", format: "md", text });
  return readReviewDates(value?.frontMatter);
}

test.each([
  ["2026-02-03", 0, 90, "2026-05-04"],
  ["2026-08-31", 6, 0, "2027-02-28"],
  ["2027-08-31", 6, 0, "2028-02-29"],
  ["2026-01-31", 1, 1, "2026-03-01"],
  ["2024-02-29", 12, 0, "2025-02-28"],
  ["2026-03-01", 0, -1, "2026-02-28"],
])("%s and %i months and %i days is %s", (date, months, days, expected) => {
  expect(addToDate(date, { months, days })).toBe(expected);
});

test("reads our own keys with their places", () => {
  const { created, reviewed, every } = datesOf(
    "created: 2026-01-28\nreviewed: '2026-02-03'\nreviewEvery: 1d12h",
  );
  expect(created).toMatchObject({ key: "created", date: "2026-01-28" });
  expect(created?.span).toMatchObject({ start: { line: 2, column: 10 }, end: { column: 20 } });
  expect(reviewed).toMatchObject({ key: "reviewed", date: "2026-02-03" });
  expect(every).toMatchObject({ key: "reviewEvery", text: "1d12h", months: 0, days: 2 });
});

test.each([
  ["6 months", 6, 0],
  ["1 month", 1, 0],
  ["2 weeks", 0, 14],
  ["90 days", 0, 90],
  ["1 year", 12, 0],
])("reads review_in: %s", (text, months, days) => {
  const { reviewed, every } = datesOf(`last_reviewed_on: 2026-02-03\nreview_in: ${text}`);
  expect(reviewed).toMatchObject({ key: "last_reviewed_on", date: "2026-02-03" });
  expect(every).toMatchObject({ key: "review_in", text, months, days });
});

test.each([
  "reviewed: 2026-02-31",
  "reviewed: 3 February 2026",
  "reviewed: [2026-02-03]",
  "reviewEvery: sometimes",
  "review_in: six months",
  "reviewEvery: 0d",
  "reviewEvery: 99999999999999999999d",
  "reviewed: {",
  "- reviewed",
])("passes over %s", (frontMatter) => {
  expect(datesOf(frontMatter)).toEqual({});
});
