import { mdx, type RuleCase } from "./rule-case.ts";

const contract = (...names: readonly string[]): string =>
  mdx(
    "# Deploy\n",
    `contracts:\n  service:\n    variables:\n${names.map((name) => `      ${name}: {}\n`).join("")}`,
  );
const example = "# Copy to .env\nSECRET_KEY=secret\nSENTRY_DSN=\n#SMTP_HOST=\n";

/** Cases of the rules for environment variables. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "env/undocumented-variable": {
    files: {
      ".env.example": example,
      "runbooks/a.mdx": contract("SECRET_KEY", "SENTRY_DSM", "SMTP_HOST"),
    },
    severity: "warning",
    message: "`.env.example` has no variable `SENTRY_DSM`.",
    hint: "Did you mean `SENTRY_DSN`?",
    at: "runbooks/a.mdx:7:7-7:17",
    related: [".env.example:3:1-3:11"],
    nearMiss: {
      "compose.yaml": "services:\n  api:\n    environment:\n      - FLASK_ENV\n",
      "runbooks/a.mdx": contract("SECRET_KEY", "SMTP_HOST", "FLASK_ENV", "RAILWAY_TOKEN"),
    },
  },
  "env/undocumented-variable (nothing like it)": {
    files: {
      ".env.compose.example": example,
      "runbooks/a.mdx": contract("SECRET_KEY", "SENTRY_DSN", "S3_BUCKET_NAME"),
    },
    severity: "info",
    message: "`.env.compose.example` has no variable `S3_BUCKET_NAME`.",
    hint: "Add it there, or remove it here.",
    at: "runbooks/a.mdx:8:7-8:21",
    related: [".env.compose.example"],
    nearMiss: { ".env.test.example": "S3_BUCKET_NAME=\n" },
  },
  "env/unlisted-variable": {
    files: {
      ".env.example": example,
      "runbooks/a.mdx": contract("SECRET_KEY", "SENTRY_DSN"),
    },
    severity: "info",
    message: "The contract `service` lacks `SMTP_HOST` of `.env.example`.",
    hint: "List them too, with `required: false` where the service does without.",
    at: "runbooks/a.mdx:4:3-4:10",
    related: [".env.example:4:2-4:11"],
    nearMiss: { "runbooks/a.mdx": contract("SECRET_KEY") },
  },
};
