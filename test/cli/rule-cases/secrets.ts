import { bash, mdx, runbook, type RuleCase } from "./rule-case.ts";

/** Keeps the halves apart in this file, so that no scanner takes its lines for real secrets. */
const glue = (one: string, other: string): string => one + other;

// None of them ever was one.
const token = glue("gh", "p_16C7e42F292c6912E7710c838347Ae178B4a");
const password = glue("q7!Rz2", "#mVx9p");
const hint = "Revoke it, then write a variable instead, such as an input of type `secret`.";

/** Cases of the rule for secrets; none of its findings may show the secret. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "secrets/in-text": {
    files: { "runbooks/a.md": runbook(`curl --header "Authorization: Bearer ${token}"`) },
    message: "Here stands what looks like a GitHub token: `ghp_…`, 40 characters.",
    hint,
    at: "runbooks/a.md:4:38-4:78",
    nearMiss: {
      "runbooks/a.md": runbook(
        'curl --header "Authorization: Bearer $GITHUB_TOKEN"\ngit show 16c7e42f292c6912e7710c838347ae178b4a1234',
      ),
    },
  },
  "secrets/in-text (in front matter)": {
    files: {
      "runbooks/a.mdx": mdx(
        bash("ls"),
        `inputs:\n  DB_PASSWORD: { type: string, description: "x" }\nextra:\n  password: "${password}"\n`,
      ),
    },
    message: "Here stands what looks like a password: `q7…`, 12 characters.",
    hint,
    at: "runbooks/a.mdx:6:14-6:26",
    nearMiss: {
      "runbooks/a.mdx": mdx(
        bash("ls"),
        'inputs:\n  DB_PASSWORD: { type: secret, description: "x" }\nextra:\n  password: "changeme-please"\n',
      ),
    },
  },
  "secrets/in-text (by entropy alone, in anybody's Markdown)": {
    files: { "runbooks/a.md": `# Runbook\n\n\`\`\`yaml\npassword: ${password}\n\`\`\`\n` },
    severity: "info",
    message: "Here stands what looks like a password: `q7…`, 12 characters.",
    hint,
    at: "runbooks/a.md:4:11-4:23",
    nearMiss: { "runbooks/a.md": "# Runbook\n\n```yaml\npassword: postgres\n```\n" },
  },
};
