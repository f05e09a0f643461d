import { defineSourceRule } from "../rule.ts";

/** A suppression that does not say what it suppresses, or why. */
export const suppressionWithoutReason = defineSourceRule<{ lacks: "code" | "reason" }>({
  code: "suppression/no-reason",
  severity: "error",
  title: "A suppression without a reason",
  what: "A comment `opswright-ignore` names no code, or gives no reason behind a colon. It suppresses nothing.",
  why: "The next reader cannot tell a considered exception from a finding that somebody wanted to be gone.",
  remedy: "Write the code, a colon, and in a few words why the finding does not hold here.",
  example: {
    language: "mdx",
    wrong: "{/* opswright-ignore shell/bare-sleep */}",
    right: "{/* opswright-ignore shell/bare-sleep: the vendor's API has no readiness check */}",
  },
  message: ({ lacks }) => `The suppression has no ${lacks}, so it suppresses nothing.`,
  hint: () => "Write `opswright-ignore CODE: REASON`.",
});
