import { maskSecrets } from "../drift/mask-secrets.ts";
import type { DiagnosticArgs, DiagnosticCode } from "../model/diagnostic.ts";
import type { RuleFinding } from "../model/rule-finding.ts";
import { componentWords } from "./catalogue/component-words.ts";
import type { DiagnosticWords } from "./catalogue/diagnostic-words.ts";
import { documentWords } from "./catalogue/document-words.ts";
import { fenceWords } from "./catalogue/fence-words.ts";
import { frontMatterWords } from "./catalogue/front-matter-words.ts";
import { planningWords } from "./catalogue/planning-words.ts";
import { preflightWords } from "./catalogue/preflight-words.ts";
import { shellWords } from "./catalogue/shell-words.ts";
import { structureWords } from "./catalogue/structure-words.ts";

/**
 * The words of every diagnostic code, in the order of the flow.
 *
 * Severities and kinds stand in `model/diagnostic-rules.ts`, since stages need them without words.
 */
export const catalogue: { readonly [C in DiagnosticCode]: DiagnosticWords<C> } = {
  ...documentWords,
  ...frontMatterWords,
  ...componentWords,
  ...fenceWords,
  ...structureWords,
  ...shellWords,
  ...planningWords,
  ...preflightWords,
};

/** Every code of the catalogue, in its order. */
export const catalogueCodes = Object.keys(catalogue) as readonly DiagnosticCode[];

/** A code with its own arguments, as far as the words need it. */
type CodeWithArgs<C extends DiagnosticCode> = {
  [K in C]: { readonly code: K; readonly args: DiagnosticArgs[K] };
}[C];

/**
 * Says in words what a diagnostic means; what a rule found brings its own.
 *
 * The result may hold text of an untrusted document, of which secrets are masked: sanitise it before
 * it is printed. No I/O.
 *
 * @example describeDiagnostic({ code: "unknown-attribute", args: { name: "timeot", nearest: "timeout" } })
 *   → { title: "Unknown fence attribute", message: "`timeot` is not a fence attribute of Opswright.",
 *       hint: "Did you mean `timeout`?" }
 */
export function describeDiagnostic<C extends DiagnosticCode>(
  diagnostic: CodeWithArgs<C> | RuleFinding,
): { readonly title: string; readonly message: string; readonly hint: string } {
  if ("words" in diagnostic) return diagnostic.words;
  const words: DiagnosticWords<C> = catalogue[diagnostic.code];
  return {
    title: words.title,
    message: maskSecrets(words.message(diagnostic.args)),
    hint: maskSecrets(words.hint(diagnostic.args)),
  };
}
