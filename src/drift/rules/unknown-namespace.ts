import {
  kubernetesNamespaceClaims,
  type KubernetesNamespaceClaim,
} from "../claims/kubernetes-namespace-claims.ts";
import type { FactSource } from "../fact-source.ts";
import { findNearResource } from "../facts/find-near-resource.ts";
import { kubernetesFacts, type KubernetesFacts } from "../facts/kubernetes-facts.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";

/** A command names a namespace in which no manifest puts the object that it acts on. */
export const unknownNamespace = defineClaimRule<
  KubernetesNamespaceClaim,
  { kubernetes: FactSource<KubernetesFacts> },
  { name: string; resource: string | undefined; instead: string }
>({
  code: "k8s/unknown-namespace",
  severity: "warning",
  title: "A namespace that no manifest has",
  what: "A command names a namespace by `-n` that no manifest uses. It is found where the manifest of the object that the command acts on says another one, or where another namespace is named nearly so.",
  why: "The command fails with `NotFound`; a `get` even succeeds, and shows nothing.",
  remedy: "Write the namespace as it stands in the manifest.",
  example: {
    language: "bash",
    wrong: "kubectl -n unionocre get deployment unioncore-api",
    right: "kubectl -n unioncore get deployment unioncore-api",
    file: {
      path: "deploy/api.yaml",
      text: "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: unioncore-api\n  namespace: unioncore\n",
    },
  },
  claims: kubernetesNamespaceClaims,
  facts: { kubernetes: kubernetesFacts },
  judge({ value: { name, resources } }, { kubernetes }) {
    const { namespaces, hasCharts, hasTemplates, hasOtherNamespaces } = kubernetes;
    if (namespaces.length === 0) return unjudged("no manifest names a namespace");
    if (namespaces.some((namespace) => namespace.name === name)) return agreed;
    if (/^(?:default|kube-.*|openshift-.*)$/u.test(name)) {
      return unjudged("a cluster has it by itself");
    }
    if (hasCharts) return unjudged("a Helm chart may make it");
    if (hasTemplates) return unjudged("a template may make it");
    const own = resources.flatMap((resource) =>
      kubernetes.resources.filter(
        (one) => one.kind === resource.kind && one.name === resource.name,
      ),
    );
    const places = own.flatMap(({ namespace }) => namespace ?? []);
    const isElsewhere = places.length > 0 && places.length === own.length && !hasOtherNamespaces;
    const nearest = findNearResource(
      name,
      namespaces.map((namespace) => namespace.name),
    );
    const instead = isElsewhere ? places[0]?.name : nearest;
    if (instead === undefined) return unjudged("a cluster can hold more than the repository");
    const related = (isElsewhere ? places : namespaces)
      .filter((namespace) => namespace.name === instead)
      .slice(0, 1)
      .map(({ path, span }) => ({ path, span, text: `the namespace is \`${instead}\` here` }));
    const resource = isElsewhere ? own[0]?.name : undefined;
    return differed({ name, resource, instead }, { related });
  },
  message: ({ name, resource }) =>
    resource === undefined
      ? `No manifest has a namespace \`${name}\`.`
      : `No manifest puts \`${resource}\` into the namespace \`${name}\`.`,
  hint: ({ instead }) => `Did you mean \`${instead}\`?`,
});
