import { expect, test } from "vitest";
import { readKubernetesCall } from "../../../src/drift/claims/kubernetes-call.ts";
import { imageClaims } from "../../../src/drift/claims/image-claims.ts";
import { areTagsCompatible, readImageReference } from "../../../src/drift/image-reference.ts";
import { findNearResource } from "../../../src/drift/facts/find-near-resource.ts";
import { readShell, textAt } from "../../shell/read-fixture.ts";
import { readClaims } from "../read-document.ts";

test.each([
  ["kubectl get deploy web", "Deployment/web"],
  ["kubectl -n shop get deployments.apps web api -o yaml", "Deployment/web Deployment/api in shop"],
  ["kubectl logs -f deploy/web -n=shop", "Deployment/web in shop"],
  ["kubectl logs -f web -c app", ""],
  ["kubectl rollout status deployment/web --timeout=90s", "Deployment/web"],
  ["kubectl rollout restart statefulset web", "StatefulSet/web"],
  ["kubectl scale --replicas=0 deployment/web sts/db", "Deployment/web StatefulSet/db"],
  ["kubectl set image deployment/web web=nginx:1", "Deployment/web"],
  ["kubectl exec -it deploy/web --namespace shop -- ls deploy/x", "Deployment/web in shop"],
  ["kubectl port-forward svc/web 8080:80", "Service/web"],
  ["kubectl label deploy web a=b c-", "Deployment/web"],
  ["kubectl patch cm web -p '{}'", "ConfigMap/web"],
  ["kubectl get ingresses web", "Ingress/web"],
  ["kubectl get networkpolicies web", "NetworkPolicy/web"],
  ["kubectl get pod web", ""],
  ["kubectl get secret web", ""],
  ["kubectl get deploy -l app=web", ""],
  ["kubectl get deploy,svc", ""],
  ["kubectl apply -f web.yaml -n shop", " in shop"],
  ['kubectl get deploy "$NAME" -n "$NS"', ""],
  ["kubectl delete -f deploy/web.yaml", ""],
  ["oc describe deploy/web", "Deployment/web"],
])("%s", (script, expected) => {
  const [command] = readShell(script).commands;
  const call = command === undefined ? undefined : readKubernetesCall(command);
  const resources = call?.resources.map(({ kind, name }) => {
    expect(textAt(script, name.range)).toBe(name.text);
    return `${kind}/${name.text}`;
  });
  if (call?.namespace !== undefined) {
    expect(textAt(script, call.namespace.range)).toBe(call.namespace.text);
  }
  const namespace = call?.namespace === undefined ? "" : ` in ${call.namespace.text}`;
  expect(`${(resources ?? []).join(" ")}${namespace}`).toBe(expected);
});

test.each([
  ["docker run --rm -e A=b:1 postgres:15 psql x:1", ["postgres:15"]],
  [
    "docker pull --platform linux/amd64 docker.io/library/redis:7.2",
    ["docker.io/library/redis:7.2"],
  ],
  ["docker image pull bitnami/redis:7", ["bitnami/redis:7"]],
  ["kubectl set image deploy/web a=nginx:1 b=nginx:2 -n shop", ["nginx:1", "nginx:2"]],
  ["docker run postgres", []],
  ["docker run registry.example.org/postgres:15", []],
  ["docker run localhost:5000/postgres:15", []],
  ["docker run postgres@sha256:abc", []],
  ["docker run postgres:$TAG", []],
  ["docker build -t postgres:15 .", []],
])("images of: %s", (script, expected) => {
  const text = `# T\n\n\`\`\`bash\n${script}\n\`\`\`\n`;
  expect(readClaims(imageClaims, text).map(({ at }) => at)).toEqual(expected);
});

test("Docker Hub's own parts are no part of a name", () => {
  expect(readImageReference("docker.io/library/postgres:15")).toEqual({
    name: "postgres",
    tag: "15",
  });
  expect(readImageReference("rook/ceph")).toEqual({ name: "rook/ceph" });
});

test.each([
  ["15", "15.4", true],
  ["15-alpine", "15.4-bookworm", true],
  ["v1.2", "1.2.3", true],
  ["15", "150", false],
  ["3.11", "3.1", false],
  ["latest", "15", false],
])("tags %s and %s", (one, other, expected) => {
  expect(areTagsCompatible(one, other)).toBe(expected);
});

test.each([
  ["unioncore-apo", ["unioncore-api"], "unioncore-api"],
  ["rook-ceph-mon-a", ["rook-ceph-mon-b"], undefined],
  ["worker-2", ["worker-10"], undefined],
  ["app", ["api"], undefined],
  ["prometheus", ["unioncore-api"], undefined],
])("the object that %s was meant to be among %j", (name, known, expected) => {
  expect(findNearResource(name, known)).toBe(expected);
});
