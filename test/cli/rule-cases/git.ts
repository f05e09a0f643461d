import { bash, commitAll, mdx, runbook, type RuleCase } from "./rule-case.ts";
import type { FixtureProject } from "../run-opswright.ts";

/** A repository with the branches `main` and `develop`, the tag `v2.4.0` and the remote `origin`. */
async function makeRepository(project: FixtureProject): Promise<void> {
  await commitAll(project);
  const { execa } = await import("execa");
  const git = (...args: string[]): Promise<unknown> =>
    execa("git", args, { cwd: project.directory, env: project.environment, extendEnv: false });
  await git("branch", "develop");
  await git("tag", "v2.4.0");
  await git("remote", "add", "origin", "https://example.org/shop/app.git");
}

const app = { "app.py": "print()\n" };
const configuration = JSON.stringify({
  subjects: [{ runbooks: "a", folder: "app", branches: ["develop", "main"], remotes: ["origin"] }],
});

/** Cases of the rules for names of git's. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "git/unknown-remote": {
    files: { ...app, "runbooks/a.md": runbook("git push --set-upstream orgin develop") },
    prepare: makeRepository,
    message: "Git knows no remote `orgin`.",
    hint: "Did you mean `origin`?",
    at: "runbooks/a.md:4:25-4:30",
    // A clone can have any remote; an address is none.
    nearMiss: {
      "runbooks/a.md": runbook(
        "git push heroku main\ngit fetch upstream\ngit pull https://example.org/x.git main\ngit fetch origin\ngit remote add orgin2 x\ngit push orgin2 main",
      ),
    },
  },
  "git/unknown-remote (declared)": {
    files: {
      "opswright.config.json": configuration,
      "app/app.py": "",
      "runbooks/a.mdx": mdx(bash("git log upstream/develop..HEAD"), "status: draft\n"),
    },
    message: "Git knows no remote `upstream`.",
    hint: "There is: `origin`.",
    at: "runbooks/a.mdx:7:9-7:17",
    nearMiss: {
      "runbooks/a.mdx": mdx(bash("git log origin/develop..HEAD"), "status: draft\n"),
    },
  },
  "git/unknown-branch": {
    files: { ...app, "runbooks/a.md": "# A\n\nDeploy by `git push origin HEAD:master`.\n" },
    prepare: makeRepository,
    message: "Git knows no branch `master`.",
    hint: "There is: `develop`, `main`.",
    at: "runbooks/a.md:3:33-3:39",
    nearMiss: {
      "runbooks/a.md": runbook(
        [
          "git push origin HEAD:main",
          "git switch develop",
          "git checkout feature/login",
          "git checkout app.py",
          "git checkout 4f2a91c",
          "git reset --hard HEAD~1",
          "git reset app.py",
          "git switch -c staging",
          "git merge staging",
          "git log --oneline -5 main^..develop",
          "git diff master.txt",
          "git checkout integration-tests",
          "git checkout v2.4.0 -- app.py",
          'git merge "$BRANCH"',
          "ssh app git checkout master",
          "git -C ../other checkout master",
          "git push --delete origin master",
        ].join("\n"),
      ),
    },
  },
  "git/unknown-branch (in a range)": {
    files: {
      "opswright.config.json": configuration,
      "app/app.py": "",
      "runbooks/a.mdx": mdx(
        bash('git log --oneline "$GOOD_COMMIT..origin/devlop"'),
        "status: draft\ninputs:\n  GOOD_COMMIT: { type: git-ref, description: The last good one }\n",
      ),
    },
    message: "Git knows no branch `devlop`.",
    hint: "Did you mean `develop`?",
    at: "runbooks/a.mdx:9:41-9:47",
    nearMiss: {
      // Another repository's branches are not ours.
      "runbooks/a.mdx": mdx(
        bash("git clone -b legacy https://example.org/other.git\ngit pull origin develop"),
        "status: draft\n",
      ),
    },
  },
  "git/unknown-tag": {
    files: { ...app, "runbooks/a.md": runbook("git reset --hard 2.4.0") },
    prepare: makeRepository,
    message: "Git knows no tag `2.4.0`.",
    hint: "Did you mean `v2.4.0`?",
    at: "runbooks/a.md:4:18-4:23",
    nearMiss: {
      "runbooks/a.md": runbook(
        "git checkout v2.4.0\ngit checkout v1.2.3\ngit checkout v2.5.0\ngit tag v2.3.0\ngit push origin v2.3.0",
      ),
    },
  },
  "git/unknown-tag (an old one)": {
    files: { ...app, "runbooks/a.md": runbook("git diff v2.3.9..HEAD") },
    prepare: makeRepository,
    message: "Git knows no tag `v2.3.9`.",
    hint: "The latest tag is `v2.4.0`; `git tag --list` shows all.",
    at: "runbooks/a.md:4:10-4:16",
    nearMiss: {
      "runbooks/a.md": runbook("git clone https://example.org/other.git\ngit checkout v2.3.9\n"),
    },
  },
};
