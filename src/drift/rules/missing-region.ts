import { scriptTieClaims } from "../claims/script-tie-claims.ts";
import { tiedScriptFacts } from "../facts/tied-script-facts.ts";
import { judgeScriptTie, type MissingRegionArgs } from "../judge-script-tie.ts";
import { defineProjectRule } from "../rule.ts";

/** A block that is tied to a script or a region that is not there. */
export const missingRegion = defineProjectRule<MissingRegionArgs>({
  code: "scripts/missing-region",
  severity: "error",
  title: "A script or region that is not there",
  what: "A block says with `script=` which script or region it is, and there is no such file, it has no such region, or it cannot be read: it is no text, or a link that leads out of the repository.",
  why: "The block is tied to nothing, so nobody is told when script and runbook part.",
  remedy:
    "Correct the path or the name. Where the region is still to be made, put a line with `opswright:begin NAME` above its lines in the script and one with `opswright:end NAME` below, as comments; `opswright sync --from docs --create` does it for you.",
  example: {
    language: "mdx",
    wrong: "```bash script=scripts/backup.sh#dmup\npg_dump\n```",
    right: "```bash script=scripts/backup.sh#dump\npg_dump\n```",
    file: {
      path: "scripts/backup.sh",
      text: "#!/usr/bin/env bash\n# opswright:begin dump\npg_dump\n# opswright:end dump\n",
    },
  },
  message({ path, region, reason, unreadable }) {
    switch (reason) {
      case "no-file":
        return `There is no script \`${path}\`.`;
      case "unreadable":
        return `The script \`${path}\` cannot be read: ${unreadable ?? "nobody knows why"}.`;
      case "bad-markers":
        return `The markers of the region \`${region}\` in \`${path}\` make no region.`;
      case "no-region":
        return `The script \`${path}\` has no region \`${region}\`.`;
    }
  },
  hint({ path, region, reason, nearest, names }) {
    if (nearest !== undefined) return `Did you mean \`${nearest}\`?`;
    if (reason === "bad-markers") {
      return `Each \`opswright:begin ${region}\` needs its own \`opswright:end ${region}\` below it.`;
    }
    if (reason === "unreadable") return "Name a text file inside the repository.";
    const known = names.slice(0, 8).map((name) => `\`${name}\``);
    if (known.length > 0) return `It has: ${known.join(", ")}.`;
    return reason === "no-file"
      ? "Paths in `script=` begin at the repository's root. `opswright sync --from docs --create` makes the script."
      : `Mark it in \`${path}\`: \`# opswright:begin ${region}\` above its lines, \`# opswright:end ${region}\` below.`;
  },
  async check(project, report) {
    const claims = project.claimsOf(scriptTieClaims);
    if (claims.length === 0) return;
    const { files, readScript } = await project.factsOf(tiedScriptFacts);
    for (const { path, span: attributeSpan, value } of claims) {
      const read = await readScript(value.place.path);
      const verdict = judgeScriptTie({ ...value, path, attributeSpan }, read, files);
      if (verdict.kind === "missing") report(verdict.args, { path, span: verdict.span });
    }
  },
});
