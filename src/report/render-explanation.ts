import type { DiagnosticCode } from "../model/diagnostic.ts";
import { diagnosticRules } from "../model/diagnostic-rules.ts";
import { catalogue, catalogueCodes } from "./catalogue.ts";
import { wrapText } from "./text-layout.ts";
import type { TextStyle } from "./text-style.ts";

/** What each kind of diagnostic means for the exit code, in words. */
const kindSentences = {
  usage: "The command line is wrong; exit code 2.",
  invalid: "What Opswright read is not valid; exit code 3.",
  finding: "A finding of the check; exit code 5 where it is an error.",
  environment: "The environment lacks something; exit code 6.",
  answer: "A person's answer is needed; exit code 7.",
} as const;

/** Writes what a code means, for a person at a terminal. Every line ends with a line feed. No I/O. */
export function renderExplanation(code: DiagnosticCode, style: TextStyle): string {
  const { colors, columns } = style;
  const { title, explanation, example } = catalogue[code];
  const { severity, kind } = diagnosticRules[code];
  const indent = (text: string) => text.split("\n").map((line) => `  ${line}`.trimEnd());
  return [
    `${colors.bold(title)} ${colors.dim(`(${code}, ${severity})`)}`,
    "",
    ...wrapText(explanation, columns),
    "",
    ...wrapText(kindSentences[kind], columns),
    "",
    colors.red("Wrong:"),
    ...indent(example.wrong),
    "",
    colors.green("Right:"),
    ...indent(example.right),
    "",
  ].join("\n");
}

/** Writes the documentation page of all codes, one heading a code, as Markdown. No I/O. */
export function renderDiagnosticsPage(): string {
  const sections = catalogueCodes.map((code) => {
    const { title, explanation, example } = catalogue[code];
    const { severity, kind } = diagnosticRules[code];
    return [
      `## ${code}`,
      `**${title}.** Severity: ${severity}. ${kindSentences[kind]}`,
      explanation,
      "Wrong:",
      fence(example.language, example.wrong),
      "Right:",
      fence(example.language, example.right),
    ].join("\n\n");
  });
  return `${[
    "# Diagnostics",
    "Every problem that Opswright reports has a stable code. `opswright explain CODE` prints these words in the terminal.\n\nThis page is generated from `src/report/catalogue.ts` by `scripts/write-diagnostics-page.ts`.",
    ...sections,
  ].join("\n\n")}\n`;
}

/** Puts a text into a fence that is longer than any fence in it. */
function fence(language: string, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/gu), ([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${text}\n${ticks}`;
}
