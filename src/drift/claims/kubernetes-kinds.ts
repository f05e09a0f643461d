/** Kinds by what kubectl calls them; `kubectl api-resources`, its short names included. */
const kinds: Readonly<Record<string, string>> = {
  cm: "ConfigMap",
  configmap: "ConfigMap",
  cj: "CronJob",
  cronjob: "CronJob",
  daemonset: "DaemonSet",
  deploy: "Deployment",
  deployment: "Deployment",
  ds: "DaemonSet",
  horizontalpodautoscaler: "HorizontalPodAutoscaler",
  hpa: "HorizontalPodAutoscaler",
  ing: "Ingress",
  ingress: "Ingress",
  job: "Job",
  namespace: "Namespace",
  networkpolicy: "NetworkPolicy",
  netpol: "NetworkPolicy",
  ns: "Namespace",
  pdb: "PodDisruptionBudget",
  poddisruptionbudget: "PodDisruptionBudget",
  persistentvolumeclaim: "PersistentVolumeClaim",
  pvc: "PersistentVolumeClaim",
  sa: "ServiceAccount",
  service: "Service",
  serviceaccount: "ServiceAccount",
  statefulset: "StatefulSet",
  sts: "StatefulSet",
  svc: "Service",
};

/**
 * The kind that a word of kubectl means, as manifests write it; undefined for kinds of which a
 * cluster makes objects by itself (pods, nodes, secrets) and for those that are not known.
 *
 * Custom kinds are not known: their words and kinds need not resemble each other. No I/O.
 *
 * @example findKind("deployments.apps") === "Deployment"; findKind("po") === undefined
 */
export function findKind(word: string): string | undefined {
  const name = (word.split(".")[0] ?? "").toLowerCase();
  const singular = name.endsWith("ses") ? name.slice(0, -2) : name.replace(/ies$/, "y");
  return [name, singular, singular.replace(/s$/, "")]
    .map((one) => (Object.hasOwn(kinds, one) ? kinds[one] : undefined))
    .find((kind) => kind !== undefined);
}
