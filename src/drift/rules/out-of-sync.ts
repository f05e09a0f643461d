import { scriptTieClaims } from "../claims/script-tie-claims.ts";
import { tiedScriptFacts } from "../facts/tied-script-facts.ts";
import { judgeScriptTie, type OutOfSyncArgs } from "../judge-script-tie.ts";
import { defineProjectRule } from "../rule.ts";

/** A block that is not what the script is to which it is tied. */
export const outOfSync = defineProjectRule<OutOfSyncArgs>({
  code: "scripts/out-of-sync",
  severity: "error",
  title: "A block that differs from its script",
  what: "A block says with `script=` that it is a script, or a region of one, and its text is another. Common indentation and line endings do not count; every other character does.",
  why: "Whoever follows the runbook does one thing, and whatever runs the script does another. Which of the two was tested, nobody can tell.",
  remedy:
    "Decide which of the two is right. `opswright sync --from scripts` writes the block from the script, `opswright sync --from docs` the script from the block; neither touches anything else.",
  example: {
    language: "mdx",
    wrong: "```bash script=scripts/backup.sh#dump\npg_dump --dbname=members\n```",
    right: '```bash script=scripts/backup.sh#dump\npg_dump --dbname="$DATABASE_URL"\n```',
    file: {
      path: "scripts/backup.sh",
      text: '#!/usr/bin/env bash\n# opswright:begin dump\npg_dump --dbname="$DATABASE_URL"\n# opswright:end dump\n',
    },
  },
  message: ({ script }) => `The block is not what \`${script}\` is.`,
  hint: () =>
    "Write the one from the other: `opswright sync --from scripts`, or `--from docs` where the block is right.",
  async check(project, report) {
    const claims = project.claimsOf(scriptTieClaims);
    if (claims.length === 0) return;
    const { files, readScript } = await project.factsOf(tiedScriptFacts);
    for (const claim of claims) {
      const { path, span: attributeSpan, value } = claim;
      const read = await readScript(value.place.path);
      const verdict = judgeScriptTie({ ...value, path, attributeSpan }, read, files);
      project.settle(claim, { kind: verdict.kind === "in-sync" ? "agreed" : "differed" });
      if (verdict.kind !== "out-of-sync") continue;
      report(verdict.args, { path, span: verdict.span }, verdict.details);
    }
  },
});
