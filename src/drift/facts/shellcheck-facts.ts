import type { FactSource } from "../fact-source.ts";
import type { LintedScript, ScriptComments } from "../ports.ts";

/** What shellcheck says of scripts. */
export interface ShellcheckFacts {
  /** In the order of the scripts; undefined where shellcheck is not asked, or not for that one. */
  lint(
    scripts: readonly LintedScript[],
  ): Promise<readonly (ScriptComments | undefined)[] | undefined>;
}

/** What shellcheck says, where it is installed. */
export const shellcheckFacts: FactSource<ShellcheckFacts> = {
  name: "shellcheck",
  title: "shellcheck's comments",
  description:
    "Where `shellcheck` is installed and `observe` names it, which is the default, lets it read all blocks that run in bash, many at a time.",
  observe: ({ repository }) =>
    Promise.resolve({
      facts: { lint: (scripts) => repository.lintScripts(scripts) },
      problems: [],
    }),
};
