import type { Severity } from "./diagnostic.ts";
import type { Span } from "./source.ts";
import type { Fix } from "./text-edit.ts";

/**
 * The stable name of a rule of the check: its group and its name, as shown in brackets and used in
 * suppressions and in the configuration.
 *
 * @example "compose/unknown-container"
 */
export type RuleCode = `${string}/${string}`;

/**
 * A second place that a finding rests on: the line of the Compose file, the other document.
 *
 * Without a span the whole file is meant. `text` is a clause of a sentence.
 *
 * @example { path: "docker-compose.yml", span, text: "the service `db` is named `ip2a-db` here" }
 */
export interface RelatedPlace {
  readonly path: string;
  readonly span?: Span | undefined;
  readonly text: string;
}

/**
 * What a rule of the check found, with its words.
 *
 * The words are the rule's own, so that a rule is one file; see `drift/rule.ts`. `title` names the
 * kind of problem, `message` says what is wrong here, `hint` what to do next.
 */
export interface RuleFinding {
  readonly code: RuleCode;
  readonly words: { readonly title: string; readonly message: string; readonly hint: string };
  readonly severity: Severity;
  readonly path: string;
  readonly span?: Span | undefined;
  readonly related?: readonly RelatedPlace[] | undefined;
  readonly fix?: Fix | undefined;
  /** Preformatted lines that show what is wrong, such as a unified difference. */
  readonly detail?: string | undefined;
  /** True where the text in `span` must be shown nowhere: no excerpt, no snippet. */
  readonly isSecret?: true;
}
