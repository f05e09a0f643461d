import { runbook, type RuleCase } from "./rule-case.ts";

const manifests = `apiVersion: apps/v1
kind: Deployment
metadata:
  labels: { name: other }
  name: unioncore-api
  namespace: unioncore
spec:
  template:
    spec:
      containers:
        - name: api
          image: ip2a/api:1.4
---
apiVersion: v1
kind: Service
metadata:
  name: "unioncore-web"
  namespace: unioncore
`;
const list = `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: unioncore-settings }
`;

/** Cases of the rules for Kubernetes objects. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "k8s/unknown-resource": {
    files: {
      "deploy/api.yaml": manifests,
      "runbooks/a.md": runbook("kubectl -n unioncore rollout restart deployment/unioncore-apis"),
    },
    severity: "warning",
    message: "No manifest has a Deployment `unioncore-apis`.",
    hint: "Did you mean `unioncore-api`?",
    at: "runbooks/a.md:4:49-4:63",
    related: ["deploy/api.yaml:5:9-5:22"],
    nearMiss: {
      "runbooks/a.md": runbook(
        "kubectl -n unioncore logs -f deploy/unioncore-api\nkubectl get deployments.apps unioncore-api prometheus\nkubectl get pod unioncore-apis\nkubectl get deploy unioncore-web",
      ),
    },
  },
  "k8s/unknown-resource (by short name)": {
    files: {
      "deploy/api.yaml": manifests.replaceAll("\n", "\r\n"),
      "runbooks/a.md": runbook("kubectl get -o yaml svc unioncore-wbe -n unioncore"),
    },
    severity: "warning",
    message: "No manifest has a Service `unioncore-wbe`.",
    hint: "Did you mean `unioncore-web`?",
    at: "runbooks/a.md:4:25-4:38",
    related: ["deploy/api.yaml:17:10-17:23"],
    nearMiss: { "deploy/kustomization.yaml": "namePrefix: prod-\nresources: [api.yaml]\n" },
  },
  "k8s/unknown-resource (beside a template)": {
    files: {
      "deploy/api.yaml": manifests,
      "runbooks/a.md": runbook("kubectl get svc unioncore-wep"),
    },
    severity: "warning",
    message: "No manifest has a Service `unioncore-wep`.",
    hint: "Did you mean `unioncore-web`?",
    at: "runbooks/a.md:4:17-4:30",
    related: ["deploy/api.yaml:17:10-17:23"],
    nearMiss: {
      "deploy/job.yaml": 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: "${APP}-wep"\n',
    },
  },
  "k8s/unknown-resource (in a list)": {
    files: {
      "deploy/list.yaml": list,
      "runbooks/a.md": runbook("oc edit cm/unioncore-setings"),
    },
    severity: "warning",
    message: "No manifest has a ConfigMap `unioncore-setings`.",
    hint: "Did you mean `unioncore-settings`?",
    at: "runbooks/a.md:4:12-4:29",
    related: ["deploy/list.yaml:6:23-6:41"],
    nearMiss: {
      "runbooks/a.md": runbook(
        "oc create configmap unioncore-setings\noc edit cm/unioncore-setings\noc edit cm unioncore-settings",
      ),
    },
  },
  "k8s/unknown-namespace": {
    files: {
      "deploy/api.yaml": manifests,
      "runbooks/a.md": runbook("kubectl get deploy unioncore-api --namespace=production"),
    },
    severity: "warning",
    message: "No manifest puts `unioncore-api` into the namespace `production`.",
    hint: "Did you mean `unioncore`?",
    at: "runbooks/a.md:4:46-4:56",
    related: ["deploy/api.yaml:6:14-6:23"],
    nearMiss: {
      "runbooks/a.md": runbook(
        "kubectl get deploy unioncore-api --namespace=unioncore\nkubectl get deploy grafana -n monitoring\nkubectl get pods -n kube-system",
      ),
    },
  },
  "k8s/unknown-namespace (mistyped)": {
    files: {
      "deploy/api.yaml": manifests,
      "runbooks/a.md": runbook("kubectl -n unioncoer get pods"),
    },
    severity: "warning",
    message: "No manifest has a namespace `unioncoer`.",
    hint: "Did you mean `unioncore`?",
    at: "runbooks/a.md:4:12-4:21",
    related: ["deploy/api.yaml:6:14-6:23"],
    nearMiss: { "deploy/kustomization.yaml": "namespace: unioncoer\n" },
  },
};
