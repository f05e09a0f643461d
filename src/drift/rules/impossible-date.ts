import { addToDate, readReviewDates, type PlacedDate } from "../review-dates.ts";
import { defineProjectRule } from "../rule.ts";

/** A date of a runbook's life that cannot be. */
export const impossibleDate = defineProjectRule<{
  key: string;
  date: string;
  before: PlacedDate | undefined;
}>({
  code: "freshness/impossible-date",
  severity: "warning",
  title: "A date that cannot be",
  what: "The day on which the runbook was created or reviewed lies in the future, or it was reviewed before it was created. One day ahead is let pass, since it may be tomorrow already where the author is.",
  why: "A review that lies in the future keeps the runbook from ever being overdue. Most often a month and a day, or a year, were mixed up.",
  remedy: "Correct the date: year, month, day.",
  example: {
    language: "mdx",
    wrong: "---\ntitle: Deploy\ncreated: 2026-01-28\nreviewed: 2025-02-03\n---",
    right: "---\ntitle: Deploy\ncreated: 2026-01-28\nreviewed: 2026-02-03\n---",
  },
  check({ documents, today }, report) {
    const tomorrow = addToDate(today, { months: 0, days: 1 });
    for (const { path, frontMatter } of documents) {
      const { created, reviewed } = readReviewDates(frontMatter);
      for (const one of [created, reviewed]) {
        if (one === undefined || one.date <= tomorrow) continue;
        report({ key: one.key, date: one.date, before: undefined }, { path, span: one.span });
      }
      if (created === undefined || reviewed === undefined) continue;
      if (reviewed.date >= created.date || created.date > tomorrow) continue;
      report(
        { key: reviewed.key, date: reviewed.date, before: created },
        { path, span: reviewed.span },
        { related: [{ path, span: created.span, text: "it was created later" }] },
      );
    }
  },
  message: ({ key, date, before }) =>
    before === undefined
      ? `\`${key}\` is ${date}, which is still to come.`
      : `\`${key}\` is ${date}, before the runbook was created on ${before.date}.`,
  hint: () => "Correct the date: year, month, day.",
});
