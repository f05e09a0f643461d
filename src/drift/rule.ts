import type { Severity } from "../model/diagnostic.ts";
import type { Claim } from "../model/drift.ts";
import type { ParsedComponent, ParsedFrontMatter } from "../model/parsed-document.ts";
import type { RelatedPlace, RuleCode, RuleFinding } from "../model/rule-finding.ts";
import type { Runbook } from "../model/runbook.ts";
import type { Span } from "../model/source.ts";
import type { Fix } from "../model/text-edit.ts";
import type { ClaimKind } from "./claim-kind.ts";
import type { DriftDocument } from "./drift-document.ts";
import type { FactSource } from "./fact-source.ts";
import { maskSecrets } from "./mask-secrets.ts";

/** What the words of a finding are made of. */
export type RuleArgs = Readonly<Record<string, unknown>>;

/**
 * What each rule of the check says of itself; its page in the documentation is made of it.
 *
 * `message` says in one sentence what is wrong here, `hint` the next thing to do; code and names in
 * them stand in back-ticks. `what`, `why` and `remedy` are whole sentences of Markdown.
 */
export interface RuleWords<Args extends RuleArgs> {
  readonly code: RuleCode;
  readonly severity: Severity;
  readonly title: string;
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
  readonly example: RuleExample;
  // Methods, so that rules of different arguments fit into one list.
  message(args: Args): string;
  hint(args: Args): string;
}

/** A text that the rule finds and how it should be; `file` is another file that it is judged by. */
export interface RuleExample {
  readonly language: "mdx" | "md" | "yaml" | "bash" | "json";
  readonly wrong: string;
  readonly right: string;
  readonly file?: { readonly path: string; readonly text: string };
}

/** Where a finding is, and what is told beside its words. */
export interface FindingDetails {
  readonly related?: readonly RelatedPlace[] | undefined;
  readonly fix?: Fix | undefined;
  /** Another severity than the rule's own. */
  readonly severity?: Severity | undefined;
  /** Preformatted lines that show what is wrong, such as a unified difference. */
  readonly detail?: string | undefined;
  /** The text at the place must be shown nowhere. */
  readonly isSecret?: true;
}

/** What became of a claim; `unjudged` is never agreement, and its reasons are counted and printed. */
export type Verdict<Args extends RuleArgs> =
  | { readonly kind: "agreed" }
  | ({ readonly kind: "differed"; readonly args: Args } & FindingDetails)
  | { readonly kind: "unjudged"; readonly reason: string };

/** What is known of a claim in the end: one rule that judged it is enough. */
export type ClaimState =
  | { readonly kind: "agreed" | "differed" }
  | { readonly kind: "unjudged"; readonly reason: string };

/** The facts that a rule asked for, by the names it gave them. */
type FactsOf<Sources extends Readonly<Record<string, FactSource<unknown>>>> = {
  readonly [Name in keyof Sources]: Sources[Name] extends FactSource<infer Facts> ? Facts : never;
};

/** A rule that judges each claim of one kind by facts. */
export interface ClaimRule<
  Value = unknown,
  Sources extends Readonly<Record<string, FactSource<unknown>>> = Readonly<
    Record<string, FactSource<unknown>>
  >,
  Args extends RuleArgs = RuleArgs,
> extends RuleWords<Args> {
  readonly kind: "claim";
  readonly claims: ClaimKind<Value>;
  readonly facts: Sources;
  judge(claim: Claim<Value>, facts: FactsOf<Sources>): Verdict<Args> | Promise<Verdict<Args>>;
}

/** Reports a finding of a rule that looks at one document. */
export type ReportInDocument<Args extends RuleArgs> = (
  args: Args,
  span: Span | undefined,
  details?: FindingDetails,
) => void;

/** A rule that looks at one document, without facts. */
export interface DocumentRule<Args extends RuleArgs = RuleArgs> extends RuleWords<Args> {
  readonly kind: "document";
  check(document: DriftDocument, report: ReportInDocument<Args>): void;
}

/** What is kept of a document that was asked for: enough for rules about people and time. */
export interface ProjectDocument {
  readonly path: string;
  readonly runbook: Runbook;
  /** The folder that it speaks of, relative to the root; empty for the root itself. */
  readonly subject: string;
  /** With the places of keys and values; absent where the document has none. */
  readonly frontMatter: ParsedFrontMatter | undefined;
  /** In document order. */
  readonly components: readonly ParsedComponent[];
}

