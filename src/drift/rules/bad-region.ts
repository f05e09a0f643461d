import { createLineIndex } from "../../parse/line-index.ts";
import { scriptTieClaims } from "../claims/script-tie-claims.ts";
import { tiedScriptFacts } from "../facts/tied-script-facts.ts";
import { readRegions, type RegionProblem } from "../read-regions.ts";
import { defineProjectRule } from "../rule.ts";

/** Markers in a script that make no region, or not the one that is meant. */
export const badRegion = defineProjectRule<RegionProblem & Record<string, unknown>>({
  code: "scripts/bad-region",
  severity: "error",
  title: "Markers that make no region",
  what: "A script to which a block is tied holds markers that do not go together: a region that is never ended, an end without a begin, a name that is there twice, a marker without a name, or regions that cross.",
  why: "Which lines belong to the region is then anybody's guess, so none do.",
  remedy:
    "Give each `opswright:begin NAME` one `opswright:end NAME` below it, and each region a name of its own. A region can stand wholly inside another.",
  example: {
    language: "bash",
    wrong: "# opswright:begin dump\npg_dump",
    right: "# opswright:begin dump\npg_dump\n# opswright:end dump",
    file: {
      path: "runbooks/backup.mdx",
      text: "```bash script=scripts/backup.sh#dump\npg_dump\n```\n",
    },
  },
  message({ kind, name }) {
    switch (kind) {
      case "unclosed":
        return `The region \`${name}\` begins here and never ends.`;
      case "unopened":
        return `The region \`${name}\` ends here and never began.`;
      case "doubled":
        return `There is a region \`${name}\` already.`;
      case "crossing":
        return `The region \`${name}\` ends in the middle of another one.`;
      case "nameless":
        return "The marker has no name.";
    }
  },
  hint({ kind, name }) {
    switch (kind) {
      case "unclosed":
        return `Put a line with \`opswright:end ${name}\` below its last line.`;
      case "unopened":
        return `Put a line with \`opswright:begin ${name}\` above its first line, or remove this one.`;
      case "doubled":
        return "Give it another name.";
      case "crossing":
        return "End the region that began last first.";
      case "nameless":
        return "Write its name behind it: letters, digits, `-`, `_`, `.` and `/`.";
    }
  },
  async check(project, report) {
    const paths = new Set(project.claimsOf(scriptTieClaims).map(({ value }) => value.place.path));
    if (paths.size === 0) return;
    const { readScript } = await project.factsOf(tiedScriptFacts);
    for (const path of [...paths].toSorted()) {
      const read = await readScript(path);
      if (read.kind !== "text") continue;
      const lines = createLineIndex(read.text);
      const spanOf = (line: number) => {
        const start = lines.lineStart(line);
        return lines.spanOf(start, start + lines.lineText(line).length);
      };
      for (const problem of readRegions(read.text).problems) {
        const { line, otherLine, name } = problem;
        const text =
          problem.kind === "doubled" ? `\`${name}\` begins here too` : "the other one begins here";
        const related = otherLine === undefined ? [] : [{ path, span: spanOf(otherLine), text }];
        report({ ...problem }, { path, span: spanOf(line) }, { related });
      }
    }
  },
});
