import type { Claim, ClaimCounts, DriftReport, UnjudgedClaims } from "../model/drift.ts";
import type { RuleFinding } from "../model/rule-finding.ts";
import type { Runbook } from "../model/runbook.ts";
import { claimKinds } from "./claims/claim-kinds.ts";
import type { CollectedDocument } from "./collect-document.ts";
import { createFactBase, type FactBase } from "./fact-base.ts";
import type { DeclaredNames } from "./fact-source.ts";
import { hideSecretDetails } from "./hide-secret-details.ts";
import type { Repository } from "./ports.ts";
import {
  makeFinding,
  type ClaimRule,
  type ClaimState,
  type DriftProject,
  type ProjectFolders,
  type ProjectRule,
} from "./rule.ts";
import { rules } from "./rules/rules.ts";

/** What is checked, and against what. */
export interface DriftInput {
  readonly documents: readonly CollectedDocument[];
  /** Every runbook that could be compiled, by id. */
  readonly runbooks: ReadonlyMap<string, Runbook>;
  readonly repository: Repository;
  readonly folders: ProjectFolders;
  /** What the configuration says of subjects, by their folders. */
  readonly declared: ReadonlyMap<string, DeclaredNames>;
  /** Today as `2026-02-03`. */
  readonly today: string;
}

/**
 * Judges the claims of documents by the facts of a repository, and asks every rule.
 *
 * Facts are observed once each, all that are needed at the same time. Findings come in the order of
 * the rules, then of the documents; what could not be read comes last. Reads through the port alone.
 */
export async function checkDrift(input: DriftInput): Promise<DriftReport> {
  const claims = groupByKind(input.documents);
  const base = createFactBase(input.repository, input.declared);
  const tally = new Map<Claim, ClaimState>();
  const project: DriftProject = {
    documents: input.documents,
    runbooks: input.runbooks,
    today: input.today,
    folders: input.folders,
    claimsOf: (kind) => (claims.get(kind.name) ?? []) as never,
    factsOf: (source) => base.factsOf(source, ""),
    settle: (claim, state) => tally.set(claim, mergeStates(tally.get(claim), state)),
  };
  const found = await Promise.all(
    rules.map(async (rule): Promise<readonly RuleFinding[]> => {
      if (rule.kind === "claim") {
        return judgeClaims(rule, claims.get(rule.claims.name) ?? [], base, tally);
      }
      return rule.kind === "project" ? askProject(rule, project) : [];
    }),
  );
  const ofDocuments = input.documents.flatMap(({ findings }) => findings);
  return {
    findings: hideSecretDetails([
      ...ofDocuments,
      ...found.flat(),
      ...base.listProblems().toSorted(byPlace),
    ]),
    claims: countClaims(claims, tally),
  };
}

function groupByKind(documents: readonly CollectedDocument[]): ReadonlyMap<string, Claim[]> {
  const groups = new Map<string, Claim[]>();
  for (const document of documents) {
    for (const claim of document.claims) {
      const group = groups.get(claim.kind) ?? [];
      group.push(claim);
      groups.set(claim.kind, group);
    }
  }
  return groups;
}

async function judgeClaims(
  rule: ClaimRule,
  claims: readonly Claim[],
  base: FactBase,
  tally: Map<Claim, ClaimState>,
): Promise<readonly RuleFinding[]> {
  const findings: RuleFinding[] = [];
  const factsBySubject = new Map<string, Promise<Record<string, unknown>>>();
  const factsFor = (subject: string): Promise<Record<string, unknown>> => {
    const known = factsBySubject.get(subject) ?? observeAll(rule, subject, base);
    factsBySubject.set(subject, known);
    return known;
  };
  for (const claim of claims) {
    const verdict = await rule.judge(claim, await factsFor(claim.subject));
    if (verdict.kind === "differed") {
      const { args, related, fix, severity } = verdict;
      findings.push(makeFinding(rule, args, claim, { related, fix, severity }));
    }
    tally.set(claim, mergeStates(tally.get(claim), verdict));
  }
  return findings;
}

async function observeAll(
  rule: ClaimRule,
  subject: string,
  base: FactBase,
): Promise<Record<string, unknown>> {
  const entries = Object.entries(rule.facts).map(
    async ([name, source]) => [name, await base.factsOf(source, subject)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

function mergeStates(known: ClaimState | undefined, next: ClaimState): ClaimState {
  if (known?.kind === "differed" || next.kind === "differed") return { kind: "differed" };
  if (known?.kind === "agreed" || next.kind === "agreed") return { kind: "agreed" };
  return known ?? next;
}

async function askProject(
  rule: ProjectRule,
  project: DriftProject,
): Promise<readonly RuleFinding[]> {
  const findings: RuleFinding[] = [];
  await rule.check(project, (args, place, details) => {
    findings.push(makeFinding(rule, args, place, details));
  });
  return findings;
}

function countClaims(
  claims: ReadonlyMap<string, readonly Claim[]>,
  tally: ReadonlyMap<Claim, ClaimState>,
): ClaimCounts {
  const counts = { total: 0, agreed: 0, differed: 0 };
  const unjudged: UnjudgedClaims[] = [];
  for (const { name } of claimKinds) {
    const reasons = new Map<string, number>();
    for (const claim of claims.get(name) ?? []) {
      counts.total += 1;
      const state = tally.get(claim) ?? { kind: "unjudged", reason: "no rule looks at it" };
      if (state.kind !== "unjudged") counts[state.kind] += 1;
      else reasons.set(state.reason, (reasons.get(state.reason) ?? 0) + 1);
    }
    for (const [reason, count] of [...reasons].toSorted(byReason)) {
      unjudged.push({ kind: name, reason, count });
    }
  }
  return { ...counts, unjudged };
}

function byReason([one]: readonly [string, number], [other]: readonly [string, number]): number {
  return one < other ? -1 : 1;
}

function byPlace(one: RuleFinding, other: RuleFinding): number {
  if (one.path !== other.path) return one.path < other.path ? -1 : 1;
  return (one.span?.start.offset ?? 0) - (other.span?.start.offset ?? 0);
}
