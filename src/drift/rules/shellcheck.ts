import type { Claim } from "../../model/drift.ts";
import {
  locateInScript,
  shellScriptClaims,
  type ShellScriptClaim,
} from "../claims/shell-script-claims.ts";
import { shellcheckFacts } from "../facts/shellcheck-facts.ts";
import type { ScriptComments } from "../ports.ts";
import { defineProjectRule } from "../rule.ts";
import { isCommentOutOfPlace } from "./shellcheck-exceptions.ts";

/** What shellcheck has to say about a block. */
export const shellcheck = defineProjectRule<{ code: string; text: string }>({
  code: "shell/shellcheck",
  severity: "warning",
  title: "A comment of shellcheck",
  what: "Where `shellcheck` is installed, it reads each block that runs in bash, and what it calls an error or a warning is told at its place in the document. Comments that are out of place in a runbook are left out: on variables that another step sets or reads, on files that are not there, on what another finding tells better.",
  why: "A word that the shell splits, a `cd` that fails silently, a redirection that `sudo` does not reach: such mistakes pass every reader and show in production.",
  remedy:
    "Correct the command as the comment says. If it is meant, write a comment `opswright-ignore shell/shellcheck: REASON` above the block.",
  example: {
    language: "bash",
    wrong: 'rm -rf "$BUILD_FOLDER/"',
    right: 'rm -rf "${BUILD_FOLDER:?}/"',
  },
  async check(project, report) {
    const claims = project.claimsOf(shellScriptClaims);
    if (claims.length === 0) return;
    const facts = await project.factsOf(shellcheckFacts);
    const answers = await facts.lint(
      claims.map(({ value }) => ({ text: value.text, shell: "bash" })),
    );
    for (const [index, claim] of claims.entries()) {
      const comments = answers?.[index];
      if (comments === undefined || comments.some(isParseFailure)) {
        const reason =
          answers === undefined
            ? "shellcheck is not installed here, or not asked"
            : "shellcheck cannot read it";
        project.settle(claim, { kind: "unjudged", reason });
        continue;
      }
      const told = comments.filter(
        (one) =>
          !isCommentOutOfPlace(one.code, claim.value.isStrict) && !isListMeant(claim.value, one),
      );
      for (const comment of told) {
        const { code, message } = comment;
        const span = placeComment(claim, comment);
        report(
          { code, text: message },
          { path: claim.path, span },
          { severity: claim.value.isStrict ? "warning" : "info" },
        );
      }
      project.settle(claim, { kind: told.length === 0 ? "agreed" : "differed" });
    }
  },
  message: ({ code, text }) => `\`${code}\`: ${/[.!?]$/u.test(text) ? text : `${text}.`}`,
  hint: () =>
    "Correct it; or say why it is meant, above the block: `opswright-ignore shell/shellcheck: REASON`.",
});

/** Opswright has found the block to be valid bash; what shellcheck makes of it then is of no use. */
function isParseFailure({ code }: ScriptComments[number]): boolean {
  return code === "SC1072" || code === "SC1073";
}

/** A substitution that is a word of its own may be many: quotes would break `docker rm $(docker ps -q)`. */
function isListMeant(
  { text }: ShellScriptClaim,
  { code, line, column, endLine, endColumn }: ScriptComments[number],
): boolean {
  if (code !== "SC2046") return false;
  const lines = text.split("\n");
  const before = Array.from(lines[line - 1] ?? "").at(Math.max(0, column - 2)) ?? "";
  const after = Array.from(lines[endLine - 1] ?? "").at(endColumn - 1) ?? "";
  return (column === 1 || /^\s$/u.test(before)) && /^[\s;|&)]?$/u.test(after);
}

function placeComment(
  claim: Claim<ShellScriptClaim>,
  { line, column, endLine, endColumn }: ScriptComments[number],
): Claim["span"] {
  const span = locateInScript(claim.value, { line, column }, { line: endLine, column: endColumn });
  return span ?? claim.span;
}
