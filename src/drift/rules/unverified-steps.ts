import { findLedger, verifiableSteps } from "../find-ledger.ts";
import { defineProjectRule } from "../rule.ts";

/** Commands that were never run by a drill or a recorded run. */
export const unverifiedSteps = defineProjectRule<{
  ids: readonly string[];
  total: number;
  runbook: string;
}>({
  code: "freshness/unverified",
  severity: "info",
  title: "Commands that were never verified",
  what: "The project keeps a ledger of verifications, and it has no entry for some commands of the runbook: no drill has run them, and no run with `--ledger`. There is one finding a runbook. A draft and a plain `.md` document are looked at only where something of them was verified.",
  why: "A command that nobody has ever run is a guess. It is tried for the first time when it is needed.",
  remedy:
    "Rehearse the procedure that has the command, with a case that takes its branch; or record a run with `opswright run TARGET --ledger`. Mark with `norun` what is only to be read.",
  example: {
    language: "bash",
    wrong: "pg_restore --clean --dbname app backup.dump",
    right: "pg_restore --clean --dbname app backup.dump",
    file: {
      path: "runbooks/.verified.json",
      text: '{\n  "schemaVersion": 1,\n  "runbooks": {}\n}\n',
    },
  },
  async check(project, report) {
    const ledger = await findLedger(project);
    if (ledger === undefined) return;
    for (const { path, runbook } of project.documents) {
      const known = ledger.of(runbook);
      const { status } = runbook.frontMatter;
      const isTentative = status === "draft" || runbook.format === "md";
      if (status === "deprecated" || (known === undefined && isTentative)) continue;
      const steps = verifiableSteps(runbook);
      const missing = steps.filter(({ id }) => known?.has(id) !== true);
      const [first] = missing;
      if (first === undefined) continue;
      report(
        { ids: missing.map(({ id }) => id), total: steps.length, runbook: runbook.id },
        { path, span: first.codeSpan },
      );
    }
  },
  message({ ids, total }) {
    const names = ids.slice(0, mostNames).map((id) => `\`${id}\``);
    const rest = ids.length > mostNames ? ` and ${ids.length - mostNames} more` : "";
    const were = ids.length === 1 ? "was" : "were";
    return `Of ${total} commands, ${ids.length} ${were} never verified: ${names.join(", ")}${rest}.`;
  },
  hint: ({ runbook }) =>
    `Rehearse what has them: \`opswright drill ${runbook} --all\`; or record a run: \`opswright run ${runbook} --ledger\`.`,
});

const mostNames = 5;
