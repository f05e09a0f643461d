import type { ClaimKind } from "../claim-kind.ts";
import { anchorClaims } from "./anchor-claims.ts";
import { composeServiceClaims } from "./compose-service-claims.ts";
import { containerClaims } from "./container-claims.ts";
import { containerDatabaseClaims } from "./container-database-claims.ts";
import { containerUserClaims } from "./container-user-claims.ts";
import { factClaims, factSourceClaims } from "./fact-claims.ts";
import { branchClaims, remoteClaims, tagClaims } from "./git-claims.ts";
import { contractClaims, contractVariableClaims } from "./contract-claims.ts";
import { imageClaims } from "./image-claims.ts";
import { kubernetesNamespaceClaims } from "./kubernetes-namespace-claims.ts";
import { kubernetesResourceClaims } from "./kubernetes-resource-claims.ts";
import { linkClaims } from "./link-claims.ts";
import { pathClaims } from "./path-claims.ts";
import { justRecipeClaims } from "./just-recipe-claims.ts";
import { makeTargetClaims } from "./make-target-claims.ts";
import { packageScriptClaims } from "./package-script-claims.ts";
import { poetryScriptClaims } from "./poetry-script-claims.ts";
import { runbookTargetClaims } from "./runbook-target-claims.ts";
import { shellScriptClaims } from "./shell-script-claims.ts";
import { toolCommandClaims } from "./tool-command-claims.ts";
import { toolOptionClaims } from "./tool-option-claims.ts";
import { toolVersionClaims } from "./tool-version-claims.ts";
import { urlClaims } from "./url-claims.ts";
import { scriptOptionClaims } from "./script-option-claims.ts";
import { scriptSubCommandClaims } from "./script-sub-command-claims.ts";
import { scriptTieClaims } from "./script-tie-claims.ts";
import { processTypeClaims } from "./process-type-claims.ts";
import { workflowClaims, workflowInputClaims } from "./workflow-claims.ts";

/** Every kind of claim, in the order in which counts are printed. A new kind is one file and one line here. */
export const claimKinds: readonly ClaimKind<unknown>[] = [
  containerClaims,
  composeServiceClaims,
  containerUserClaims,
  containerDatabaseClaims,
  urlClaims,
  kubernetesResourceClaims,
  kubernetesNamespaceClaims,
  imageClaims,
  contractVariableClaims,
  contractClaims,
  pathClaims,
  factClaims,
  factSourceClaims,
  makeTargetClaims,
  justRecipeClaims,
  packageScriptClaims,
  poetryScriptClaims,
  processTypeClaims,
  workflowClaims,
  workflowInputClaims,
  scriptSubCommandClaims,
  scriptOptionClaims,
  linkClaims,
  anchorClaims,
  runbookTargetClaims,
  scriptTieClaims,
  remoteClaims,
  branchClaims,
  tagClaims,
  toolVersionClaims,
  toolCommandClaims,
  toolOptionClaims,
  shellScriptClaims,
];
