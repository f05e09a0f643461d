import { writeFile } from "node:fs/promises";
import path from "node:path";
import { digestStep } from "../../../src/plan/digest-step.ts";
import { emptyLedger, mergeLedger, renderLedger } from "../../../src/plan/merge-ledger.ts";
import { bash, commitAll, mdx, type RuleCase } from "./rule-case.ts";

const step = bash("uptime");
const options = { environment: { OPSWRIGHT_TODAY: "2026-05-05" } };
const dump = 'pg_dump --file="$HOME/app.dump" app';

/** A ledger with one verified command `dump` of the runbook `a`, whose entry begins in line 5. */
function ledger(script: string, how = "world:staging"): string {
  const verification = {
    digest: digestStep({ interpreter: "bash", script, attributes: {} }),
    verifiedAt: "2026-02-03T14:07:00Z",
    how,
    target: "a",
  };
  return renderLedger(
    mergeLedger(emptyLedger, [{ runbook: "a", stepId: "dump", verification }], new Map()),
  );
}

/** Cases of the rules for reviews and verifications. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "freshness/overdue-review": {
    files: { "runbooks/a.mdx": mdx(step, "reviewed: 2026-02-03\nreviewEvery: 90d\n") },
    options,
    severity: "warning",
    message:
      "The review has been due since 2026-05-04: the last one was on 2026-02-03, and there is to be one every 90d.",
    hint: "Review the runbook, then set `reviewed` to the day of the review.",
    at: "runbooks/a.mdx:3:11-3:21",
    nearMiss: {
      // Due today is not overdue.
      "runbooks/a.mdx": mdx(step, "reviewed: 2026-02-04\nreviewEvery: 90d\n"),
      "runbooks/b.mdx": mdx(step, "reviewed: 2016-02-04\nreviewEvery: 90d\nstatus: deprecated\n"),
      "runbooks/c.mdx": mdx(step, "reviewed: 2016-02-04\n"),
    },
  },
  "freshness/overdue-review (keys of another tool)": {
    files: {
      "runbooks/a.md": `---\nlast_reviewed_on: "2025-10-31"\nreview_in: 6 months\n---\n\n# A\n\n${step}`,
    },
    options,
    severity: "warning",
    message:
      "The review has been due since 2026-04-30: the last one was on 2025-10-31, and there is to be one every 6 months.",
    hint: "Review the runbook, then set `last_reviewed_on` to the day of the review.",
    at: "runbooks/a.md:2:19-2:31",
    nearMiss: {
      "runbooks/a.md": `---\nlast_reviewed_on: "2025-10-31"\nreview_in: 1 year\n---\n\n# A\n\n${step}`,
      "runbooks/b.md": `---\nlast_reviewed_on: 2015-10-31\nreview_in: whenever it rains\n---\n\n# B\n\n${step}`,
    },
  },
  "freshness/no-review-date": {
    files: { "runbooks/a.mdx": mdx(step, "reviewEvery: 90d\n") },
    options,
    severity: "info",
    message: "The runbook is to be reviewed every 90d, and nothing says when it was.",
    hint: "Add `reviewed: YEAR-MONTH-DAY` with the day of the last review.",
    at: "runbooks/a.mdx:3:1-3:12",
    nearMiss: {
      "runbooks/a.mdx": mdx(step, "reviewEvery: 90d\nreviewed: 2026-05-01\n"),
      "runbooks/b.mdx": mdx(step),
      "runbooks/c.md": `---\nreview_in: 6 months\nlast_reviewed_on: May 2026\n---\n\n# C\n\n${step}`,
    },
  },
  "freshness/no-review-date (of an active runbook)": {
    files: { "runbooks/a.mdx": mdx(step, "owner: Platform team\nstatus: active\n") },
    options,
    severity: "info",
    message: "The runbook is active, and nothing says when it was reviewed.",
    hint: "Add `reviewed: YEAR-MONTH-DAY` and `reviewEvery: 90d`.",
    at: "runbooks/a.mdx:4:1-4:7",
    nearMiss: {
      "runbooks/a.mdx": mdx(step, "owner: Platform team\nstatus: draft\n"),
      "runbooks/b.md": `---\nstatus: active\n---\n\n# B\n\n${step}`,
    },
  },
  "freshness/impossible-date": {
    files: { "runbooks/a.mdx": mdx(step, "created: 2026-02-03\nreviewed: 2026-05-07\n") },
    options,
    severity: "warning",
    message: "`reviewed` is 2026-05-07, which is still to come.",
    hint: "Correct the date: year, month, day.",
    at: "runbooks/a.mdx:4:11-4:21",
    // Tomorrow has begun already where the author is.
    nearMiss: { "runbooks/a.mdx": mdx(step, "created: 2026-02-03\nreviewed: 2026-05-06\n") },
  },
  "freshness/impossible-date (reviewed before it was there)": {
    files: { "runbooks/a.mdx": mdx(step, "created: 2026-02-03\nreviewed: 2025-05-07\n") },
    options,
    severity: "warning",
    message: "`reviewed` is 2025-05-07, before the runbook was created on 2026-02-03.",
    hint: "Correct the date: year, month, day.",
    at: "runbooks/a.mdx:4:11-4:21",
    related: ["runbooks/a.mdx:3:10-3:20"],
    nearMiss: { "runbooks/a.mdx": mdx(step, "created: 2026-02-03\nreviewed: 2026-02-03\n") },
  },
  "freshness/unverified": {
    files: {
      "runbooks/.verified.json": ledger(dump),
      "runbooks/a.mdx": mdx(
        [bash(dump, "id=dump"), bash("ls", "id=list"), bash("df", "id=space")].join("\n"),
      ),
    },
    severity: "info",
    message: "Of 3 commands, 2 were never verified: `list`, `space`.",
    hint: "Rehearse what has them: `opswright drill a --all`; or record a run: `opswright run a --ledger`.",
    at: "runbooks/a.mdx:10:1-10:3",
    nearMiss: {
      "runbooks/a.mdx": mdx(
        [
          bash(dump, "id=dump"),
          bash("ls", "id=list norun"),
          '<Manual id="look">Look.</Manual>\n',
        ].join("\n"),
      ),
      "runbooks/b.md": `# B\n\n${step}`,
      "runbooks/c.mdx": mdx(step, "status: deprecated\n"),
      "runbooks/d.mdx": mdx(step, "status: draft\n"),
    },
  },
  "freshness/changed-since-verified": {
    files: {
      "runbooks/.verified.json": ledger(dump),
      "runbooks/a.mdx": mdx(bash(dump.replace("--file", "--no-owner --file"), "id=dump")),
    },
    severity: "warning",
    message:
      "The command `dump` changed since it was verified on 2026-02-03 in the world `staging`.",
    hint: "Rehearse it again: `opswright drill a`.",
    at: "runbooks/a.mdx:6:1-6:47",
    related: ["runbooks/.verified.json:5:7-5:13"],
    // How it is called and when it is given up does not change what it does.
    nearMiss: {
      "runbooks/a.mdx": mdx(
        `A backup.\n\n${bash(dump, 'id=dump title="Dump" timeout=5m confirm="Now?"')}`,
      ),
    },
  },
  "freshness/changed-since-verified (by an attribute, after a run)": {
    files: {
      "runbooks/.verified.json": ledger(dump, "live"),
      "runbooks/a.mdx": mdx(bash(dump, "id=dump env.PGUSER=admin")),
    },
    severity: "warning",
    message: "The command `dump` changed since it was verified on 2026-02-03 by a run.",
    hint: "Run it again: `opswright run a --ledger`.",
    at: "runbooks/a.mdx:6:1-6:36",
    related: ["runbooks/.verified.json:5:7-5:13"],
    // Another runbook has a command of this name.
    nearMiss: {
      "runbooks/a.mdx": mdx(bash(dump, "id=dump")),
      "runbooks/b.mdx": mdx(bash("ls", "id=dump")),
    },
  },
  "freshness/files-changed-since-verified": {
    files: {
      "scripts/deploy.sh": "echo 1\n",
      "runbooks/.verified.json": ledger("bash scripts/deploy.sh"),
      "runbooks/a.mdx": mdx(bash("bash scripts/deploy.sh", "id=dump")),
    },
    async prepare(project) {
      await commitAll(project);
      await writeFile(path.join(project.directory, "scripts/deploy.sh"), "echo 2\n");
      await commitAll(project);
    },
    severity: "info",
    message:
      "`scripts/deploy.sh`, which the command `dump` calls, changed since that was verified on 2026-02-03 in the world `staging`.",
    hint: "Rehearse it again: `opswright drill a`.",
    at: "runbooks/a.mdx:6:1-6:23",
    related: ["scripts/deploy.sh"],
    // What is only read changes without changing the step.
    nearMiss: {
      "runbooks/.verified.json": ledger("cat scripts/deploy.sh"),
      "runbooks/a.mdx": mdx(bash("cat scripts/deploy.sh", "id=dump")),
    },
  },
  "freshness/files-changed-since-verified (committed along)": {
    files: {
      "scripts/deploy.sh": "echo 1\n",
      "runbooks/.verified.json": ledger("./scripts/deploy.sh"),
      "runbooks/a.mdx": mdx(bash("./scripts/deploy.sh", "id=dump")),
      "change-me": "scripts/deploy.sh",
    },
    async prepare(project) {
      await commitAll(project);
      const { readFile } = await import("node:fs/promises");
      const changed = await readFile(path.join(project.directory, "change-me"), "utf8");
      await writeFile(path.join(project.directory, changed), "echo 2\n");
      await commitAll(project);
    },
    severity: "info",
    message:
      "`scripts/deploy.sh`, which the command `dump` calls, changed since that was verified on 2026-02-03 in the world `staging`.",
    hint: "Rehearse it again: `opswright drill a`.",
    at: "runbooks/a.mdx:6:1-6:20",
    related: ["scripts/deploy.sh"],
    // The script, the runbook and the ledger came in one commit: that is what was rehearsed.
    nearMiss: { "change-me": "scripts/other.sh" },
  },
};
