import type { RiskRow } from "./risk-row.ts";
import { cloudRisks } from "./risk-table/cloud-risks.ts";
import { containerRisks } from "./risk-table/container-risks.ts";
import { databaseRisks } from "./risk-table/database-risks.ts";
import { fileRisks } from "./risk-table/file-risks.ts";
import { gitRisks } from "./risk-table/git-risks.ts";
import { kubernetesRisks } from "./risk-table/kubernetes-risks.ts";
import { packageRisks } from "./risk-table/package-risks.ts";
import { requestRisks } from "./risk-table/request-risks.ts";
import { storageRisks } from "./risk-table/storage-risks.ts";
import { systemRisks } from "./risk-table/system-risks.ts";

/**
 * Everything that is known of what commands change or destroy, chapter by chapter.
 *
 * Of a command's rows the first that fits counts: exceptions stand before what they except. SQL, Redis
 * and MongoDB statements are judged in `judge-statements.ts`, redirections and fetched scripts in
 * `assess-risk.ts`.
 */
export const riskTable: readonly RiskRow[] = [
  ...gitRisks,
  ...fileRisks,
  ...storageRisks,
  ...kubernetesRisks,
  ...containerRisks,
  ...cloudRisks,
  ...databaseRisks,
  ...systemRisks,
  ...packageRisks,
  ...requestRisks,
];
