import { findNearest } from "../../parse/find-nearest.ts";
import { settlePlace } from "../claims/start-place.ts";
import { workflowClaims, type WorkflowClaim } from "../claims/workflow-claims.ts";
import { findWorkflow, workflowFacts, type WorkflowFacts } from "../facts/workflow-facts.ts";
import type { FactSource } from "../fact-source.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";
import { suggestName } from "./suggest-name.ts";

/** A command names a workflow of GitHub that the repository does not have. */
export const unknownWorkflow = defineClaimRule<
  WorkflowClaim,
  { workflows: FactSource<WorkflowFacts> },
  { workflow: string; nearest: string | undefined; known: readonly string[] }
>({
  code: "ci/unknown-workflow",
  severity: "error",
  title: "A workflow that the repository does not have",
  what: "A command of GitHub's client names a workflow, by its file or its name, and none of `.github/workflows` is called so.",
  why: "The deployment that the command should start does not start: `could not find any workflows named …`.",
  remedy: "Write the workflow's file name, which is less often changed than its title.",
  example: {
    language: "bash",
    wrong: "gh workflow run deploy-prod.yml --ref main",
    right: "gh workflow run deploy.yml --ref main",
    file: { path: ".github/workflows/deploy.yml", text: "name: Deploy\non: workflow_dispatch\n" },
  },
  claims: workflowClaims,
  facts: { workflows: workflowFacts },
  judge({ value: { workflow, start } }, { workflows }) {
    const place = settlePlace(start, workflows.tree);
    if (place.kind === "unknown") return unjudged(place.reason);
    if (workflows.workflows.length === 0) return unjudged("the repository has no workflows");
    if (findWorkflow(workflows, workflow) !== undefined) return agreed;
    const files = workflows.workflows.map(({ file }) => file);
    const names = workflows.workflows.flatMap(({ name }) => name?.name ?? []);
    const nearest = findNearest(workflow, [...files, ...names]);
    const near = nearest === undefined ? undefined : findWorkflow(workflows, nearest);
    return differed(
      { workflow, nearest, known: files },
      {
        related:
          near === undefined
            ? []
            : [{ path: near.path, span: near.name?.span, text: "the nearest workflow" }],
      },
    );
  },
  message: ({ workflow }) => `The repository has no workflow \`${workflow}\`.`,
  hint: ({ nearest, known }) => suggestName(nearest, known),
});
