import { defineSourceRule } from "../rule.ts";

/** A suppression of a code that does not exist. */
export const suppressionOfUnknown = defineSourceRule<{
  code: string;
  nearest: string | undefined;
}>({
  code: "suppression/unknown-code",
  severity: "error",
  title: "A suppression of an unknown code",
  what: "A comment `opswright-ignore` names a code that no finding has.",
  why: "It suppresses nothing, and looks as if it did.",
  remedy: "Write the code as it stands in brackets in the finding; `opswright explain` lists all.",
  example: {
    language: "mdx",
    wrong: "{/* opswright-ignore shell/bare-slep: no readiness check */}",
    right: "{/* opswright-ignore shell/bare-sleep: no readiness check */}",
  },
  message: ({ code }) => `No finding has the code \`${code}\`.`,
  hint: ({ nearest }) =>
    nearest === undefined
      ? "Run `opswright explain` to see every code."
      : `Did you mean \`${nearest}\`?`,
});
