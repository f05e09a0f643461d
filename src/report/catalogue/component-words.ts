import type { WordsOf } from "./diagnostic-words.ts";
import { askNearest, endSentence, quoteCode } from "./quote-code.ts";

/** The words of problems with MDX components. */
export const componentWords: WordsOf<
  | "unknown-component"
  | "unknown-component-attribute"
  | "missing-component-attribute"
  | "component-without-content"
> = {
  "unknown-component": {
    title: "Unknown component",
    message: ({ name }) => `${quoteCode(`<${name}>`)} is not a component of Opswright.`,
    hint: ({ nearest }) =>
      askNearest(
        nearest === undefined ? undefined : `<${nearest}>`,
        "Use one of the documented components, or plain Markdown.",
      ),
    explanation:
      "Site and runner decide by the component what a step is. One that neither knows would be shown by nobody and run by nobody.",
    example: {
      language: "mdx",
      wrong: "<Manaul>Call the owner.</Manaul>",
      right: "<Manual>Call the owner.</Manual>",
    },
  },
  "unknown-component-attribute": {
    title: "Unknown attribute of a component",
    message: ({ name, component }) =>
      `${quoteCode(`<${component}>`)} has no attribute ${quoteCode(name)}.`,
    hint: ({ nearest }) => askNearest(nearest, "Remove the attribute."),
    explanation:
      "A mistyped attribute would silently do nothing, and the component would act as if it had not been given.",
    example: {
      language: "mdx",
      wrong: '<Include runbok="backup-restore" />',
      right: '<Include runbook="backup-restore" />',
    },
  },
  "missing-component-attribute": {
    title: "A component lacks an attribute",
    message: ({ name, component }) =>
      `${quoteCode(`<${component}>`)} needs the attribute ${quoteCode(name)}.`,
    hint: ({ name, component }) => `Add the attribute: ${quoteCode(`<${component} ${name}="…">`)}.`,
    explanation: "Without this attribute the component does not say what it is about.",
    example: {
      language: "mdx",
      wrong: '<Include procedure="backup" />',
      right: '<Include runbook="backup-restore" procedure="backup" />',
    },
  },
  "component-without-content": {
    title: "A component's content does not fit",
    message: ({ component, reason }) =>
      `${quoteCode(`<${component}>`)} cannot be used like this: ${endSentence(reason)}`,
    hint: ({ component }) =>
      component === "Option"
        ? "Put it right inside a `<Choice>`."
        : `Write what it is about between ${quoteCode(`<${component}>`)} and ${quoteCode(`</${component}>`)}.`,
    explanation:
      "A manual step without an instruction, or a choice without options, leaves the reader with nothing to do and the runner with nothing to ask.",
    example: {
      language: "mdx",
      wrong: '<Manual title="Tell support" />',
      right: '<Manual title="Tell support">Post in #support that the site is back.</Manual>',
    },
  },
};
