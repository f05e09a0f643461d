import type { WordsOf } from "./diagnostic-words.ts";
import { askNearest, endSentence, quoteCode, quoteList } from "./quote-code.ts";

/** The words of problems that the checks before a run find: its environment and its answers. */
export const preflightWords: WordsOf<
  | "missing-tool"
  | "tool-version"
  | "missing-variable"
  | "contract-probe"
  | "secret-source"
  | "wrong-system"
  | "answer-needed"
  | "destructive-refused"
  | "answers-syntax"
  | "unknown-answer"
  | "unfit-answer"
> = {
  "missing-tool": {
    title: "A program is not installed",
    message: ({ tool, neededBy }) =>
      `The program ${quoteCode(tool)} is not on PATH; ${neededBy} needs it.`,
    hint: ({ tool, install }) =>
      install === undefined
        ? `Install ${quoteCode(tool)}, then try again.`
        : `Install it: ${quoteCode(install)}.`,
    explanation:
      "All programs that a plan needs are looked for before its first command, so that a run does not stop in the middle for want of one.",
    example: {
      language: "console",
      wrong:
        "$ opswright run deployment\nerror[missing-tool]: The program `railway` is not on PATH",
      right: "$ npm install -g @railway/cli\n$ opswright run deployment",
    },
  },
  "tool-version": {
    title: "A program has another version than needed",
    message: ({ tool, required, found }) =>
      `The program ${quoteCode(tool)} must have version ${quoteCode(required)}, and this one is ${quoteCode(found)}.`,
    hint: ({ tool, install }) =>
      install === undefined
        ? `Install a version of ${quoteCode(tool)} that will do, then try again.`
        : `Install a version that will do: ${quoteCode(install)}.`,
    explanation:
      "Options and output change between versions. The runbook says with which ones its commands were written.",
    example: {
      language: "yaml",
      wrong: 'tools:\n  git: { version: ">=99" }',
      right: 'tools:\n  git: { version: ">=2.30" }',
    },
  },
  "missing-variable": {
    title: "An environment variable of a contract is missing",
    message: ({ contract, name, description }) =>
      description.trim() === ""
        ? `${quoteCode(name)} is not set, which the contract ${quoteCode(contract)} requires.`
        : `${quoteCode(name)} is not set, which the contract ${quoteCode(contract)} requires: ${endSentence(description)}`,
    hint: ({ name, where }) =>
      where === undefined
        ? `Set ${quoteCode(name)} in the place that the contract describes, then try again.`
        : `Give it a value for the rehearsal: write ${quoteCode(`${name}: VALUE`)} under ${where}.`,
    explanation:
      "A contract lists the environment variables that a place must have. It is checked before the first command; values are never printed.",
    example: {
      language: "console",
      wrong: "$ opswright run deployment",
      right: "$ railway variables --set AUTH_JWT_SECRET_KEY=…\n$ opswright run deployment",
    },
  },
  "contract-probe": {
    title: "A contract cannot be checked",
    message: ({ contract, command, reason }) =>
      `The contract ${quoteCode(contract)} cannot be checked, since ${quoteCode(command)} failed: ${endSentence(reason)}`,
    hint: ({ command }) => `Run ${quoteCode(command)} by hand and put right what it reports.`,
    explanation:
      "The contract's `probe` prints the variables of the place that it describes. Where it fails nothing is known of that place, and that is not taken for agreement.",
    example: {
      language: "console",
      wrong: "$ railway variables --kv\nUnauthorized. Please login with `railway login`",
      right: "$ railway login\n$ railway variables --kv\nDATABASE_URL=…",
    },
  },
  "secret-source": {
    title: "A secret cannot be read from its source",
    message: ({ name, source: { command, file }, reason }) =>
      command === undefined
        ? `The secret ${quoteCode(name)} cannot be read from the file ${quoteCode(file)}: ${endSentence(reason)}`
        : `The secret ${quoteCode(name)} cannot be read from the command ${quoteCode(command)}: ${endSentence(reason)}`,
    hint: ({ name, source: { command } }) =>
      command === undefined
        ? `Put right what is wrong with the file, or set ${quoteCode(name)} in the environment.`
        : `Run the command by hand and put right what it reports, or set ${quoteCode(name)} in the environment.`,
    explanation:
      "A secret with `from` is read right before a run, where neither an option nor the environment gives it. Where that fails nothing is run: a command with an empty password fails later and in a worse place. What the source holds, or its command printed on standard output, is never shown.",
    example: {
      language: "console",
      wrong:
        "$ opswright run deployment\nerror[secret-source]: The secret `DB_PASSWORD` cannot be read",
      right: "$ pass show db\n$ opswright run deployment",
    },
  },
  "wrong-system": {
    title: "A step for another operating system",
    message: ({ step, wanted, found }) =>
      `The step ${quoteCode(step)} is for ${quoteCode(wanted)}, and this machine is ${quoteCode(found)}.`,
    hint: ({ step }) =>
      `Run it on such a machine, or leave it out with ${quoteCode(`--skip ${step}`)}.`,
    explanation:
      "The step's author limited it by `os=…`, since its commands work otherwise or not at all on other systems.",
    example: {
      language: "mdx",
      wrong: "```bash os=darwin\nbrew install jq\n```",
      right: "```bash os=linux\napt-get install jq\n```",
    },
  },
  "answer-needed": {
    title: "A person's answer is needed",
    message: ({ question }) => `Nobody can be asked here: ${endSentence(question)}`,
    hint: ({ option }) => `Run it on a terminal, or pass ${quoteCode(option)}.`,
    explanation:
      "Without a terminal nobody can be asked. A run looks for all its questions before its first command, so that it does not stop half-way or wait for ever.",
    example: {
      language: "console",
      wrong: "$ opswright run deployment < /dev/null",
      right: "$ opswright run deployment --yes < /dev/null",
    },
  },
  "destructive-refused": {
    title: "A destructive step needs a person's word",
    message: ({ step, reason }) =>
      `The step ${quoteCode(step)} cannot be taken back: ${endSentence(reason)}`,
    hint: () => "Run it on a terminal and confirm it there, or pass `--allow destructive`.",
    explanation:
      "What this step does cannot be taken back, so it never runs on `--yes` alone. The word of a person, or `--allow destructive`, is written to the run's log with who gave it and when.",
    example: {
      language: "console",
      wrong: "$ opswright run deployment:rollback --yes < /dev/null",
      right: "$ opswright run deployment:rollback --yes --allow destructive < /dev/null",
    },
  },
  "answers-syntax": {
    title: "The file of answers is not valid",
    message: ({ reason }) => `The file of answers cannot be used: ${endSentence(reason)}`,
    hint: () =>
      "Write one answer a line, by the step's id: `upload: done`. A note goes along: `upload: { answer: failed, note: WHY }`.",
    explanation:
      "Answers that are given before a run stand for a person's word. A file that cannot be read as a whole is not used in part.",
    example: {
      language: "yaml",
      wrong: "- upload\n- push",
      right: "upload: done\npush: yes",
    },
  },
  "unknown-answer": {
    title: "An answer for a step that is not in the plan",
    message: ({ step }) => `The plan has no step ${quoteCode(step)} to be answered.`,
    hint: ({ nearest }) =>
      askNearest(nearest, "Remove it; `opswright plan TARGET` lists the steps and their ids."),
    explanation:
      "An answer for a mistyped step would leave the step that was meant without one. Steps that a selection leaves out are not in the plan either.",
    example: {
      language: "yaml",
      wrong: "uplaod: done",
      right: "upload: done",
    },
  },
  "unfit-answer": {
    title: "An answer that its step does not take",
    message: ({ step, answer, fitting }) =>
      fitting.length === 0
        ? `The step ${quoteCode(step)} asks nothing that ${quoteCode(answer)} could answer.`
        : `The step ${quoteCode(step)} does not take the answer ${quoteCode(answer)}.`,
    hint: ({ step, fitting }) => {
      if (fitting.length === 0) return "Remove it: the step is run without a question.";
      const words = `Write ${quoteList(fitting, "or")}.`;
      return fitting.includes(step)
        ? `${words} What cannot be taken back needs the step's own id as its word.`
        : words;
    },
    explanation:
      "A person's work is `done`, `failed` or `skip`; a question before a command takes `yes`, `no` or `skip`; a destructive step takes its own id, so that nobody agrees to it by habit.",
    example: {
      language: "yaml",
      wrong: "wipe: yes",
      right: "wipe: wipe",
    },
  },
};
