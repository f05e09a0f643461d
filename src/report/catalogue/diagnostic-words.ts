import type { DiagnosticArgs, DiagnosticCode } from "../../model/diagnostic.ts";

/**
 * The words of one diagnostic code.
 *
 * `title` names the kind of problem without its particulars; `message` says in one sentence what is
 * wrong here; `hint` is the next thing to do; `explanation` says in a few sentences why it matters.
 * Code, names and values stand in back-ticks. None of them ever holds the value of a secret.
 */
export interface DiagnosticWords<C extends DiagnosticCode> {
  readonly title: string;
  readonly message: (args: DiagnosticArgs[C]) => string;
  readonly hint: (args: DiagnosticArgs[C]) => string;
  readonly explanation: string;
  readonly example: DiagnosticExample;
}

/** A short wrong text and what it should have been; `language` is the one of the page's fence. */
export interface DiagnosticExample {
  readonly language: "mdx" | "yaml" | "console" | "json";
  readonly wrong: string;
  readonly right: string;
}

/** The words of some codes, as each file of the catalogue holds them. */
export type WordsOf<Codes extends DiagnosticCode> = {
  readonly [C in Codes]: DiagnosticWords<C>;
};
