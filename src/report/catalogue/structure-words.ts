import type { WordsOf } from "./diagnostic-words.ts";
import { askNearest, endSentence, explainReason, quoteCode, quoteList } from "./quote-code.ts";

/** The words of problems with ids, procedures, choices and includes. */
export const structureWords: WordsOf<
  | "duplicate-step-id"
  | "invalid-step-id"
  | "unknown-section"
  | "unknown-step"
  | "unknown-procedure"
  | "unknown-input"
  | "unknown-contract"
  | "unknown-runbook"
  | "unknown-choice"
  | "missing-choice"
  | "include-cycle"
  | "condition-syntax"
  | "empty-procedure"
> = {
  "duplicate-step-id": {
    title: "Two steps have one id",
    message: ({ id, firstLine }) =>
      `The step id ${quoteCode(id)} is already taken by the step in line ${firstLine}.`,
    hint: () => "Give one of the two another `id`.",
    explanation:
      "Steps are named by their id: in procedures, in `undo`, on the command line and in the logs. One id for two steps would make it a matter of luck which one is meant.",
    example: {
      language: "mdx",
      wrong: "```bash id=push\ngit push\n```\n\n```bash id=push\ngit push --tags\n```",
      right: "```bash id=push\ngit push\n```\n\n```bash id=push-tags\ngit push --tags\n```",
    },
  },
  "invalid-step-id": {
    title: "The step id cannot be used",
    message: ({ id, reason }) => `${quoteCode(id)} cannot be a step id: ${explainReason(reason)}`,
    hint: () => "Use lower-case letters, digits and hyphens, such as `push-to-develop`.",
    explanation:
      "Step ids stand in links, on the command line and in file names, so they are kept to characters that are safe in all of them.",
    example: {
      language: "mdx",
      wrong: '```bash id="Push it!"\ngit push\n```',
      right: "```bash id=push-it\ngit push\n```",
    },
  },
  "unknown-section": {
    title: "Unknown section",
    message: ({ id }) => `The runbook has no section ${quoteCode(id)}.`,
    hint: ({ nearest }) =>
      askNearest(nearest, "Use the id of a heading: its words in lower case, joined by hyphens."),
    explanation:
      "A procedure names the sections that are run together. A heading that was renamed takes its section out of the procedure, and the steps below it would not run.",
    example: {
      language: "yaml",
      wrong: "steps:\n  - section: pre-deploy-checklist",
      right: "steps:\n  - section: pre-deployment-checklist",
    },
  },
  "unknown-step": {
    title: "Unknown step",
    message: ({ id, where }) => `There is no step ${quoteCode(id)}, which ${where} names.`,
    hint: ({ nearest }) =>
      askNearest(nearest, "Use the id of a step; `opswright show RUNBOOK` lists them."),
    explanation:
      "Something relies on a step that is not there: a procedure that would leave it out, or an `undo` that would take nothing back.",
    example: {
      language: "mdx",
      wrong: "```bash id=push undo=revrt\ngit push\n```",
      right: "```bash id=push undo=revert\ngit push\n```",
    },
  },
  "unknown-procedure": {
    title: "Unknown procedure",
    message: ({ name, runbook }) =>
      `The runbook ${quoteCode(runbook)} has no procedure ${quoteCode(name)}.`,
    hint: ({ nearest, runbook }) =>
      askNearest(
        nearest,
        `Use one of its procedures; ${quoteCode(`opswright show ${runbook}`)} lists them.`,
      ),
    explanation:
      "The name leads nowhere: a rollback or an included procedure that is not there is found out when it is needed.",
    example: { language: "yaml", wrong: "onFailure: rolback", right: "onFailure: rollback" },
  },
  "unknown-input": {
    title: "Unknown input",
    message: ({ name, where }) =>
      `${where} uses the input ${quoteCode(name)}, which is not declared.`,
    hint: ({ nearest, name }) =>
      askNearest(nearest, `Declare ${quoteCode(name)} below \`inputs\`.`),
    explanation:
      "A choice or a condition on an input that does not exist can never be decided, so its steps would never run.",
    example: {
      language: "yaml",
      wrong:
        "inputs:\n  METHOD: { type: enum, choices: [a, b] }\nprocedures:\n  go:\n    steps:\n      - choose: METOD\n        when: {}",
      right:
        "inputs:\n  METHOD: { type: enum, choices: [a, b] }\nprocedures:\n  go:\n    steps:\n      - choose: METHOD\n        when: { a: [section: a], b: [section: b] }",
    },
  },
  "unknown-contract": {
    title: "Unknown contract",
    message: ({ name }) => `The front matter declares no contract ${quoteCode(name)}.`,
    hint: ({ nearest, name }) =>
      askNearest(nearest, `Declare ${quoteCode(name)} below \`contracts\`.`),
    explanation:
      "A contract lists the environment variables that a place must have. One that is not declared cannot be shown or checked.",
    example: {
      language: "mdx",
      wrong: '<Contract of="railwey" />',
      right: '<Contract of="railway" />',
    },
  },
  "unknown-runbook": {
    title: "Unknown runbook",
    message: ({ id }) => `There is no runbook ${quoteCode(id)}.`,
    hint: ({ nearest }) =>
      askNearest(
        nearest,
        "Use the path below the runbooks folder without its ending; `opswright list` shows all.",
      ),
    explanation:
      "An include takes the steps of another runbook into this one. Where that runbook is missing, so would be its steps.",
    example: {
      language: "mdx",
      wrong: '<Include runbook="backup" />',
      right: '<Include runbook="backup-restore" />',
    },
  },
  "unknown-choice": {
    title: "A value that the input cannot have",
    message: ({ input, value }) =>
      `${quoteCode(value)} is not one of the choices of the input ${quoteCode(input)}.`,
    hint: ({ choices }) =>
      choices.length === 0
        ? "Give the input `choices`."
        : `Use ${quoteList(choices, "or")}, or add the value to the input's \`choices\`.`,
    explanation: "The input can never have this value, so what hangs on it would never be run.",
    example: {
      language: "mdx",
      wrong: '```bash when="METHOD=manul"\nrailway up\n```',
      right: '```bash when="METHOD=manual"\nrailway up\n```',
    },
  },
  "missing-choice": {
    title: "A choice is not provided for",
    message: ({ input, value }) =>
      `Nothing says what to do where ${quoteCode(input)} is ${quoteCode(value)}.`,
    hint: ({ value }) => `Add ${quoteCode(`${value}: […]`)} below \`when\`.`,
    explanation:
      "With this value the procedure would do nothing at this place, and the reader would believe that it had.",
    example: {
      language: "yaml",
      wrong: "- choose: METHOD\n  when:\n    automatic: [section: automatic]",
      right:
        "- choose: METHOD\n  when:\n    automatic: [section: automatic]\n    manual: [section: manual]",
    },
  },
  "include-cycle": {
    title: "Includes go round in a circle",
    message: ({ chain }) =>
      `These include each other in a circle: ${chain.map(quoteCode).join(" → ")}.`,
    hint: () => "Remove one of the includes.",
    explanation: "Steps that include themselves have no end, so no plan can be made of them.",
    example: {
      language: "mdx",
      wrong:
        'In deploy.mdx: <Include runbook="backup" />\n\nIn backup.mdx: <Include runbook="deploy" />',
      right: 'In deploy.mdx: <Include runbook="backup" />',
    },
  },
  "condition-syntax": {
    title: "The condition cannot be read",
    message: ({ condition, reason }) =>
      `The condition ${quoteCode(condition)} cannot be read: ${endSentence(reason)}`,
    hint: () =>
      "Write `NAME=value`, `NAME!=value`, `NAME` or `!NAME`, joined by `and`, `or` and parentheses.",
    explanation:
      "A condition decides whether a step runs. One that is not understood must not be taken for true, nor for false.",
    example: {
      language: "mdx",
      wrong: '```bash when="METHOD is manual"\nrailway up\n```',
      right: '```bash when="METHOD=manual"\nrailway up\n```',
    },
  },
  "empty-procedure": {
    title: "A procedure without steps",
    message: ({ name }) => `The procedure ${quoteCode(name)} holds no step.`,
    hint: () => "Name a section or step that holds something to do.",
    explanation:
      "A procedure that does nothing would always succeed, and that success would mean nothing.",
    example: {
      language: "yaml",
      wrong: "procedures:\n  rollback:\n    steps: [section: overview]",
      right: "procedures:\n  rollback:\n    steps: [section: rollback]",
    },
  },
};
