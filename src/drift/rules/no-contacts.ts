import { speaksOfPeople } from "../procedure-words.ts";
import { defineDocumentRule } from "../rule.ts";

/** An active runbook that does not say whom to call. */
export const noContacts = defineDocumentRule<{}>({
  code: "people/no-contacts",
  severity: "warning",
  title: "Nobody to call",
  what: "The runbook is active and names no `contacts`, nor has it a section or a link about contacts, support or escalation. In plain `.md` this is information.",
  why: "A runbook is read when something is wrong. Where it does not help, the next thing its reader needs is somebody who can.",
  remedy:
    "Add `contacts` to the front matter and `<Contacts/>` where they are to be read: the team's channel, whoever is on call, the supplier's support.",
  example: {
    language: "mdx",
    wrong: "---\ntitle: Deploy\nstatus: active\nowner: Platform team\n---",
    right:
      '---\ntitle: Deploy\nstatus: active\nowner: Platform team\ncontacts:\n  - { role: On call, contact: "#platform-oncall" }\n---',
  },
  check({ runbook, parsed, isStrict }, report) {
    const { status, contacts = [] } = runbook.frontMatter;
    if (status !== "active" || contacts.length > 0) return;
    if (runbook.sections.some(({ title }) => speaksOfPeople(title))) return;
    if (parsed.links.some(({ text, target }) => speaksOfPeople(`${text} ${target}`))) return;
    report({}, parsed.frontMatter?.spans.get("status"), isStrict ? {} : { severity: "info" });
  },
  message: () => "The runbook is active and names nobody to call.",
  hint: () => "Add `contacts: [{ role: On call, contact: … }]` to the front matter.",
});
