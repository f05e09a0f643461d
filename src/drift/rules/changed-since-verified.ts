import { digestStep } from "../../plan/digest-step.ts";
import type { Verification } from "../../model/verification-ledger.ts";
import {
  describeRepetition,
  describeVerification,
  findLedger,
  verifiableSteps,
} from "../find-ledger.ts";
import { defineProjectRule } from "../rule.ts";

/** A command whose text is no longer the one that was verified. */
export const changedSinceVerified = defineProjectRule<{
  id: string;
  verification: Verification;
}>({
  code: "freshness/changed-since-verified",
  severity: "warning",
  title: "A command changed since it was verified",
  what: "The ledger of verifications has an entry for the command, but of another text: its script, its expected output, its interpreter, or an attribute that changes what it does (`dir`, `env.NAME`, `exit` and the like) is different now.",
  why: "That the command once worked says nothing about what it is now, and the badge on its page would.",
  remedy:
    "Rehearse the procedure again, or record a run of it, so that the ledger holds what the command is now. Titles, timeouts and conditions can be changed freely.",
  example: {
    language: "bash",
    wrong: 'pg_dump --format=plain --file="$BACKUP_FILE"',
    right: 'pg_dump --format=custom --file="$BACKUP_FILE"',
    file: {
      path: "runbooks/.verified.json",
      text: '{\n  "schemaVersion": 1,\n  "runbooks": {\n    "backup": {\n      "dump": {\n        "digest": "…",\n        "verifiedAt": "2026-02-03T14:07:00Z",\n        "how": "world:staging",\n        "target": "backup"\n      }\n    }\n  }\n}\n',
    },
  },
  async check(project, report) {
    const ledger = await findLedger(project);
    if (ledger === undefined) return;
    for (const { path, runbook } of project.documents) {
      const known = ledger.of(runbook);
      if (known === undefined) continue;
      for (const step of verifiableSteps(runbook)) {
        const verification = known.get(step.id);
        if (verification === undefined || verification.digest === digestStep(step)) continue;
        const text = `it was verified ${describeVerification(verification)} as something else`;
        report(
          { id: step.id, verification },
          { path, span: step.codeSpan },
          { related: [{ path: ledger.path, span: ledger.locate(runbook.id, step.id), text }] },
        );
      }
    }
  },
  message: ({ id, verification }) =>
    `The command \`${id}\` changed since it was verified ${describeVerification(verification)}.`,
  hint: ({ verification }) => describeRepetition(verification),
});
