import type { ParsedHeading } from "../model/parsed-document.ts";
import type { StepCondition } from "../model/runbook.ts";
import type { StepIds } from "./step-ids.ts";

/** Where a step stands, as far as its id, title and conditions depend on it. */
export interface StepPlace {
  readonly heading: ParsedHeading | undefined;
  readonly sectionPath: readonly string[];
  readonly conditions: readonly StepCondition[];
  readonly ids: StepIds;
  /** The first words of the task list item that holds the block. */
  readonly taskTitle: string | undefined;
  /** True inside `<Manual>`: code is shown there and never run. */
  readonly isShownOnly: boolean;
}

/** What a step of this place is about where its author wrote no title: its task, else its section. No I/O. */
export function placeTitle({ taskTitle, heading }: StepPlace): string | undefined {
  return taskTitle || heading?.text || undefined;
}

/** The id that a step of this place gets where its author wrote none: its section's. No I/O. */
export function baseId(place: StepPlace): string {
  return place.heading?.slug.replace(/^-+|-+$/g, "") || "step";
}
