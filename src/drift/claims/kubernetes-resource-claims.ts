import type { ClaimKind } from "../claim-kind.ts";
import { readKubernetesCall } from "./kubernetes-call.ts";
import { readShownNames } from "./shown-names.ts";

/** A Kubernetes object that a command names: `kubectl logs deploy/web`. */
export interface KubernetesResourceClaim {
  /** As manifests write it: `Deployment`. */
  readonly kind: string;
  readonly name: string;
  /** That of `-n`, where it is literal. */
  readonly namespace?: string | undefined;
  /** True where the same document makes something of this name, or shows a file that does. */
  readonly isMadeHere: boolean;
}

/** Kubernetes objects that commands name. */
export const kubernetesResourceClaims: ClaimKind<KubernetesResourceClaim> = {
  name: "kubernetes-resource",
  title: "Kubernetes objects",
  description:
    "The objects that `kubectl` or `oc` is told to act on by kind and name (`deployment web`, `svc/web`): `get`, `describe`, `logs`, `exec`, `port-forward`, `rollout`, `scale`, `set`, `edit`, `patch`, `delete` and the like. Pods, nodes, secrets and custom kinds are left out.",
  collect(document) {
    const calls = document.commands.flatMap((placed) => {
      const call = readKubernetesCall(placed.command);
      return call === undefined ? [] : [{ placed, call }];
    });
    if (calls.length === 0) return [];
    const made = new Set([
      ...readShownNames(document),
      ...calls
        .filter(({ call }) => /^(?:create|run|expose|new-app|new-project)$/u.test(call.verb))
        .flatMap(({ placed }) => placed.command.words.slice(2)),
    ]);
    return calls.flatMap(({ placed, call }) =>
      call.resources.map(({ kind, name }) => ({
        value: {
          kind,
          name: name.text,
          namespace: call.namespace?.text,
          isMadeHere: made.has(name.text),
        },
        span: placed.locate(name.range),
        text: name.text,
        origin: placed.origin,
      })),
    );
  },
};
