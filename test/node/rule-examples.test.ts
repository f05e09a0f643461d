import { describe, expect, test } from "vitest";
import type { Rule } from "../../src/drift/rule.ts";
import { rules } from "../../src/drift/rules/rules.ts";
import { checkProject } from "../../src/node/check-project.ts";
import { readProject } from "../../src/node/read-project.ts";
import { createFakeRepository, type FakeRepositoryParts } from "../drift/fake-repository.ts";
import { makeProject } from "./make-project.ts";

/** What examples take for granted of a repository and of a machine. */
const surroundings: FakeRepositoryParts = {
  git: {
    branches: ["develop", "main"],
    remotes: [{ name: "origin", url: "https://git.example/app.git" }],
    tags: ["v2.4.0"],
    isShallow: false,
  },
  help: {
    curl: "Usage: curl [options...] <url>\n -d, --data <data>  HTTP POST data\n -f, --fail  Fail fast\n -s, --silent  Silent mode\n -o, --output <file>  Write to file\n",
    git: "usage: git <command> [<args>]\n\nCommands:\n   clone     Clone a repository\n   commit    Record changes\n   pull      Fetch and integrate\n   push      Update remote refs\n",
    "git push": "usage: git push [<repository> [<refspec>...]]\n",
  },
};

/** Where an example stands that is no runbook of its own, and what must be around it. */
const settings: Readonly<
  Record<string, { readonly path?: string; readonly files?: Readonly<Record<string, string>> }>
> = {
  "files/missing-path": { files: { "app.py": "print()\n", "requirements.txt": "flask\n" } },
  "repository/unreadable-file": {
    path: "docker-compose.yml",
    files: { "runbooks/a.md": "# A\n\n```bash\ndocker compose exec db ls\n```\n" },
  },
  "runbooks/missing-from-index": {
    path: "runbooks/README.md",
    files: { "runbooks/deployment.md": "# Deployment\n", "runbooks/backup.md": "# Backup\n" },
  },
  "runbooks/unknown-target": {
    files: {
      "runbooks/deploy.mdx":
        "---\ntitle: Deploy\nprocedures:\n  rollback: { steps: [{ section: back }] }\n---\n\n## Back\n\n```bash\ngit revert HEAD\n```\n",
    },
  },
  "scripts/bad-region": { path: "scripts/backup.sh" },
};

/** Rules whose example no short text holds; `test/cli/rule-cases` has cases of each. */
const untold: Readonly<Record<string, string>> = {
  "freshness/changed-since-verified": "it judges a history",
  "freshness/files-changed-since-verified": "it judges a history",
  "freshness/unverified": "it judges a history",
  "scripts/orphan": "what is wrong and what is right differ in the runbook",
  "shell/shellcheck": "another program finds it",
};

function filesOf({ code, example }: Rule, text: string): Record<string, string> {
  const { path, files = {} } = settings[code] ?? {};
  const other = example.file === undefined ? {} : { [example.file.path]: example.file.text };
  if (path !== undefined) return { ...other, ...files, [path]: text };
  const ending = example.language === "md" ? "md" : "mdx";
  const document = wrap(example.language, text);
  return { ...other, ...files, [`runbooks/example.${ending}`]: document };
}

/** What the examples in bash take for granted of their runbook. */
const frontMatter =
  "---\ntitle: Example\ntools:\n  curl: {}\n  git: {}\ninputs:\n  APP_URL: { type: url }\n---\n\n";

/** The text as a whole runbook: a script stands in a fence, and a title is there. */
function wrap(language: Rule["example"]["language"], text: string): string {
  if (/^(?:---|# )/u.test(text) && language === "md") return text;
  switch (language) {
    case "mdx":
      return text.startsWith("---") ? text : `---\ntitle: Example\n---\n\n${text}`;
    case "md":
      return `# Example\n\n${text}`;
    default:
      return `${frontMatter}\`\`\`${language}\n${text}\n\`\`\`\n`;
  }
}

async function findCodes(files: Record<string, string>): Promise<readonly string[]> {
  const project = await makeProject({ "runbooks/": "", ...files });
  try {
    const checked = await checkProject(await readProject({ root: project.root }), {
      paths: [],
      observers: new Set(),
      today: "2026-02-10",
      environment: {},
      repository: createFakeRepository(files, surroundings),
    });
    return checked.problems.map((problem) => problem.code);
  } finally {
    await project.remove();
  }
}

describe("the example of a rule is true", () => {
  const told = rules.filter(({ code }) => untold[code] === undefined);

  test.each(told.map((rule) => [rule.code, rule] as const))("%s", async (code, rule) => {
    const { wrong, right } = rule.example;
    expect(await findCodes(filesOf(rule, wrong))).toContain(code);
    expect(await findCodes(filesOf(rule, right))).not.toContain(code);
  });

  test("but for a few, which are rules too", () => {
    const codes: readonly string[] = rules.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(Object.keys({ ...untold, ...settings })));
  });
});
