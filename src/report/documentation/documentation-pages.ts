import { claimKinds } from "../../drift/claims/claim-kinds.ts";
import { factSources } from "../../drift/facts/fact-sources.ts";
import { rules } from "../../drift/rules/rules.ts";
import { codeDescriptions } from "../code-descriptions.ts";
import { renderDiagnosticsPage } from "./render-diagnostics-page.ts";
import { renderRuleIndex, renderRulePage } from "./render-rule-pages.ts";
import {
  renderClaimIndex,
  renderClaimPage,
  renderFactIndex,
  renderFactPage,
} from "./render-subject-pages.ts";

/** Folders that hold generated pages and nothing else, relative to the repository's root. */
export const generatedFolders = ["docs/rules", "docs/claims", "docs/facts"] as const;

/**
 * Writes every generated page of the documentation, as Markdown by its path relative to the
 * repository's root: one for each rule, kind of claim and source of facts, their lists, and the one
 * of the stages' codes. No I/O.
 */
export function renderDocumentationPages(): ReadonlyMap<string, string> {
  const ofStages = [...codeDescriptions.values()].filter(({ code }) => !code.includes("/"));
  return new Map([
    ["docs/diagnostics.md", renderDiagnosticsPage(ofStages)],
    ["docs/rules/README.md", renderRuleIndex(rules)],
    ...rules.flatMap((rule) => {
      const description = codeDescriptions.get(rule.code);
      return description === undefined
        ? []
        : [[`docs/rules/${rule.code}.md`, renderRulePage(rule, description)] as const];
    }),
    ["docs/claims/README.md", renderClaimIndex(claimKinds)],
    ...claimKinds.map(
      (kind) => [`docs/claims/${kind.name}.md`, renderClaimPage(kind, rules)] as const,
    ),
    ["docs/facts/README.md", renderFactIndex(factSources)],
    ...factSources.map(
      (source) => [`docs/facts/${source.name}.md`, renderFactPage(source, rules)] as const,
    ),
  ]);
}
