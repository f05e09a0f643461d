import type { ClaimOrigin } from "../model/drift.ts";
import type { Span } from "../model/source.ts";
import type { DriftDocument } from "./drift-document.ts";

/**
 * One kind of thing that documents say and that can be false, and how it is read from a document.
 *
 * `title` names it in the plural (`"container names"`); `description` says in whole sentences where
 * it is read from. `collect` gives claims in document order and never throws. No I/O.
 */
export interface ClaimKind<Value> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  collect(document: DriftDocument): readonly FoundClaim<Value>[];
}

/** A claim before it is known whose it is: see `Claim`. */
export interface FoundClaim<Value> {
  readonly value: Value;
  readonly span: Span;
  readonly text: string;
  readonly origin: ClaimOrigin;
}
