import { findSecrets } from "../find-secrets.ts";
import { startOfSecret } from "../mask-secrets.ts";
import { defineDocumentRule } from "../rule.ts";

/** A password, token or key in the text of a document. */
export const secretInText = defineDocumentRule<{ name: string; start: string; length: number }>({
  code: "secrets/in-text",
  severity: "error",
  title: "A secret in the text",
  what: "The document, its front matter included, holds a key that is known by its looks (of AWS, GitHub, GitLab, Slack, Stripe, Google, npm, PyPI and others, private keys, web tokens, passwords in URLs), or a value that looks drawn at random where a password, token or key is assigned. Placeholders and documented examples are let pass.",
  why: "Whoever can read the repository, or any copy of it, can use the secret, today and in years: it stays in the history.",
  remedy:
    "Revoke the secret first, since it must count as known. Then declare an input of type `secret` and write its variable. If it is no secret, say so with `opswright-ignore secrets/in-text: REASON`.",
  example: {
    language: "bash",
    wrong: "export PGPASSWORD='q7!Rz2#mVx9p'",
    right: 'export PGPASSWORD="$DB_PASSWORD"',
  },
  check({ parsed, lines, isStrict }, report) {
    const { text } = parsed.source;
    for (const { name, start, end, isKnown } of findSecrets(text)) {
      const length = end - start;
      const shown = startOfSecret(text, { start, end });
      report({ name, start: shown, length }, lines.spanOf(start, end), {
        isSecret: true,
        // Anybody's documentation shows what a demonstration printed, keys of its time included.
        severity: isKnown || isStrict ? "error" : "info",
      });
    }
  },
  message: ({ name, start, length }) =>
    `Here stands what looks like ${name}: \`${start}…\`, ${length} characters.`,
  hint: () => "Revoke it, then write a variable instead, such as an input of type `secret`.",
});
