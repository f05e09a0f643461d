import type { ClaimKind } from "../claim-kind.ts";

/** The versions of a program that a runbook's front matter asks for. */
export interface ToolVersionClaim {
  readonly tool: string;
  /** As written: `>=3.12`. */
  readonly range: string;
}

/** Versions of tools in front matter. */
export const toolVersionClaims: ClaimKind<ToolVersionClaim> = {
  name: "tool-version",
  title: "versions of tools",
  description: "The range of versions that front matter gives a tool: `tools.python.version`.",
  collect({ runbook, parsed, lines }) {
    const places = parsed.frontMatter?.valueSpans;
    return Object.entries(runbook.frontMatter.tools ?? {}).flatMap(([tool, { version }]) => {
      const span = places?.get(`tools.${tool}.version`);
      if (version === undefined || span === undefined) return [];
      const { start, end } = span;
      // Without the quotes around it.
      const at = parsed.source.text.slice(start.offset, end.offset).indexOf(version);
      const from = start.offset + Math.max(0, at);
      return [
        {
          value: { tool, range: version },
          span: at === -1 ? span : lines.spanOf(from, from + version.length),
          text: version,
          origin: "front-matter" as const,
        },
      ];
    });
  },
};
