import {
  kubernetesResourceClaims,
  type KubernetesResourceClaim,
} from "../claims/kubernetes-resource-claims.ts";
import type { FactSource } from "../fact-source.ts";
import { findNearResource } from "../facts/find-near-resource.ts";
import { kubernetesFacts, type KubernetesFacts } from "../facts/kubernetes-facts.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";

/** A command names a Kubernetes object that no manifest has, while one is named nearly so. */
export const unknownResource = defineClaimRule<
  KubernetesResourceClaim,
  { kubernetes: FactSource<KubernetesFacts> },
  { kind: string; name: string; nearest: string }
>({
  code: "k8s/unknown-resource",
  severity: "warning",
  title: "A Kubernetes object that no manifest has",
  what: "A command names an object by kind and name that no manifest of the repository has, while another of that kind has nearly the same name. Objects without such a neighbour are not judged: most clusters hold much that is not in the repository.",
  why: "The command fails with `NotFound`, at the time when it is needed.",
  remedy: "Write the name as it stands in the manifest's `metadata.name`.",
  example: {
    language: "bash",
    wrong: "kubectl rollout restart deployment/unioncore-apo",
    right: "kubectl rollout restart deployment/unioncore-api",
    file: {
      path: "deploy/api.yaml",
      text: "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: unioncore-api\n",
    },
  },
  claims: kubernetesResourceClaims,
  facts: { kubernetes: kubernetesFacts },
  judge({ value: { kind, name, isMadeHere } }, { kubernetes }) {
    const { resources, hasCharts, hasTemplates, hasOtherNames } = kubernetes;
    const sameKind = resources.filter((resource) => resource.kind === kind);
    if (sameKind.length === 0) return unjudged("no manifest is of its kind");
    if (sameKind.some((resource) => resource.name === name)) return agreed;
    if (isMadeHere) return unjudged("the document makes it");
    if (hasCharts) return unjudged("a Helm chart may make it");
    if (hasTemplates) return unjudged("a template may make it");
    if (hasOtherNames) return unjudged("a kustomization changes names");
    // An operator's objects bear the name of what they were made for.
    if (resources.some((resource) => resource.name === name)) {
      return unjudged("another kind has an object of that name");
    }
    const nearest = findNearResource(
      name,
      sameKind.map((resource) => resource.name),
    );
    if (nearest === undefined) return unjudged("a cluster can hold more than the repository");
    const related = sameKind
      .filter((resource) => resource.name === nearest)
      .slice(0, 3)
      .map(({ path, span }) => ({
        path,
        span,
        text: `the manifest of \`${nearest}\` is here`,
      }));
    return differed({ kind, name, nearest }, { related });
  },
  message: ({ kind, name }) => `No manifest has a ${kind} \`${name}\`.`,
  hint: ({ nearest }) => `Did you mean \`${nearest}\`?`,
});
