import { bash, mdx, type RuleCase } from "./rule-case.ts";

const commit = "inputs:\n  COMMIT: { type: git-ref, required: true }\n";
const included = mdx(bash('git revert --no-edit "$COMMIT"'), commit);

/** Cases of the rules for inputs. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "inputs/unused": {
    files: { "runbooks/a.mdx": mdx(bash("git revert --no-edit HEAD"), commit) },
    severity: "warning",
    message: "No step, condition or choice uses the input `COMMIT`.",
    hint: "Remove it, or use it where it was meant to be used.",
    at: "runbooks/a.mdx:4:3-4:9",
    nearMiss: {
      // In a command, in an attribute, in a condition, in a choice of prose, by another input.
      "runbooks/a.mdx": mdx(
        [
          bash("git log", 'env.REVISION="$COMMIT"'),
          bash("git status", 'when="QUICK"'),
          '<Choice input="STACK">\n<Option value="one">\n\nOne.\n\n</Option>\n<Option value="two">\n\nTwo.\n\n</Option>\n</Choice>\n',
        ].join("\n"),
        `${commit}  QUICK: { type: bool, default: false }\n  STACK: { type: enum, choices: [one, two], default: one }\n  PREFIX: { type: string, default: a }\n  TAG: { type: string, from: 'git tag --list "$PREFIX*"', default: a }\n  PGHOST: { type: string, default: db }\n`,
      ).replace("git log\n", 'git log "$TAG"\n'),
    },
  },
  "inputs/unused (passed on to an included runbook)": {
    files: {
      "runbooks/a.mdx": mdx(
        `${bash("uptime")}\n<Include runbook="b" />\n`,
        `${commit}  OTHER: { type: string, default: a }\n`,
      ),
      "runbooks/b.mdx": included,
    },
    severity: "warning",
    message: "No step, condition or choice uses the input `OTHER`.",
    hint: "Remove it, or use it where it was meant to be used.",
    at: "runbooks/a.mdx:5:3-5:8",
    nearMiss: {
      "runbooks/a.mdx": mdx(`${bash("uptime")}\n<Include runbook="b" />\n`, commit),
    },
  },
  "inputs/unused (a program may read it)": {
    files: {
      "runbooks/a.mdx": mdx(bash("make deploy"), commit),
      Makefile: "deploy:\n\ttrue\n",
    },
    severity: "info",
    message: "No step, condition or choice uses the input `COMMIT`.",
    hint: 'Remove it; or, if a program reads it, write `COMMIT="$COMMIT"` before its call.',
    at: "runbooks/a.mdx:4:3-4:9",
    nearMiss: { "runbooks/a.mdx": mdx(bash('COMMIT="$COMMIT" make deploy'), commit) },
  },
};
