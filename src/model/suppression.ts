import type { Span } from "./source.ts";

/**
 * A comment that keeps findings of some codes from being told, with its reason.
 *
 * `scope` is what it covers; absent means the whole document. `span` is that of the comment.
 *
 * @example for `opswright-ignore shell/bare-sleep: the API has no readiness check` above a fence:
 *   { codes: ["shell/bare-sleep"], reason: "the API has no readiness check", span, scope }
 */
export interface Suppression {
  readonly codes: readonly string[];
  readonly reason: string;
  readonly path: string;
  readonly span: Span;
  readonly scope?: Span | undefined;
}
