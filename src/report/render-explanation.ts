import type { CodeDescription } from "./code-descriptions.ts";
import { kindSentences } from "./documentation/code-words.ts";
import { wrapText } from "./text-layout.ts";
import { renderTable } from "./text-table.ts";
import type { TextStyle } from "./text-style.ts";

/** Writes what a code means, for a person at a terminal. Every line ends with a line feed. No I/O. */
export function renderExplanation(description: CodeDescription, style: TextStyle): string {
  const { colors, columns } = style;
  const { code, title, severity, kind, explanation, remedy, example } = description;
  const indent = (text: string): string[] =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => `  ${line}`.trimEnd());
  const paragraph = (text: string): string[] => [...wrapText(text, columns), ""];
  const file = "file" in example ? example.file : undefined;
  return [
    `${colors.bold(title)} ${colors.dim(`(${code}, ${severity})`)}`,
    "",
    ...explanation.flatMap(paragraph),
    ...(remedy === undefined ? [] : paragraph(remedy)),
    ...paragraph(kindSentences[kind]),
    ...(file === undefined
      ? []
      : [colors.dim(`With this ${file.path}:`), ...indent(file.text), ""]),
    colors.red("Wrong:"),
    ...indent(example.wrong),
    "",
    colors.green("Right:"),
    ...indent(example.right),
    ...describeSuppression(description, style),
    "",
  ].join("\n");
}

function describeSuppression({ code, kind }: CodeDescription, { columns }: TextStyle): string[] {
  // What is wrong with a suppression cannot be suppressed by another one.
  if (kind !== "finding" || code.startsWith("suppression/")) return [];
  return [
    "",
    ...wrapText(
      "To suppress it in place, write this right above the block (in `.md` as an HTML comment, in a script behind `#`); to change it everywhere, name it under `rules` in the configuration:",
      columns,
    ),
    `  {/* opswright-ignore ${code}: REASON */}`,
  ];
}

/**
 * Lists codes with their titles, by group: those of the stages first, then those of rules.
 *
 * Every line ends with a line feed. No I/O.
 */
export function renderCodeList(descriptions: Iterable<CodeDescription>, style: TextStyle): string {
  const groups = new Map<string, CodeDescription[]>();
  for (const description of descriptions) {
    const slash = description.code.indexOf("/");
    const group = slash === -1 ? "Runbooks, plans and runs" : description.code.slice(0, slash);
    groups.set(group, [...(groups.get(group) ?? []), description]);
  }
  const columns = [{ title: "" }, { title: "", isElastic: true }];
  return [...groups]
    .map(([group, own]) => {
      const rows = own.map(({ code, title }) => [{ text: code }, { text: title }]);
      const lines = renderTable(columns, rows, style, { hasTitles: false, indent: "  " });
      return `${[style.colors.bold(group), ...lines].join("\n")}\n`;
    })
    .join("\n");
}
