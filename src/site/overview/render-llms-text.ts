import { toMarkdownLine } from "../../report/markdown-text.ts";
import { rawHref } from "./page-addresses.ts";
import type { ProjectOverview } from "./project-overview.ts";

/**
 * Writes `llms.txt`: what this site holds and where its plain texts are, as Markdown for programs that
 * read. `base` ends with a slash; `url` makes the links absolute. No I/O.
 */
export function renderLlmsText(
  { site, cards }: ProjectOverview,
  base: string,
  url: string | undefined,
): string {
  const address = (path: string): string => (url === undefined ? path : new URL(path, url).href);
  const lines = cards.map(
    ({ id, title, frontMatter: { summary, severity, services = [], alerts = [] } }) => {
      const facts = [
        summary,
        severity,
        services.length > 0 ? `services: ${services.join(", ")}` : undefined,
        alerts.length > 0 ? `alerts: ${alerts.join(", ")}` : undefined,
      ].filter((fact) => fact !== undefined);
      const told = facts.length === 0 ? "" : `: ${toMarkdownLine(facts.join("; "))}`;
      return `- [${toMarkdownLine(title)}](${address(rawHref(base, id))})${told}`;
    },
  );
  return `${[
    `# ${toMarkdownLine(site.title)}`,
    "> Runbooks: one Markdown source each, which people read and Opswright runs, checks and rehearses.",
    "Each fenced block in a shell language is a step. Front matter names inputs, which are environment variables of the commands. `opswright plan ID` says what a run would do; nothing here is run by reading it.",
    "## Runbooks",
    lines.length === 0 ? "There is none yet." : lines.join("\n"),
    "## Optional",
    `- [The format](${address(`${base}docs/format/`)}): how a runbook is written\n- [Rules](${address(`${base}rules/`)}): what the check finds`,
  ].join("\n\n")}\n`;
}
