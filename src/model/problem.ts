import type { Diagnostic } from "./diagnostic.ts";
import type { RuleFinding } from "./rule-finding.ts";

/** What a report tells: a stage's diagnostic, or what a rule of the check found. */
export type Problem = Diagnostic | RuleFinding;
