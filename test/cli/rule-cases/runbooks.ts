import { bash, mdx, runbook, type RuleCase } from "./rule-case.ts";

const deploy = mdx(
  `## Push\n\n${bash("git push", "id=push")}\n## Undo\n\n${bash("git revert HEAD")}`,
  "inputs:\n  METHOD: { type: string, description: How }\nprocedures:\n  deploy: { default: true, title: Deploy, steps: [{ section: push }] }\n  rollback: { title: Undo, steps: [{ section: undo }] }\n",
);
const shared = { "runbooks/deploy.mdx": deploy };
const list = (...names: readonly string[]): string =>
  `# Runbooks\n\n${names.map((name) => `- [${name}](${name}.md)`).join("\n")}\n`;
const four = {
  "runbooks/backup.md": "# Backup\n",
  "runbooks/deploy.md": "# Deploy\n",
  "runbooks/incident.md": "# Incident\n",
  "runbooks/disaster.md": "# Disaster\n",
};

/** Cases of the rules for what documents say of runbooks. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "runbooks/unknown-target": {
    files: {
      ...shared,
      "runbooks/a.md": "# A\n\n| go back | `opswright run deploy:rolback` |\n| - | - |\n",
    },
    message: "There is no `deploy:rolback`.",
    hint: "Did you mean `deploy:rollback`?",
    at: "runbooks/a.md:3:28-3:42",
    related: ["runbooks/deploy.mdx"],
    nearMiss: {
      "runbooks/a.md": runbook(
        'opswright run deploy:rollback --yes\nopswright plan deploy#undo --input "METHOD=$HOW"\nnpx opswright show deploy#push\nopswright drill TARGET\nopswright run "$WHICH"\nopswright run other --root ../elsewhere\nopswright runs show 4711',
      ),
    },
  },
  "runbooks/unknown-target (an input)": {
    files: {
      ...shared,
      "runbooks/a.md": runbook('npm run -s opswright -- run deploy --yes --input METOD="$METOD"'),
    },
    message: "Neither `deploy` nor what it includes has an input `METOD`.",
    hint: "Did you mean `METHOD`?",
    at: "runbooks/a.md:4:50-4:55",
    related: ["runbooks/deploy.mdx"],
    nearMiss: { "runbooks/a.md": runbook("opswright run deploy --input=METHOD=METOD") },
  },
  "runbooks/unknown-target (a runbook)": {
    files: { ...shared, "runbooks/a.md": runbook("opswright plan deploi") },
    message: "There is no `deploi`.",
    hint: "Did you mean `deploy`?",
    at: "runbooks/a.md:4:16-4:22",
    // It is there, and does not compile.
    nearMiss: { "runbooks/deploi.mdx": "<Open\n" },
  },
  "runbooks/missing-from-index": {
    files: { ...four, "runbooks/README.md": list("backup", "deploy", "incident") },
    severity: "warning",
    message: "The index lists 3 of 4 runbooks: `disaster.md` is not among them.",
    hint: "Add it to the list.",
    at: "runbooks/README.md:5:3-5:26",
    related: ["runbooks/disaster.md"],
    nearMiss: {
      // Drafts need not be listed, and two of five are a mention.
      "runbooks/disaster.md": "---\nstatus: draft\n---\n\n# Disaster\n",
      "README.md":
        "# Project\n\n- [Deploy](runbooks/deploy.md)\n- [Incident](runbooks/incident.md)\n",
    },
  },
  "runbooks/missing-from-index (above)": {
    files: {
      ...four,
      "README.md":
        "# Project\n\n| Runbook |\n| - |\n| [Deploy](runbooks/deploy.md) |\n| [Incident](runbooks/incident.md) |\n| [Backup](runbooks/backup.md#x) |\n",
    },
    severity: "warning",
    message: "The index lists 3 of 4 runbooks: `runbooks/disaster.md` is not among them.",
    hint: "Add it to the list.",
    at: "README.md:7:3-7:33",
    related: ["runbooks/disaster.md"],
    nearMiss: {
      // In sentences, they are mentioned.
      "README.md":
        "# Project\n\nSee [deploy](runbooks/deploy.md), [incident](runbooks/incident.md) and [backup](runbooks/backup.md).\n",
    },
  },
};
