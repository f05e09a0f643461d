import type { FrontMatter } from "../../model/front-matter.ts";
import type { RunSummary } from "../../model/run-event.ts";
import type { SiteConfiguration } from "../../model/site-configuration.ts";

/** What every page but a runbook's own is made from: the project as a whole, in the content store. */
export interface ProjectOverview {
  readonly site: SiteConfiguration;
  /** The day of the build: `2026-02-03`. */
  readonly today: string;
  /** In order of title. */
  readonly cards: readonly RunbookCard[];
  readonly services: readonly NamedGroup[];
  readonly tags: readonly NamedGroup[];
  readonly alerts: readonly NamedGroup[];
  /** The latest runs that have pages, the latest first; none where the configuration leaves them out. */
  readonly runs: readonly RunSummary[];
}

/** One runbook in a list. */
export interface RunbookCard {
  readonly id: string;
  readonly path: string;
  readonly title: string;
  /** Of the document's text, in hexadecimal digits; empty where it could not be read. */
  readonly digest: string;
  /** False where the document could not be read. */
  readonly isReadable: boolean;
  readonly frontMatter: Pick<
    FrontMatter,
    | "summary"
    | "owner"
    | "status"
    | "severity"
    | "services"
    | "tags"
    | "alerts"
    | "estimate"
    | "reviewed"
  >;
  readonly procedures: readonly { readonly name: string; readonly title: string }[];
  readonly stepCount: number;
  readonly freshness: Freshness;
  readonly verification: RunbookVerification;
  readonly errorCount: number;
  readonly warningCount: number;
}

/** Runbooks that share a service, a tag or an alert; `slug` is unique and fit for an address. */
export interface NamedGroup {
  readonly name: string;
  readonly slug: string;
  /** Ids in order of title. */
  readonly runbooks: readonly string[];
}

/** Whether a runbook's review is due. */
export interface Freshness {
  readonly reviewed?: string | undefined;
  /** The day by which the next review is due: `2026-05-04`. */
  readonly due?: string | undefined;
  readonly isOverdue: boolean;
}

/** How much of a runbook was run and passed as it stands. */
export interface RunbookVerification {
  /** `stale` where steps passed that have changed since, and none as they stand. */
  readonly state: "none" | "stale" | "partial" | "whole";
  /** Steps that passed with the text that they have now. */
  readonly verifiedCount: number;
  /** Steps that passed once and have changed since. */
  readonly changedCount: number;
  /** Steps that can be verified: commands that run. */
  readonly stepCount: number;
  /** The latest of all: `2026-11-26T14:28:47Z`. */
  readonly verifiedAt?: string | undefined;
  /** How, once each: `world:unioncore`, `live`. */
  readonly ways: readonly string[];
}

/** What is known of one step; absent where it was never verified. */
export interface StepVerification {
  readonly verifiedAt: string;
  readonly how: string;
  /** False where the step has changed since. */
  readonly isCurrent: boolean;
}
