import { addToDate, readReviewDates } from "../review-dates.ts";
import { defineProjectRule } from "../rule.ts";

/** A runbook whose review is due. */
export const overdueReview = defineProjectRule<{
  due: string;
  reviewed: string;
  every: string;
  key: string;
}>({
  code: "freshness/overdue-review",
  severity: "warning",
  title: "The review is overdue",
  what: "The runbook says how often it is to be reviewed, and its last review is longer ago than that. Read are `reviewed` with `reviewEvery`, and `last_reviewed_on` with `review_in`, which other tools' documents have. Runbooks that are `deprecated` are left alone.",
  why: "What a runbook says goes stale without anybody touching it: hosts move, people leave, dashboards get another address. The date is the team's own promise to look.",
  remedy:
    "Review the runbook: read it, rehearse it where you can, correct it. Then set the date to that day. Where the interval itself was too ambitious, change it.",
  example: {
    language: "mdx",
    wrong: "---\ntitle: Deploy\nreviewed: 2020-02-03\nreviewEvery: 90d\n---",
    right:
      "---\ntitle: Deploy\n# the day of the last review\nreviewed: 2026-02-03\nreviewEvery: 90d\n---",
  },
  check({ documents, today }, report) {
    for (const { path, runbook, frontMatter } of documents) {
      if (runbook.frontMatter.status === "deprecated") continue;
      const { reviewed, every } = readReviewDates(frontMatter);
      if (reviewed === undefined || every === undefined) continue;
      const due = addToDate(reviewed.date, every);
      if (due >= today) continue;
      report(
        { due, reviewed: reviewed.date, every: every.text, key: reviewed.key },
        { path, span: reviewed.span },
      );
    }
  },
  message: ({ due, reviewed, every }) =>
    `The review has been due since ${due}: the last one was on ${reviewed}, and there is to be one every ${every}.`,
  hint: ({ key }) => `Review the runbook, then set \`${key}\` to the day of the review.`,
});
