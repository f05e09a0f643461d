import type { WordsOf } from "./diagnostic-words.ts";
import { endSentence, quoteCode } from "./quote-code.ts";

/** The words of problems with a document as a whole and with what MDX allows. */
export const documentWords: WordsOf<
  | "not-utf8"
  | "broken-characters"
  | "empty-runbook"
  | "unclosed-fence"
  | "mdx-syntax"
  | "mdx-import"
  | "mdx-export"
  | "mdx-expression"
> = {
  "not-utf8": {
    title: "The file is not UTF-8",
    message: ({ byteOffset }) => `The file is not valid UTF-8 text at byte ${byteOffset}.`,
    hint: () => "Save the file as UTF-8, then check it again.",
    explanation:
      "Opswright reads runbooks as UTF-8. In another encoding a command could hold other characters than its author saw, so nothing of the file is read.",
    example: {
      language: "console",
      wrong: "$ file runbooks/deploy.md\nrunbooks/deploy.md: ISO-8859 text",
      right:
        "$ iconv --from-code=ISO-8859-1 --to-code=UTF-8 --output=new.md runbooks/deploy.md\n$ mv new.md runbooks/deploy.md",
    },
  },
  "broken-characters": {
    title: "Characters broken by a wrong encoding",
    message: ({ found, meant }) =>
      `${quoteCode(found)} is what a wrong encoding made of ${quoteCode(meant)}.`,
    hint: ({ found, meant }) => `Replace ${quoteCode(found)} by ${quoteCode(meant)}.`,
    explanation:
      "The text was once read in one encoding and saved in another. In prose that is ugly; in a command it can change what runs.",
    example: { language: "mdx", wrong: "Takes 5â€“15 minutes.", right: "Takes 5–15 minutes." },
  },
  "empty-runbook": {
    title: "Nothing to do in the runbook",
    message: () => "The runbook holds no step: neither a command nor something for a person to do.",
    hint: () =>
      "Add a command in a `bash` fence, or a task list item such as `- [ ] Call the owner`.",
    explanation:
      "A runbook is run step by step. One without steps would always succeed, and that success would mean nothing.",
    example: {
      language: "mdx",
      wrong: "# Restart\n\nRestart the service.",
      right: "# Restart\n\n```bash\nsystemctl restart unioncore\n```",
    },
  },
  "unclosed-fence": {
    title: "A code fence is never closed",
    message: ({ opener }) =>
      `The code fence opened by ${quoteCode(opener)} is never closed, so all text below it is code.`,
    hint: () => "Close the fence with a line of as many back-ticks as opened it.",
    explanation:
      "Everything up to the end of the file became part of the command, headings and prose included. Running it would run sentences as commands.",
    example: {
      language: "mdx",
      wrong: "```bash\nuptime\n\n## Next section",
      right: "```bash\nuptime\n```\n\n## Next section",
    },
  },
  "mdx-syntax": {
    title: "The document is not valid MDX",
    message: ({ reason }) => `The document cannot be read as MDX: ${endSentence(reason)}`,
    hint: () =>
      "Write `\\<` and `\\{` for these characters in prose, or give the file the ending `.md`.",
    explanation:
      "In an `.mdx` file `<` begins a component and `{` an expression. Where these do not fit together the rest of the document cannot be told apart, so nothing of it is used.",
    example: {
      language: "mdx",
      wrong: "Replace <commit> by the commit.",
      right: "Replace `<commit>` by the commit.",
    },
  },
  "mdx-import": {
    title: "Imports are not allowed",
    message: () => "A runbook may not import code.",
    hint: () => "Remove the `import`; the components of Opswright are there without it.",
    explanation:
      "A runbook from a pull request is untrusted text. Nothing in it is ever executed to read, check or publish it, so an import would do nothing.",
    example: {
      language: "mdx",
      wrong: 'import Note from "./note.jsx";\n\n<Note>Careful.</Note>',
      right: "<Note>Careful.</Note>",
    },
  },
  "mdx-export": {
    title: "Exports are not allowed",
    message: () => "A runbook may not export code.",
    hint: () => "Remove the `export`; put values for the reader into the front matter's `inputs`.",
    explanation:
      "A runbook from a pull request is untrusted text. Nothing in it is ever executed to read, check or publish it, so an export would do nothing.",
    example: {
      language: "mdx",
      wrong: 'export const branch = "develop";',
      right: "---\ninputs:\n  BRANCH: { default: develop }\n---",
    },
  },
  "mdx-expression": {
    title: "Expressions are not evaluated",
    message: ({ expression }) =>
      `The expression ${quoteCode(expression)} would have to be executed, and runbooks never are.`,
    hint: () => "Write the value itself, or `\\{` where a brace is meant.",
    explanation:
      "Opswright never evaluates MDX. Shown as it stands, an expression would say something else than its author meant.",
    example: {
      language: "mdx",
      wrong: "Deployed from {branch}.",
      right: "Deployed from `develop`.",
    },
  },
};
