import type { ClaimKind } from "../claim-kind.ts";
import { readKubernetesCall } from "./kubernetes-call.ts";

/** A namespace that a command names: `kubectl -n shop get pods`. */
export interface KubernetesNamespaceClaim {
  readonly name: string;
  /** Objects that the same command names. */
  readonly resources: readonly { readonly kind: string; readonly name: string }[];
}

/** Kubernetes namespaces that commands name. */
export const kubernetesNamespaceClaims: ClaimKind<KubernetesNamespaceClaim> = {
  name: "kubernetes-namespace",
  title: "Kubernetes namespaces",
  description: "The namespace that `kubectl` or `oc` is given by `-n` or `--namespace`.",
  collect: ({ commands }) =>
    commands.flatMap((placed) => {
      const call = readKubernetesCall(placed.command);
      if (call?.namespace === undefined) return [];
      const { text, range } = call.namespace;
      const resources = call.resources.map(({ kind, name }) => ({ kind, name: name.text }));
      return [
        {
          value: { name: text, resources },
          span: placed.locate(range),
          text,
          origin: placed.origin,
        },
      ];
    }),
};
