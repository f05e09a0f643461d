import { bash, mdx, type RuleCase } from "./rule-case.ts";

const step = bash("uptime");
const active = "status: active\nowner: Platform team\n";

/** Cases of the rules for owners and contacts. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "people/no-owner": {
    files: { "runbooks/a.mdx": mdx(step) },
    severity: "info",
    message: "Nobody is named who answers for the runbook.",
    hint: "Add `owner: TEAM` to the front matter, or `status: draft` until it is in use.",
    at: "runbooks/a.mdx:2:1-2:6",
    nearMiss: { "runbooks/a.mdx": mdx(step, "status: draft\n") },
  },
  "people/no-owner (of a plain document)": {
    files: { "runbooks/a.md": `---\nweight: 1\nstatus: active\n---\n\n# A\n\n${step}` },
    severity: "info",
    message: "Nobody is named who answers for the runbook.",
    hint: "Add `owner: TEAM` to the front matter, or `status: draft` until it is in use.",
    at: "runbooks/a.md:3:1-3:7",
    nearMiss: {
      "runbooks/a.md": `---\nowner_slack: "#platform"\nstatus: active\n---\n\n# A\n\n${step}`,
      "runbooks/b.md": `---\nweight: 1\ntype: docs\n---\n\n# B\n\n${step}`,
    },
  },
  "people/no-contacts": {
    files: { "runbooks/a.mdx": mdx(step, active) },
    severity: "warning",
    message: "The runbook is active and names nobody to call.",
    hint: "Add `contacts: [{ role: On call, contact: … }]` to the front matter.",
    at: "runbooks/a.mdx:3:1-3:7",
    nearMiss: {
      "runbooks/a.mdx": mdx(step, `${active}contacts: [{ role: On call, contact: "+49 30 1" }]\n`),
      "runbooks/b.mdx": mdx(`${step}\n## Escalation\n\nCall the platform team.\n`, active),
      "runbooks/d.mdx": mdx(`${step}\n## Ansprechpartner\n\nDas Plattform-Team.\n`, active),
      "runbooks/c.mdx": mdx(`${step}\nAsk [the team](mailto:platform@example.org).\n`, active),
    },
  },
  "people/no-contacts (of a plain document)": {
    files: { "runbooks/a.md": `---\nstatus: active\n---\n\n# A\n\n${step}` },
    severity: "info",
    message: "The runbook is active and names nobody to call.",
    hint: "Add `contacts: [{ role: On call, contact: … }]` to the front matter.",
    at: "runbooks/a.md:2:1-2:7",
    nearMiss: { "runbooks/a.md": `---\nstatus: deprecated\n---\n\n# A\n\n${step}` },
  },
};
