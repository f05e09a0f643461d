import type { CodeDescription } from "../code-descriptions.ts";
import { toMarkdownFence } from "../markdown-text.ts";

/** What each kind of problem means for the exit code, in words. */
export const kindSentences = {
  usage: "The command line is wrong; exit code 2.",
  invalid: "What Opswright read is not valid; exit code 3.",
  finding: "A finding of the check; exit code 5 where it is an error.",
  environment: "The environment lacks something; exit code 6.",
  answer: "A person's answer is needed; exit code 7.",
} as const;

/**
 * Writes the example of a code as Markdown: the wrong text, the right one, and the other file that
 * both are judged by. No I/O.
 */
export function renderExample({ example }: CodeDescription): string {
  const file = "file" in example ? example.file : undefined;
  return [
    ...(file === undefined
      ? []
      : [
          `With this \`${file.path}\`:`,
          toMarkdownFence(languageOf(file.path), file.text.trimEnd()),
        ]),
    "Wrong:",
    toMarkdownFence(example.language, example.wrong.trimEnd()),
    "Right:",
    toMarkdownFence(example.language, example.right.trimEnd()),
  ].join("\n\n");
}

/**
 * Says in Markdown how findings of a code are suppressed where they are, and how its severity is
 * changed everywhere. No I/O.
 */
export function renderSuppression({ code, severity }: CodeDescription): string {
  const comment = `opswright-ignore ${code}: REASON`;
  const other = severity === "warning" ? "error" : "warning";
  // What is wrong with a suppression cannot be suppressed by another one.
  const inPlace = code.startsWith("suppression/")
    ? []
    : [
        "Where it does not hold, say so right above the block, with the reason:",
        toMarkdownFence("mdx", `{/* ${comment} */}`),
        `In a \`.md\` document the comment is \`<!-- ${comment} -->\`; in a script or in front matter it is \`# ${comment}\`, in the line before. \`opswright-ignore-file\` instead of \`opswright-ignore\` covers the whole document.`,
      ];
  return [
    ...inPlace,
    "To change its severity everywhere (`off`, `info`, `warning` or `error`), name it in `opswright.config.json`:",
    toMarkdownFence("json", JSON.stringify({ rules: { [code]: other } }, undefined, 2)),
  ].join("\n\n");
}

function languageOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (/^(?:GNU)?makefile$/iu.test(name)) return "make";
  if (/^dockerfile/iu.test(name)) return "dockerfile";
  const ending = /\.([a-z0-9]+)$/iu.exec(name)?.[1] ?? "";
  return { yml: "yaml", sh: "bash", mjs: "js" }[ending] ?? ending;
}
