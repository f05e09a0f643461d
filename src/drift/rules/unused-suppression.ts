import { defineSourceRule } from "../rule.ts";

/** A suppression that suppresses nothing any more. */
export const unusedSuppression = defineSourceRule<{ code: string }>({
  code: "suppression/unused",
  severity: "warning",
  title: "A suppression that is not needed",
  what: "A comment `opswright-ignore` covers a place where nothing of that code is found.",
  why: "It stays behind when the text below it changes, and would hide the next finding of its kind.",
  remedy:
    "Remove the comment, or put it right above the block, or the line of code, that it is for.",
  example: {
    language: "mdx",
    wrong:
      '{/* opswright-ignore shell/bare-sleep: no readiness check */}\n\n```bash\ncurl --fail "$APP_URL/health"\n```',
    right: '```bash\ncurl --fail "$APP_URL/health"\n```',
  },
  message: ({ code }) => `Nothing here is found by \`${code}\`, so nothing is suppressed.`,
  hint: () => "Remove the comment, or put it right above what it is for.",
});
