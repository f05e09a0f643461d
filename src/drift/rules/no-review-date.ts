import { readReviewDates } from "../review-dates.ts";
import { defineProjectRule } from "../rule.ts";

const keys = ["reviewed", "last_reviewed_on"];

/** A runbook of which nobody can say when it was reviewed, or when it will be. */
export const noReviewDate = defineProjectRule<{ every: string | undefined }>({
  code: "freshness/no-review-date",
  severity: "info",
  title: "No date of a review",
  what: "The runbook says how often it is to be reviewed but not when it was, or it is an active `.mdx` runbook that says neither.",
  why: "Without both, nobody is told when the runbook goes stale: the promise to review it can never be due.",
  remedy:
    "Set `reviewed` to the day on which somebody last read the whole runbook, and `reviewEvery` to how long that may be trusted.",
  example: {
    language: "mdx",
    wrong: "---\ntitle: Deploy\nstatus: active\nowner: Platform team\n---",
    right:
      "---\ntitle: Deploy\nstatus: active\nowner: Platform team\nreviewed: 2026-02-03\nreviewEvery: 90d\n---",
  },
  check({ documents }, report) {
    for (const { path, runbook, frontMatter } of documents) {
      const { reviewed, every } = readReviewDates(frontMatter);
      if (reviewed !== undefined) continue;
      // Something is said, even if it is no date that we can read.
      if (keys.some((key) => frontMatter?.spans.has(key) === true)) continue;
      if (every !== undefined) {
        report({ every: every.text }, { path, span: frontMatter?.spans.get(every.key) });
      } else if (runbook.format === "mdx" && runbook.frontMatter.status === "active") {
        report({ every: undefined }, { path, span: frontMatter?.spans.get("status") });
      }
    }
  },
  message: ({ every }) =>
    every === undefined
      ? "The runbook is active, and nothing says when it was reviewed."
      : `The runbook is to be reviewed every ${every}, and nothing says when it was.`,
  hint: ({ every }) =>
    every === undefined
      ? "Add `reviewed: YEAR-MONTH-DAY` and `reviewEvery: 90d`."
      : "Add `reviewed: YEAR-MONTH-DAY` with the day of the last review.",
});
