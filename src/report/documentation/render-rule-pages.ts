import type { Rule } from "../../drift/rule.ts";
import type { CodeDescription } from "../code-descriptions.ts";
import { toMarkdownCell } from "../markdown-text.ts";
import { renderExample, renderSuppression } from "./code-words.ts";

/** Writes the page of one rule, `docs/rules/GROUP/NAME.md`, as Markdown. No I/O. */
export function renderRulePage(rule: Rule, description: CodeDescription): string {
  return `${[
    `# ${rule.code}`,
    `**${rule.title}.** Severity: ${rule.severity}.`,
    rule.what,
    ...describeInputs(rule),
    "## Why",
    rule.why,
    "## Example",
    renderExample(description),
    "## How to put it right",
    rule.remedy,
    "## How to suppress it",
    renderSuppression(description),
    "[All rules](../README.md). This page is generated from `src/drift/rules` by `npm run docs`.",
  ].join("\n\n")}\n`;
}

function describeInputs(rule: Rule): readonly string[] {
  if (rule.kind !== "claim") return [];
  const { name, title } = rule.claims;
  const facts = Object.values(rule.facts).map(
    (source) => `[${source.title}](../../facts/${source.name}.md)`,
  );
  const by = facts.length === 0 ? "" : ` by ${joinList(facts)}`;
  return [
    `It judges [${title}](../../claims/${name}.md)${by}. What they cannot tell is counted as not judged.`,
  ];
}

function joinList(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** Writes `docs/rules/README.md`: every rule with its severity, by group, as Markdown. No I/O. */
export function renderRuleIndex(rules: readonly Rule[]): string {
  const groups = new Map<string, Rule[]>();
  for (const rule of rules) {
    const group = rule.code.slice(0, rule.code.indexOf("/"));
    groups.set(group, [...(groups.get(group) ?? []), rule]);
  }
  const sections = [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([group, own]) => [
      `## ${group}`,
      [
        "| Rule | Finds | Severity |",
        "| --- | --- | --- |",
        ...own
          .toSorted((one, other) => (one.code < other.code ? -1 : 1))
          .map(
            ({ code, title, severity }) =>
              `| [\`${code}\`](${code}.md) | ${toMarkdownCell(title)} | ${severity} |`,
          ),
      ].join("\n"),
    ]);
  return `${[
    "# Rules of the check",
    "What `opswright check` finds by comparing what runbooks say with what the repository is, and by reading runbooks as whoever has to follow them would. [How the check works](../check.md); [what is wrong with a document by itself](../diagnostics.md).",
    ...sections,
    "This page is generated from `src/drift/rules` by `npm run docs`.",
  ].join("\n\n")}\n`;
}
