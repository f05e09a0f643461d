import { findNearest } from "../../parse/find-nearest.ts";
import { settlePlace } from "../claims/start-place.ts";
import { workflowInputClaims, type WorkflowInputClaim } from "../claims/workflow-claims.ts";
import { findWorkflow, workflowFacts, type WorkflowFacts } from "../facts/workflow-facts.ts";
import type { FactSource } from "../fact-source.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";
import { suggestName } from "./suggest-name.ts";

/** A command gives a workflow an input that it does not have. */
export const unknownWorkflowInput = defineClaimRule<
  WorkflowInputClaim,
  { workflows: FactSource<WorkflowFacts> },
  { input: string; file: string; nearest: string | undefined; known: readonly string[] }
>({
  code: "ci/unknown-input",
  severity: "error",
  title: "An input that the workflow does not have",
  what: "A command starts a workflow of GitHub with an input that its `workflow_dispatch` does not declare.",
  why: "GitHub refuses to start it: `Unexpected inputs provided`.",
  remedy: "Write the input's name as the workflow declares it.",
  example: {
    language: "bash",
    wrong: "gh workflow run deploy.yml -f enviroment=production",
    right: "gh workflow run deploy.yml -f environment=production",
    file: {
      path: ".github/workflows/deploy.yml",
      text: "on:\n  workflow_dispatch:\n    inputs:\n      environment: { required: true }\n",
    },
  },
  claims: workflowInputClaims,
  facts: { workflows: workflowFacts },
  judge({ value: { workflow, input, start } }, { workflows }) {
    const place = settlePlace(start, workflows.tree);
    if (place.kind === "unknown") return unjudged(place.reason);
    const found = findWorkflow(workflows, workflow);
    if (found?.inputs === undefined) return unjudged("no workflow that people start is called so");
    if (found.inputs.some(({ name }) => name === input)) return agreed;
    const known = found.inputs.map(({ name }) => name);
    const nearest = findNearest(input, known);
    const near = found.inputs.find(({ name }) => name === nearest);
    return differed(
      { input, file: found.path, nearest, known },
      {
        related: [
          {
            path: found.path,
            span: near?.span,
            text: near === undefined ? "the workflow" : `the input \`${near.name}\` is here`,
          },
        ],
      },
    );
  },
  message: ({ input, file }) => `\`${file}\` has no input \`${input}\`.`,
  hint: ({ nearest, known }) => suggestName(nearest, known),
});
