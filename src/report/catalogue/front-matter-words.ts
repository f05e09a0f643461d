import type { WordsOf } from "./diagnostic-words.ts";
import { askNearest, endSentence, explainReason, namePlace, quoteCode } from "./quote-code.ts";

/** The words of problems with front matter and with the configuration. */
export const frontMatterWords: WordsOf<
  | "front-matter-missing"
  | "front-matter-syntax"
  | "unknown-key"
  | "missing-key"
  | "invalid-value"
  | "configuration-syntax"
  | "unknown-rule"
  | "baseline-syntax"
> = {
  "front-matter-missing": {
    title: "No front matter",
    message: () => "The runbook has no front matter.",
    hint: () => "Begin the file with `---`, a line `title: …`, and `---`.",
    explanation:
      "An `.mdx` runbook states its title, owner, inputs and procedures before its text. Without them nobody knows who answers for it or what it needs.",
    example: {
      language: "mdx",
      wrong: "# Deploy UnionCore",
      right: "---\ntitle: Deploy UnionCore\n---\n\n# Deploy UnionCore",
    },
  },
  "front-matter-syntax": {
    title: "The front matter is not valid YAML",
    message: ({ reason }) => `The front matter is not valid YAML: ${endSentence(reason)}`,
    hint: () => "Correct the YAML; put text that holds `: ` or begins with `{` in quotes.",
    explanation:
      "Front matter that cannot be read cannot be judged. The inputs, tools and procedures of the runbook are unknown until it can.",
    example: {
      language: "yaml",
      wrong: "title: Deploy: UnionCore",
      right: 'title: "Deploy: UnionCore"',
    },
  },
  "unknown-key": {
    title: "Unknown key",
    message: ({ key, where }) => `${quoteCode(key)} is not a key of ${namePlace(where)}.`,
    hint: ({ nearest }) =>
      askNearest(nearest, "Remove it; keys of your own belong below `extra` in the front matter."),
    explanation:
      "A mistyped key would silently do nothing: a `timout` that never ends a step is found out at the worst time. So every key must be one that is known.",
    example: {
      language: "yaml",
      wrong: "title: Deploy\ntimout: 10m",
      right: "title: Deploy\ntimeout: 10m",
    },
  },
  "missing-key": {
    title: "A key is missing",
    message: ({ key, where }) => `The key ${quoteCode(key)} is missing in ${namePlace(where)}.`,
    hint: ({ key }) => `Add ${quoteCode(`${key}: …`)}.`,
    explanation:
      "The key says something that the reader or the runner cannot do without, such as the title, or the owner of an active runbook.",
    example: {
      language: "yaml",
      wrong: "title: Deploy\nstatus: active",
      right: "title: Deploy\nstatus: active\nowner: Platform team",
    },
  },
  "invalid-value": {
    title: "A value is not valid",
    message: ({ key, reason }) =>
      `The value of ${quoteCode(key)} is not valid: ${explainReason(reason)}`,
    hint: ({ key }) =>
      `Correct ${quoteCode(key)}; \`opswright schema\` prints what each key takes.`,
    explanation:
      "The value has a shape that cannot be used. Guessing what was meant could run something else than its author wanted.",
    example: { language: "yaml", wrong: "timeout: ten minutes", right: "timeout: 10m" },
  },
  "unknown-rule": {
    title: "The configuration names an unknown code",
    message: ({ code }) =>
      `\`rules\` in the configuration names ${quoteCode(code)}, which no finding has.`,
    hint: ({ nearest }) => askNearest(nearest, "Run `opswright explain` to see every code."),
    explanation:
      "A severity for a code that does not exist changes nothing, while whoever wrote it believes that it does. Codes of what makes a runbook invalid cannot be changed either.",
    example: {
      language: "json",
      wrong: '{ "rules": { "compose/unknown-contianer": "warning" } }',
      right: '{ "rules": { "compose/unknown-container": "warning" } }',
    },
  },
  "baseline-syntax": {
    title: "The baseline is not valid",
    message: ({ reason }) => `The baseline cannot be used: ${endSentence(reason)}`,
    hint: () =>
      "Write it anew with `opswright check --write-baseline`, or pass `--no-baseline` to see every finding.",
    explanation:
      "The baseline lists the findings that were there before and are not told. `opswright check --write-baseline` writes it; a merge that left its marks in it, or a change by hand, can break it.",
    example: {
      language: "json",
      wrong: '{ "schemaVersion": 1 }',
      right: '{ "schemaVersion": 1, "findings": [] }',
    },
  },
  "configuration-syntax": {
    title: "The configuration is not valid",
    message: ({ reason }) => `The configuration cannot be used: ${endSentence(reason)}`,
    hint: () =>
      "Correct the file, or pass `--no-config` to go on without it; `opswright schema --of configuration` prints what it takes.",
    explanation:
      "The configuration says where runbooks are and where runs keep their journals. With a wrong one Opswright would look in the wrong place and report that all is well.",
    example: { language: "json", wrong: '{ "runbook": "docs" }', right: '{ "runbooks": "docs" }' },
  },
};
