import type { FactSource } from "../fact-source.ts";
import { composeFacts } from "./compose-facts.ts";
import { dockerfileFacts } from "./dockerfile-facts.ts";
import { envFacts } from "./env-facts.ts";
import { factValueFacts } from "./fact-value-facts.ts";
import { fileTreeFacts } from "./file-tree-facts.ts";
import { gitFacts } from "./git-facts.ts";
import { helpFacts } from "./help-facts.ts";
import { justfileFacts } from "./justfile-facts.ts";
import { kubernetesFacts } from "./kubernetes-facts.ts";
import { ledgerFacts } from "./ledger-facts.ts";
import { makefileFacts } from "./makefile-facts.ts";
import { packageFacts } from "./package-facts.ts";
import { pageFacts } from "./page-facts.ts";
import { pyprojectFacts } from "./pyproject-facts.ts";
import { routeFacts } from "./route-facts.ts";
import { scriptOptionsFacts } from "./script-options-facts.ts";
import { shellcheckFacts } from "./shellcheck-facts.ts";
import { tiedScriptFacts } from "./tied-script-facts.ts";
import { versionFileFacts } from "./version-file-facts.ts";
import { procfileFacts } from "./procfile-facts.ts";
import { workflowFacts } from "./workflow-facts.ts";

/** Every source of facts, in the order of the documentation. A new source is one file and one line here. */
export const factSources: readonly FactSource<unknown>[] = [
  composeFacts,
  dockerfileFacts,
  routeFacts,
  kubernetesFacts,
  envFacts,
  fileTreeFacts,
  factValueFacts,
  makefileFacts,
  justfileFacts,
  packageFacts,
  pyprojectFacts,
  versionFileFacts,
  procfileFacts,
  workflowFacts,
  scriptOptionsFacts,
  pageFacts,
  ledgerFacts,
  tiedScriptFacts,
  gitFacts,
  helpFacts,
  shellcheckFacts,
];
