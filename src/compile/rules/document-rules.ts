import { checkComponents } from "./components.ts";
import { checkDestructiveSteps } from "./destructive-steps.ts";
import { checkPlaceholders } from "./placeholders.ts";
import { checkReferences } from "./references.ts";
import type { DocumentRule } from "./rule.ts";
import { checkSecretSources } from "./secret-sources.ts";
import { checkShellSyntax } from "./shell-syntax.ts";
import { checkUndeclaredVariables } from "./undeclared-variables.ts";

/** Every rule for a single document, in the order in which they are asked. */
export const documentRules: readonly DocumentRule[] = [
  checkComponents,
  checkReferences,
  checkSecretSources,
  checkPlaceholders,
  checkShellSyntax,
  checkUndeclaredVariables,
  checkDestructiveSteps,
];
