import { describe, expect, test } from "vitest";
import { readGitReferences } from "../../../src/drift/claims/git-reference.ts";
import { readGitNames } from "../../../src/drift/claims/read-git-names.ts";
import { readShell } from "../../shell/read-fixture.ts";

/** Each name as `branch develop of origin`, `tag v1.4`, `remote origin`; what is made as `+name`. */
function namesOf(script: string): readonly string[] {
  return readShell(script).commands.flatMap((command) => {
    const { words = [], made = [] } = readGitNames(command) ?? {};
    return [
      ...words.flatMap(({ text, role }) =>
        role === "remote"
          ? [`remote ${text}`]
          : readGitReferences(text, role).map(
              ({ kind, name, remote }) =>
                `${kind} ${name}${remote === undefined ? "" : ` of ${remote}`}`,
            ),
      ),
      ...made.map((name) => `+${name}`),
    ];
  });
}

describe("names in calls of git", () => {
  test.each([
    ["git push origin develop", ["remote origin", "branch develop"]],
    ["git push -u origin develop --force", ["remote origin", "branch develop"]],
    ["git push origin HEAD:develop", ["remote origin", "branch develop"]],
    ["git push origin main:refs/heads/live", ["remote origin", "branch main", "branch live"]],
    ["git push origin v1.4.2", ["remote origin", "tag v1.4.2"]],
    ["git push origin :old", ["remote origin"]],
    ["git push origin --delete old", ["remote origin"]],
    ["git push https://example.org/x.git main", ["branch main"]],
    ["git pull --rebase origin main", ["remote origin", "branch main"]],
    ["git fetch --quiet origin", ["remote origin"]],
    ["git fetch origin pull/12/head:pr-12", ["remote origin"]],
    ["git checkout develop", ["branch develop"]],
    ["git checkout -b hot origin/main", ["branch main of origin", "+hot"]],
    ["git checkout main -- src/a.py", ["branch main"]],
    ["git checkout refs/tags/stable", ["tag stable"]],
    ["git switch -c hot", ["+hot"]],
    ["git merge --no-ff -m text develop", ["branch develop"]],
    ["git rebase --onto main develop", ["branch develop", "branch main"]],
    ["git reset --hard origin/develop~2", ["branch develop of origin"]],
    ["git log origin/develop..HEAD --oneline", ["branch develop of origin"]],
    ["git log main...staging-eu", ["branch main", "branch staging-eu"]],
    ['git log --oneline "$GOOD..origin/develop"', ["branch develop of origin"]],
    ["git diff main", ["branch main"]],
    ["git show main:app.py", ["branch main"]],
    ["git rev-parse orgin/develop", ["branch develop of orgin"]],
    ["git branch keep origin/develop", ["branch develop of origin", "+keep"]],
    ["git branch -u origin/main main", ["branch main of origin"]],
    ["git branch -D old", []],
    ["git tag -a v1.4.2 -m text", ["+v1.4.2"]],
    ["git remote add upstream x", ["+upstream"]],
    ["git remote get-url origin", ["remote origin"]],
    ["git clone -b v1.4 https://example.org/x.git", ["tag v1.4"]],
    ["git ls-remote origin", ["remote origin"]],
  ])("%s", (script, names) => {
    expect(namesOf(script)).toEqual(names);
  });

  test.each([
    "git checkout 4f2a91c; git reset --hard HEAD~1; git checkout -",
    "git checkout src/a.py; git checkout a.py; git reset a.py; git diff src",
    "git checkout feature/login; git switch my-branch; git merge BRANCH; git switch new-branch",
    'git push "$REMOTE" "$BRANCH"; git checkout <branch>; git log -10',
    "git -C ../other push origin main; git --git-dir=/srv/x log main",
    "git stash pop; git status; git commit -m main; git add main",
    "hub push origin main",
  ])("are not in: %s", (script) => {
    const found = namesOf(script).filter((name) => !name.startsWith("remote"));
    expect(found).toEqual([]);
  });

  test("have their place in the word", () => {
    const word = "^origin/main^..refs/heads/develop~2";
    expect(
      readGitReferences(word, "loose").map(({ name, at }) => word.slice(at, at + name.length)),
    ).toEqual(["main", "develop"]);
  });
});