/** All that a rule for the whole project sees. */
export interface DriftProject {
  /** Those that were asked for, in the order of paths; findings belong to these alone. */
  readonly documents: readonly ProjectDocument[];
  /** Every runbook that could be compiled, by id. */
  readonly runbooks: ReadonlyMap<string, Runbook>;
  /** Today as `2026-02-03`, in the time zone of who asks. */
  readonly today: string;
  readonly folders: ProjectFolders;
  claimsOf<Value>(kind: ClaimKind<Value>): readonly Claim<Value>[];
  factsOf<Facts>(source: FactSource<Facts>): Promise<Facts>;
  /** Counts a claim as judged, or says why it is not; for rules that judge many claims at once. */
  settle(claim: Claim, state: ClaimState): void;
}

/** Folders of the configuration, relative to the root, with forward slashes. */
export interface ProjectFolders {
  readonly runbooks: string;
  readonly scripts: string;
  readonly worlds: string;
}

/** Reports a finding of a rule that looks at the whole project. */
export type ReportInProject<Args extends RuleArgs> = (
  args: Args,
  place: { readonly path: string; readonly span?: Span | undefined },
  details?: FindingDetails,
) => void;

/** A rule that looks at all documents together. */
export interface ProjectRule<Args extends RuleArgs = RuleArgs> extends RuleWords<Args> {
  readonly kind: "project";
  check(project: DriftProject, report: ReportInProject<Args>): void | Promise<void>;
}

/** A rule that another part reports by `makeFinding`: a file of facts that cannot be read. */
export interface SourceRule<Args extends RuleArgs = RuleArgs> extends RuleWords<Args> {
  readonly kind: "source";
}

/** A rule of any kind, as the list of rules holds it. */
export type Rule = ClaimRule | DocumentRule | ProjectRule | SourceRule;

/** Declares a rule that judges claims by facts; see `ClaimRule`. No I/O. */
export function defineClaimRule<
  Value,
  Sources extends Readonly<Record<string, FactSource<unknown>>>,
  Args extends RuleArgs,
>(rule: Omit<ClaimRule<Value, Sources, Args>, "kind">): ClaimRule<Value, Sources, Args> {
  return { kind: "claim", ...rule };
}

/** Declares a rule for one document; see `DocumentRule`. No I/O. */
export function defineDocumentRule<Args extends RuleArgs>(
  rule: Omit<DocumentRule<Args>, "kind">,
): DocumentRule<Args> {
  return { kind: "document", ...rule };
}

/** Declares a rule for all documents together; see `ProjectRule`. No I/O. */
export function defineProjectRule<Args extends RuleArgs>(
  rule: Omit<ProjectRule<Args>, "kind">,
): ProjectRule<Args> {
  return { kind: "project", ...rule };
}

/** Declares a rule that is reported by another part; see `SourceRule`. No I/O. */
export function defineSourceRule<Args extends RuleArgs>(
  rule: Omit<SourceRule<Args>, "kind">,
): SourceRule<Args> {
  return { kind: "source", ...rule };
}

/** Makes the finding of a rule in one place, with its words, none of which holds a secret. No I/O. */
export function makeFinding<Args extends RuleArgs>(
  rule: RuleWords<Args>,
  args: Args,
  place: { readonly path: string; readonly span?: Span | undefined },
  details: FindingDetails = {},
): RuleFinding {
  const { code, title } = rule;
  return {
    code,
    words: {
      title,
      message: maskSecrets(rule.message(args)),
      hint: maskSecrets(rule.hint(args)),
    },
    severity: details.severity ?? rule.severity,
    path: place.path,
    span: place.span,
    ...(details.related === undefined
      ? {}
      : { related: details.related.map((one) => ({ ...one, text: maskSecrets(one.text) })) }),
    ...(details.fix === undefined
      ? {}
      : { fix: { ...details.fix, title: maskSecrets(details.fix.title) } }),
    ...(details.detail === undefined ? {} : { detail: details.detail }),
    ...(details.isSecret === true ? { isSecret: true } : {}),
  };
}

/** The verdict of a claim that a fact supports. No I/O. */
export const agreed: Verdict<never> = { kind: "agreed" };

/** The verdict of a claim that no fact supports. No I/O. */
export function differed<Args extends RuleArgs>(
  args: Args,
  details: FindingDetails = {},
): Verdict<Args> {
  return { kind: "differed", args, ...details };
}

/**
 * The verdict of a claim that cannot be judged here, and why, as the end of a sentence. No I/O.
 *
 * @example unjudged("there is no Compose file")
 */
export function unjudged(reason: string): Verdict<never> {
  return { kind: "unjudged", reason };
}
