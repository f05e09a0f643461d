import type { Severity } from "../../../src/model/diagnostic.ts";
import type { CallOptions, FixtureFiles, FixtureProject } from "../run-opswright.ts";

/** A project that one rule must find something in, and one like it in which it must not. */
export interface RuleCase {
  readonly files: FixtureFiles;
  /** What else must be there, such as a git history; called for both projects. */
  readonly prepare?: (project: FixtureProject) => Promise<void>;
  /** Default: `check`. */
  readonly args?: readonly string[];
  readonly options?: CallOptions;
  readonly severity?: Severity;
  /** An ending `…` leaves the rest open. */
  readonly message: string;
  readonly hint: string;
  /** `runbooks/a.md:4:13-4:26`, as text editors count; or the path alone where no text is to blame. */
  readonly at: string;
  /** Places of the other side, in order, in the same form. */
  readonly related?: readonly string[];
  /** The text of `runbooks/a.md` (or `.mdx`) after `check --fix`; absent where there is no fix. */
  readonly fixed?: string;
  /** Files over those above in which the rule must find nothing, though it nearly would. */
  readonly nearMiss: FixtureFiles;
}

/** A fence in bash. */
export function bash(code: string, meta = ""): string {
  return `\`\`\`bash${meta === "" ? "" : ` ${meta}`}\n${code}\n\`\`\`\n`;
}

/** A plain Markdown runbook of one block, whose first command stands in line 4. */
export function runbook(code: string): string {
  return `# Runbook\n\n${bash(code)}`;
}

/** A strict runbook with a title; its body begins in line 5, below further front matter. */
export function mdx(body: string, frontMatter = ""): string {
  return `---\ntitle: Runbook\n${frontMatter}---\n\n${body}`;
}

/** Makes the project a git repository with one commit of all that is there. */
export async function commitAll(project: FixtureProject): Promise<void> {
  const { execa } = await import("execa");
  const git = (...args: string[]): Promise<unknown> =>
    execa("git", args, {
      cwd: project.directory,
      env: {
        ...project.environment,
        GIT_AUTHOR_NAME: "A",
        GIT_AUTHOR_EMAIL: "a@example.org",
        GIT_COMMITTER_NAME: "A",
        GIT_COMMITTER_EMAIL: "a@example.org",
        GIT_CONFIG_GLOBAL: "/dev/null",
      },
      extendEnv: false,
    });
  await git("init", "--quiet", "--initial-branch", "main");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "All");
}
