import type { Span } from "../../model/source.ts";
import type { Verification } from "../../model/verification-ledger.ts";
import { digestStep } from "../../plan/digest-step.ts";
import { listCalledFiles } from "../called-files.ts";
import {
  describeRepetition,
  describeVerification,
  findLedger,
  verifiableSteps,
  type ProjectLedger,
} from "../find-ledger.ts";
import type { FileChange } from "../ports.ts";
import { addToDate } from "../review-dates.ts";
import { defineProjectRule, type DriftProject } from "../rule.ts";

/** A command that starts something that has changed since it was verified. */
export const filesChangedSinceVerified = defineProjectRule<{
  id: string;
  verification: Verification;
  change: FileChange;
}>({
  code: "freshness/files-changed-since-verified",
  severity: "info",
  title: "What a verified command calls has changed",
  what: "The command itself is as it was when it was verified, but a script that it starts, or a file that it is given with `--file` and the like, was changed by a later commit. Commits up to the one that brought the ledger's entry into git count as verified along with it.",
  why: "The command stands for what it calls. Verified is what was called then.",
  remedy: "Rehearse the procedure again, or record a run of it.",
  example: {
    language: "bash",
    wrong: "./scripts/deploy.sh",
    right: "./scripts/deploy.sh",
    file: { path: "scripts/deploy.sh", text: "#!/bin/sh\n# changed after the last drill\n" },
  },
  async check(project, report) {
    const ledger = await findLedger(project);
    if (ledger === undefined) return;
    const verified = await keepChanged(listVerified(project, ledger), ledger);
    const groups = Map.groupBy(verified, ({ verification }) => verification.verifiedAt);
    for (const [since, steps] of groups) {
      const paths = [...new Set(steps.flatMap(({ files }) => files))];
      const changes = await ledger.facts.listChanges([...paths, ledger.path], since);
      const later = changesAfterEntry(changes, ledger.path);
      for (const { id, path, span, files, verification } of steps) {
        const change = later.find((one) => files.includes(one.path));
        if (change === undefined) continue;
        const text = `commit ${change.commit} changed it on ${change.date}`;
        report(
          { id, verification, change },
          { path, span },
          { related: [{ path: change.path, text }] },
        );
      }
    }
  },
  message: ({ id, verification, change }) =>
    `\`${change.path}\`, which the command \`${id}\` calls, changed since that was verified ${describeVerification(verification)}.`,
  hint: ({ verification }) => describeRepetition(verification),
});

interface VerifiedCommand {
  readonly id: string;
  readonly path: string;
  readonly span: Span;
  readonly files: readonly string[];
  readonly verification: Verification;
}

function listVerified(
  { documents }: DriftProject,
  ledger: ProjectLedger,
): readonly VerifiedCommand[] {
  const hasFile = (path: string): boolean => ledger.facts.hasFile(path);
  return documents.flatMap(({ path, runbook, subject }) => {
    const known = ledger.of(runbook);
    if (known === undefined) return [];
    return verifiableSteps(runbook).flatMap((step): readonly VerifiedCommand[] => {
      const verification = known.get(step.id);
      // What changed itself is told as that.
      if (verification?.digest !== digestStep(step)) return [];
      const files = listCalledFiles(step, subject, hasFile);
      const { id, codeSpan } = step;
      return files.length === 0 ? [] : [{ id, path, span: codeSpan, files, verification }];
    });
  });
}

/** One question for all of them: hardly any file changes between two drills, and each drill has a time. */
async function keepChanged(
  verified: readonly VerifiedCommand[],
  { facts }: ProjectLedger,
): Promise<readonly VerifiedCommand[]> {
  const paths = [...new Set(verified.flatMap(({ files }) => files))];
  const [oldest] = verified.map(({ verification }) => verification.verifiedAt).toSorted();
  if (oldest === undefined) return [];
  const latest = new Map<string, string>();
  for (const { path, date } of await facts.listChanges(paths, oldest)) {
    if ((latest.get(path) ?? "") < date) latest.set(path, date);
  }
  return verified.filter(({ files, verification }) => {
    // A commit's day is told where it was made, which can be a day off.
    const day = addToDate(verification.verifiedAt.slice(0, 10), { months: 0, days: -1 });
    return files.some((file) => (latest.get(file) ?? "") >= day);
  });
}

/**
 * A drill is made before its outcome is committed, often together with what it verified: only what
 * came behind the ledger's own commit is surely later. `changes` has the latest first.
 */
function changesAfterEntry(
  changes: readonly FileChange[],
  ledgerPath: string,
): readonly FileChange[] {
  const entry = changes.findLast(({ path }) => path === ledgerPath);
  if (entry === undefined) return [];
  return changes.slice(
    0,
    changes.findIndex(({ commit }) => commit === entry.commit),
  );
}
