import { defineDocumentRule } from "../rule.ts";

/** A program that front matter names and nothing in the document does. */
export const unusedTool = defineDocumentRule<{ tool: string }>({
  code: "tools/unused",
  severity: "info",
  title: "A declared program that nothing uses",
  what: "The front matter of an `.mdx` runbook declares a program below `tools`, and neither a command nor the text names it.",
  why: "Somebody installs it for nothing, or looks for a step that has gone.",
  remedy: "Remove it from `tools`, or correct its name.",
  example: {
    language: "mdx",
    wrong: "---\ntitle: Check\ntools:\n  jq: {}\n---\n\n```bash\ncurl localhost:5000/health\n```",
    right: "---\ntitle: Check\ntools:\n  curl: {}\n---\n\n```bash\ncurl localhost:5000/health\n```",
  },
  check({ runbook, parsed, isStrict }, report) {
    const { frontMatter, source } = parsed;
    const tools = Object.keys(runbook.frontMatter.tools ?? {});
    if (!isStrict || frontMatter === undefined || tools.length === 0) return;
    const own = frontMatter.valueSpans.get("tools");
    const text =
      own === undefined
        ? source.text.slice(frontMatter.span.end.offset)
        : `${source.text.slice(0, own.start.offset)}\n${source.text.slice(own.end.offset)}`;
    for (const tool of tools.slice(0, mostTools)) {
      if (namesWord(text, tool)) continue;
      report({ tool }, frontMatter.spans.get(`tools.${tool}`));
    }
  },
  message: ({ tool }) => `Nothing in the runbook uses \`${tool}\`.`,
  hint: ({ tool }) => `Remove \`${tool}\` from \`tools\`, or correct its name.`,
});

/** No runbook that people read needs more. */
const mostTools = 100;

/** True where the text holds the name with no letter, digit, hyphen or underscore around it. */
function namesWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const around = `${text[at - 1] ?? " "}${text[at + name.length] ?? " "}`;
    if (!/[\w-]/u.test(around)) return true;
  }
  return false;
}
