import type { RuleFinding } from "./rule-finding.ts";
import type { Span } from "./source.ts";

/**
 * Something that a document says and that can be false, with its place.
 *
 * @example { kind: "container", value: { name: "ip2a-db" }, path: "runbooks/deployment.mdx", span,
 *            text: "ip2a-db", subject: "", origin: "step" }
 */
export interface Claim<Value = unknown> {
  readonly kind: string;
  readonly value: Value;
  /** The document, relative to the root. */
  readonly path: string;
  readonly span: Span;
  /** As it is written there. */
  readonly text: string;
  /** The folder that the document speaks of, relative to the root; empty for the root itself. */
  readonly subject: string;
  readonly origin: ClaimOrigin;
}

/**
 * Where a claim is made: in a block that runs, in one that is only shown, in inline code, in front
 * matter, or in prose (a link, a component).
 */
export type ClaimOrigin = "step" | "shown" | "inline" | "front-matter" | "prose";

/** Why a claim got no verdict, with how many there are of it. */
export interface UnjudgedClaims {
  readonly kind: string;
  readonly reason: string;
  readonly count: number;
}

/** How many claims there are and what became of them: `judged` is `agreed` and `differed` together. */
export interface ClaimCounts {
  readonly total: number;
  readonly agreed: number;
  readonly differed: number;
  /** By kind, then reason; silence is never agreement. */
  readonly unjudged: readonly UnjudgedClaims[];
}

/** What a check of documents against the repository gives. */
export interface DriftReport {
  readonly findings: readonly RuleFinding[];
  readonly claims: ClaimCounts;
}
