import type { WordsOf } from "./diagnostic-words.ts";
import { askNearest, endSentence, explainReason, quoteCode, quoteList } from "./quote-code.ts";

/** The words of problems that show when a plan is made of a target, inputs and a selection. */
export const planningWords: WordsOf<
  | "unknown-target"
  | "no-steps"
  | "missing-input"
  | "input-value"
  | "undeclared-input"
  | "undeclared-target"
  | "target-value"
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
  "undeclared-target": {
    title: "A step runs on a target that is not declared",
    message: ({ step, target }) =>
      `The step ${quoteCode(step)} runs on ${quoteCode(target)}, and no such target is declared.`,
    hint: ({ target, nearest, known }) =>
      askNearest(
        nearest,
        `Declare it: \`"targets": { "${target}": "ssh://HOST" }\` in opswright.config.json, or what stands in for it in the drill's world.yaml.${known.length === 0 ? "" : ` Declared: ${quoteList(known, "and")}.`}`,
      ),
    explanation:
      "A command that is meant for another machine must not run on this one, and a drill must not reach the real one. Targets of runs are in the configuration, those of drills in the world; `on=local` is this machine.",
    example: {
      language: "json",
      wrong: "{}",
      right: '{ "targets": { "database-host": "ssh://deploy@db1" } }',
    },
  },
  "target-value": {
    title: "A target names what cannot be filled in",
    message: ({ target, input, reason }) => {
      if (reason === "address") {
        return `The target ${quoteCode(target)} is ${quoteCode(input)}, which is no address of a host.`;
      }
      const why = {
        undeclared: "which is no input of this runbook",
        secret: "which is secret: everybody on this machine can read a connection's arguments",
        unset: "which has no value",
      }[reason];
      return `The target ${quoteCode(target)} names ${quoteCode(input)}, ${why}.`;
    },
    hint: ({ input, reason }) =>
      reason === "address"
        ? "It must be `ssh://HOST` or `ssh://USER@HOST:PORT`: look at the values of the inputs in it."
        : reason === "unset"
          ? `Pass ${quoteCode(`--input ${input}=VALUE`)}.`
          : "Name an input that is not secret, or write the value into the target.",
    explanation:
      "Where a target has `$NAME`, that is the value of an input, so that one runbook can be for many hosts. Whatever is left unfilled would connect to something else than was meant.",
    example: {
      language: "json",
      wrong: '{ "targets": { "web": "ssh://$HSOT" } }',
      right: '{ "targets": { "web": "ssh://$HOST" } }',
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
      wrong: '```bash interactive\npsql "$DATABASE"\n```\n\n```output\n42\n```',
      right: '```bash\npsql --command="select 42" "$DATABASE"\n```\n\n```output\n42\n```',
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
