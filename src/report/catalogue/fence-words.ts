import type { WordsOf } from "./diagnostic-words.ts";
import { askNearest, endSentence, explainReason, quoteCode } from "./quote-code.ts";

/** The words of problems with code fences, their attributes and their expected output. */
export const fenceWords: WordsOf<
  | "attribute-syntax"
  | "unknown-attribute"
  | "duplicate-attribute"
  | "attribute-value"
  | "attribute-conflict"
  | "foreign-attribute"
  | "no-interpreter"
  | "output-without-command"
  | "expectation-syntax"
  | "unknown-suffix"
  | "transcript-without-prompt"
> = {
  "attribute-syntax": {
    title: "Fence attributes cannot be read",
    message: ({ text, reason }) =>
      `The attribute text ${quoteCode(text)} cannot be read: ${endSentence(reason)}`,
    hint: () =>
      'Write attributes as `name`, `name=value` or `name="a value"`, with spaces between.',
    explanation:
      "What follows the language of a fence governs how the command runs. Text there that is half understood could lose a timeout or a confirmation.",
    example: {
      language: "mdx",
      wrong: '```bash title="Push\ngit push\n```',
      right: '```bash title="Push"\ngit push\n```',
    },
  },
  "unknown-attribute": {
    title: "Unknown fence attribute",
    message: ({ name }) => `${quoteCode(name)} is not a fence attribute of Opswright.`,
    hint: ({ nearest }) => askNearest(nearest, "Remove it, or correct its name."),
    explanation:
      "A mistyped attribute would silently do nothing: a step with `timeot=30s` could hang for ever. So every attribute must be one that is known.",
    example: {
      language: "mdx",
      wrong: "```bash timeot=30s\ngit push\n```",
      right: "```bash timeout=30s\ngit push\n```",
    },
  },
  "duplicate-attribute": {
    title: "A fence attribute is given twice",
    message: ({ name }) => `The attribute ${quoteCode(name)} is given more than once.`,
    hint: ({ name }) => `Keep one ${quoteCode(name)} and remove the others.`,
    explanation:
      "Two values for one attribute leave open which one counts, and a reader may see only the other one.",
    example: {
      language: "mdx",
      wrong: "```bash timeout=30s timeout=5m\ngit push\n```",
      right: "```bash timeout=5m\ngit push\n```",
    },
  },
  "attribute-value": {
    title: "The value of a fence attribute is not valid",
    message: ({ name, value, reason }) =>
      `${quoteCode(name)} cannot be ${quoteCode(value)}: ${explainReason(reason)}`,
    hint: ({ name }) => `Correct the value of ${quoteCode(name)}.`,
    explanation:
      "The attribute is known but its value is not one that it takes. A guess could mean half a minute where half an hour was meant.",
    example: {
      language: "mdx",
      wrong: "```bash timeout=30\ngit push\n```",
      right: "```bash timeout=30s\ngit push\n```",
    },
  },
  "attribute-conflict": {
    title: "Fence attributes do not fit together",
    message: ({ name, reason }) => `${quoteCode(name)} does not fit here: ${endSentence(reason)}`,
    hint: ({ name, other }) =>
      `Look at ${quoteCode(name)} and ${quoteCode(other)} together, and say what you mean.`,
    explanation:
      "Each attribute is known, but together they say nothing that can be done. What was meant is not for the runner to guess.",
    example: {
      language: "mdx",
      wrong: "```bash background interactive\n./server\n```",
      right: "```bash background ready=port:8080\n./server\n```",
    },
  },
  "foreign-attribute": {
    title: "A fence attribute of another tool",
    message: ({ text }) => `${quoteCode(text)} is no attribute of Opswright and is ignored.`,
    hint: () => "Leave it if another tool needs it; Opswright does nothing with it.",
    explanation:
      "In `.md` files the attributes of other tools are welcome. This is told so that nobody believes that Opswright acts on them.",
    example: {
      language: "mdx",
      wrong: '```bash {"name":"push"}\ngit push\n```',
      right: "```bash id=push\ngit push\n```",
    },
  },
  "no-interpreter": {
    title: "No program runs this language",
    message: ({ language }) => `No program is known that runs ${quoteCode(language)}.`,
    hint: ({ nearest }) =>
      askNearest(
        nearest,
        "Remove `run` to show the block only, or call its program from a `bash` fence.",
      ),
    explanation:
      "A fence that says `run` must run. Passing over it, or printing it as if it had run, would report a success that never was.",
    example: {
      language: "mdx",
      wrong: "```pyton run\nprint(1)\n```",
      right: "```python run\nprint(1)\n```",
    },
  },
  "output-without-command": {
    title: "Expected output without a command",
    message: () => "This `output` fence does not follow a command, so nothing is compared with it.",
    hint: () => "Put it right behind the command whose output it is, or call the fence `text`.",
    explanation:
      "An `output` fence states what the command before it must print. One that belongs to no command looks like a check and checks nothing.",
    example: {
      language: "mdx",
      wrong: "```output\nready\n```\n\n```bash\n./health\n```",
      right: "```bash\n./health\n```\n\n```output\nready\n```",
    },
  },
  "expectation-syntax": {
    title: "The expected output cannot be used",
    message: ({ reason }) => `The expected output cannot be used: ${endSentence(reason)}`,
    hint: () =>
      "Correct the expected output; the reference of expectations lists what may stand there.",
    explanation:
      "An expectation that cannot be read can neither hold nor fail, and a check that cannot fail is none.",
    example: {
      language: "mdx",
      wrong: "```output match=json\n{status: ready}\n```",
      right: '```output match=json\n{"status": "ready"}\n```',
    },
  },
  "unknown-suffix": {
    title: "Nearly a suffix of expected output",
    message: ({ suffix }) =>
      `${quoteCode(suffix)} says nothing of how this line is compared, so it is expected letter for letter.`,
    hint: ({ nearest }) =>
      `Did you mean \`(${nearest})\`? If the output ends so, write \` (eq)\` behind it.`,
    explanation:
      "A line of expected output can end with `(glob)`, `(re)`, `(esc)`, `(eq)` or `(no-eol)`. With a slip of the finger it is text, and the step fails when it is needed.",
    example: {
      language: "mdx",
      wrong: "```bash\n./health\n```\n\n```output\nup since * (golb)\n```",
      right: "```bash\n./health\n```\n\n```output\nup since * (glob)\n```",
    },
  },
  "transcript-without-prompt": {
    title: "A transcript without commands",
    message: ({ language, prompt }) =>
      `This ${quoteCode(language)} block has no line that begins with ${namePrompt(prompt)}, so nothing in it is run.`,
    hint: ({ prompt }) =>
      `Put ${namePrompt(prompt)} before each command, name the prompt that is there (\`prompt="# "\`), or call the block \`bash\` or \`text\`.`,
    explanation:
      "In a transcript the lines after `$ ` are commands and the others their output. Without a prompt all of it is output.",
    example: {
      language: "mdx",
      wrong: "```console\nuptime\n```",
      right: "```console\n$ uptime\n```",
    },
  },
};

function namePrompt(prompt: string | undefined): string {
  return prompt === undefined ? "`$ `" : `${quoteCode(prompt.trimEnd())} and a blank`;
}
