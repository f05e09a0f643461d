import type { Claim } from "../model/drift.ts";
import type { RuleFinding } from "../model/rule-finding.ts";
import { claimKinds } from "./claims/claim-kinds.ts";
import type { DriftDocument } from "./drift-document.ts";
import { makeFinding, type ProjectDocument } from "./rule.ts";
import { rules } from "./rules/rules.ts";

/** What one document claims, and what its own rules found. */
export interface CollectedDocument extends ProjectDocument {
  readonly claims: readonly Claim[];
  readonly findings: readonly RuleFinding[];
}

/**
 * Reads every claim of a document and asks the rules that look at one document alone.
 *
 * The document itself need not be kept afterwards. No I/O.
 */
export function collectDocument(document: DriftDocument): CollectedDocument {
  const { path, subject } = document;
  const claims = claimKinds.flatMap((kind) =>
    kind.collect(document).map((found) => ({ kind: kind.name, path, subject, ...found })),
  );
  const findings: RuleFinding[] = [];
  for (const rule of rules) {
    if (rule.kind !== "document") continue;
    rule.check(document, (args, span, details) => {
      findings.push(makeFinding(rule, args, { path, span }, details));
    });
  }
  const { runbook, parsed } = document;
  const { frontMatter, blocks } = parsed;
  const components = blocks.filter((block) => block.kind === "component");
  return { path, runbook, subject, frontMatter, components, claims, findings };
}
