import type { WordsOf } from "./diagnostic-words.ts";
import { askNearest, endSentence, explainReason, quoteCode, quoteList } from "./quote-code.ts";

/** The words of problems that show when a plan is made of a target, inputs and a selection. */
export const planningWords: WordsOf<
  | "unknown-target"
  | "no-steps"
  | "missing-input"
  | "input-value"
  | "undeclared-input"
  | "not-supported"
  | "unreachable-selection"
> = {
  "unknown-target": {
    title: "Unknown target",
    message: ({ target }) =>
      `There is no runbook, procedure, section or step ${quoteCode(target)}.`,
    hint: ({ nearest }) =>
      nearest.length === 0
        ? "Run `opswright list` to see the runbooks."
        : `Did you mean ${quoteList(nearest, "or")}?`,
    explanation:
      "A target is a runbook (`deployment`), a procedure of it (`deployment:rollback`), or a section or step of it (`deployment#push`).",
    example: {
      language: "console",
      wrong: "$ opswright run deployement",
      right: "$ opswright run deployment",
    },
  },
  "no-steps": {
    title: "Nothing to run",
    message: ({ target }) => `${quoteCode(target)} holds no step that would be run.`,
    hint: ({ target }) =>
      `Look at it with ${quoteCode(`opswright show ${target}`)}, and check the inputs and the selection.`,
    explanation:
      "Every step was left out: by the target, by `--from`, `--until`, `--only` and `--skip`, by conditions on inputs, or because it is only shown. A run of nothing would report a success that means nothing.",
    example: {
      language: "console",
      wrong: "$ opswright run deployment#overview",
      right: "$ opswright run deployment",
    },
  },
  "missing-input": {
    title: "An input has no value",
    message: ({ name, description }) =>
      description.trim() === ""
        ? `The input ${quoteCode(name)} has no value.`
        : `The input ${quoteCode(name)} has no value: ${endSentence(description)}`,
    hint: ({ name, where }) =>
      where === undefined
        ? `Pass ${quoteCode(`--input ${name}=VALUE`)}, or a file with \`--inputs FILE\`.`
        : `Give it a value for the rehearsal: write ${quoteCode(`${name}: VALUE`)} under ${where}.`,
    explanation:
      "The runbook's commands need this value and there is no default. Secrets can also be given as an environment variable of the same name, so that they stand in no process list, or be read by a run from where the input's `from` says.",
    example: {
      language: "console",
      wrong: "$ opswright run deployment:rollback",
      right: "$ opswright run deployment:rollback --input COMMIT=4f2a91c",
    },
  },
  "input-value": {
    title: "An input's value does not fit",
    message: ({ name, type, reason }) =>
      `The value of the input ${quoteCode(name)} is not a valid ${quoteCode(type)}: ${explainReason(reason)}`,
    hint: ({ name, where }) =>
      where === undefined
        ? `Pass another value with ${quoteCode(`--input ${name}=VALUE`)}.`
        : `Write another value for ${quoteCode(name)} under ${where}.`,
    explanation:
      "Inputs are typed so that a mistyped value stops the run before its first command, not in the middle. The value itself is not repeated here, since it might be confidential.",
    example: {
      language: "console",
      wrong: "$ opswright run scale --input REPLICAS=three",
      right: "$ opswright run scale --input REPLICAS=3",
    },
  },
  "undeclared-input": {
    title: "An input that the runbook does not have",
    message: ({ name }) => `The plan has no input ${quoteCode(name)}.`,
    hint: ({ nearest }) =>
      askNearest(nearest, "Remove it; `opswright show RUNBOOK` lists the inputs."),
    explanation:
      "A mistyped name would leave the input that was meant at its default, and the run would use another value than its operator believes.",
    example: {
      language: "console",
      wrong: "$ opswright run deployment --input METOD=manual",
      right: "$ opswright run deployment --input METHOD=manual",
    },
  },
  "not-supported": {
    title: "Not supported yet",
    message: ({ feature }) =>
      `This version of Opswright cannot do this yet: ${endSentence(feature)}`,
    hint: () => "Do this step by hand, or leave it out with `--skip STEP`.",
    explanation:
      "The runbook is valid, but this version cannot run what it says. Running it without that would do something else than its author meant.",
    example: {
      language: "mdx",
      wrong: "```bash on=database-host\npg_dump unioncore\n```",
      right: '```bash\nssh database-host "pg_dump unioncore"\n```',
    },
  },
  "unreachable-selection": {
    title: "The selection names a step that is not in the plan",
    message: ({ option, step }) =>
      `${quoteCode(option)} names the step ${quoteCode(step)}, which is not in the plan.`,
    hint: ({ nearest }) =>
      askNearest(nearest, "Use the id of one of its steps; `opswright plan TARGET` lists them."),
    explanation:
      "A selection that matches nothing would run too much or too little: `--skip` of a mistyped step would run the step that was to be left out.",
    example: {
      language: "console",
      wrong: "$ opswright run deployment --skip pus",
      right: "$ opswright run deployment --skip push",
    },
  },
};
