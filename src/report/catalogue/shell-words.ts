import type { WordsOf } from "./diagnostic-words.ts";
import { askNearest, endSentence, quoteCode } from "./quote-code.ts";

/** The words of problems with what a command says. */
export const shellWords: WordsOf<
  "placeholder" | "undeclared-variable" | "shell-syntax" | "risk-lowered" | "destructive-step"
> = {
  placeholder: {
    title: "A blank that a person must fill",
    message: ({ text }) => `${quoteCode(text)} is a blank that a person must fill.`,
    hint: ({ meaning }) => {
      const name = nameInput(meaning);
      return `Declare an input such as ${quoteCode(name)} and write ${quoteCode(`"$${name}"`)} here, or mark the block \`norun\`.`;
    },
    explanation:
      "A command that still holds a blank never reaches a shell. Nearly half of such blanks are valid shell with another meaning: `git revert <commit>` reads a file named `commit`.",
    example: {
      language: "mdx",
      wrong: "```bash\ngit revert <commit>\n```",
      right: '```bash\ngit revert "$COMMIT"\n```',
    },
  },
  "undeclared-variable": {
    title: "A variable that nothing sets",
    message: ({ name }) =>
      `The command uses ${quoteCode(`$${name}`)}, which is neither an input nor set by an earlier step.`,
    hint: ({ name, nearest }) =>
      askNearest(
        nearest === undefined ? undefined : `$${nearest}`,
        `Declare ${quoteCode(name)} below \`inputs\`, or set it in an earlier step.`,
      ),
    explanation:
      'A variable that nothing sets is empty: `rm -rf "$DIR/"` then removes everything. So a step runs only when each of its variables has a source.',
    example: {
      language: "mdx",
      wrong: '```bash\npg_dump "$DATABSE_URL" > backup.sql\n```',
      right: '```bash\npg_dump "$DATABASE_URL" > backup.sql\n```',
    },
  },
  "shell-syntax": {
    title: "The command is not valid shell",
    message: ({ near }) =>
      near.trim() === ""
        ? "The command is not valid bash here."
        : `The command is not valid bash near ${quoteCode(near)}.`,
    hint: () => "Correct the command, or label the block `text` if it is not one.",
    explanation:
      "The shell would stop in the middle of the block, after the lines before the mistake have already run.",
    example: {
      language: "mdx",
      wrong: "```bash\nif [ -f backup.sql ]; then\n  ls -l backup.sql\n```",
      right: "```bash\nif [ -f backup.sql ]; then\n  ls -l backup.sql\nfi\n```",
    },
  },
  "risk-lowered": {
    title: "The risk is lowered without a reason",
    message: ({ inferred, declared }) =>
      `The step says ${quoteCode(`risk=${declared}`)}, but its commands are ${quoteCode(inferred)}.`,
    hint: () => 'Add `risk-reason="…"` that says why the lower risk is right, or remove `risk`.',
    explanation:
      "The risk decides whether a person is asked before the step runs. Taking that question away needs a reason that the next reader can judge.",
    example: {
      language: "mdx",
      wrong: "```bash risk=safe\nrm -rf build\n```",
      right:
        '```bash risk=change risk-reason="build/ is made anew by every build"\nrm -rf build\n```',
    },
  },
  "destructive-step": {
    title: "A destructive step without a word of warning",
    message: ({ what, reason }) =>
      `${quoteCode(what)} makes this step destructive: ${endSentence(reason)}`,
    hint: () =>
      'Say with `confirm="…"` what to check first, or with `risk=destructive` that this is meant.',
    explanation:
      "What is lost by this step stays lost. A reader at 3 a.m. should be told what to check before it.",
    example: {
      language: "mdx",
      wrong: "```bash\ngit push --force origin develop\n```",
      right:
        '```bash confirm="Has everybody pushed their work?"\ngit push --force origin develop\n```',
    },
  },
};

/** A variable's name made of what a blank asks for: `commit hash` → `COMMIT_HASH`. */
function nameInput(meaning: string): string {
  const name = meaning
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/gu, "_")
    .replaceAll(/^[_0-9]+|_+$/gu, "");
  return name === "" || name.length > 40 ? "VALUE" : name;
}
