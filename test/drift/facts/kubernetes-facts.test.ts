import { expect, test } from "vitest";
import {
  kubernetesFacts,
  type KubernetesFacts,
} from "../../../src/drift/facts/kubernetes-facts.ts";
import { observeFacts } from "../observe-facts.ts";

const observe = (files: Readonly<Record<string, string>>) => observeFacts(kubernetesFacts, files);

const deployment = `# A comment
apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    name: not-this
  annotations: { name: nor-this }
  name: "web" # the site
  namespace: shop
spec:
  template:
    metadata:
      name: nor-that
    spec:
      containers:
        - image: nginx:1.27
          name: sidecar
---
kind: Service
apiVersion: v1
metadata:
    name: web-svc
`;

test("objects are read with places, several from one file", async () => {
  const { facts, problems } = await observe({ "deploy/web.yaml": deployment });
  expect(problems).toEqual([]);
  expect(facts.resources.map(({ kind, name, namespace }) => [kind, name, namespace?.name])).toEqual(
    [
      ["Deployment", "web", "shop"],
      ["Service", "web-svc", undefined],
    ],
  );
  expect(facts.resources[0]?.span).toMatchObject({
    start: { line: 8, column: 10 },
    end: { line: 8, column: 13 },
  });
  expect(facts.images.map(({ name, span }) => [name, span?.start.line])).toEqual([
    ["nginx:1.27", 16],
  ]);
  expect(facts.namespaces.map(({ name }) => name)).toEqual(["shop"]);
});

test("metadata in flow style, with anchors and in templates is read too", async () => {
  const head = "apiVersion: v1\nkind: Service\nmetadata:";
  const { facts, problems } = await observe({
    "a.yaml": `${head} { name: flow, namespace: shop }\n`,
    "b.yaml": `${head}\n  name: &name anchor\n  namespace: *name\n`,
    "c.yaml": `{{- if .on }}\n${head}\n  name: plain\nspec: {{ .spec }}\n{{- end }}\n`,
  });
  expect(problems).toEqual([]);
  expect(facts.resources.map(({ name, namespace }) => [name, namespace?.name])).toEqual([
    ["flow", "shop"],
    ["anchor", "anchor"],
    ["plain", undefined],
  ]);
  expect(facts.hasTemplates).toBe(false);
  expect(facts.resources[0]?.span).toMatchObject({ start: { line: 3, column: 19 } });
});

test.each(["{{ .Release.Name }}-web", '"{{ .name }}"', "${APP}-web", "$APP", "web-$(ENV)"])(
  "a name that a template decides is not known: %s",
  async (name) => {
    const text = `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`;
    const { facts } = await observe({ "a.yaml": text });
    expect(facts.resources).toEqual([]);
    expect(facts.hasTemplates).toBe(true);
  },
);

test("CRLF gives the same as LF", async () => {
  const { facts: lf } = await observe({ "a.yaml": deployment });
  const { facts: crlf } = await observe({ "a.yaml": deployment.replaceAll("\n", "\r\n") });
  const show = ({ resources }: KubernetesFacts): unknown =>
    resources.map(({ kind, name, span }) => [kind, name, span?.start.line, span?.start.column]);
  expect(show(crlf)).toEqual(show(lf));
});

test("lists and JSON are parsed", async () => {
  const { facts } = await observe({
    "list.yaml":
      "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Namespace\n  metadata:\n    name: shop\n- text\n",
    "json.yaml": '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}}\n',
  });
  expect(facts.resources.map(({ kind, name }) => [kind, name])).toEqual([
    ["Service", "x"],
    ["Namespace", "shop"],
  ]);
  expect(facts.namespaces.map(({ name }) => name)).toEqual(["shop"]);
});

test("templates, workflows and files without objects are left out", async () => {
  const { facts, problems } = await observe({
    "chart/Chart.yaml": "apiVersion: v2\nname: web\n",
    "chart/templates/web.yaml": deployment.replace('"web"', "{{ .Release.Name }}"),
    ".github/workflows/ci.yml": deployment,
    "values.yaml": "kind: x\napiVersion: y\n",
    "broken.yaml": "a: [\n",
  });
  expect(facts.resources).toEqual([]);
  expect(facts.hasCharts).toBe(true);
  expect(problems).toEqual([]);
});

test("a kustomization gives a namespace, and says whether names change", async () => {
  const { facts } = await observe({
    "base/kustomization.yaml": "resources: [web.yaml]\n",
    "prod/kustomization.yaml": "namespace: prod\nnamePrefix: prod-\n",
  });
  expect(facts.namespaces.map(({ name, path }) => [name, path])).toEqual([
    ["prod", "prod/kustomization.yaml"],
  ]);
  expect([facts.hasOtherNames, facts.hasOtherNamespaces]).toEqual([true, true]);
});

test("a list that does not parse is a problem, and the rest is read", async () => {
  const { facts, problems } = await observe({
    "a.yaml": "apiVersion: v1\nkind: List\nitems: [\n",
    "b.yaml": deployment,
  });
  expect(problems.map(({ path }) => path)).toEqual(["a.yaml"]);
  expect(facts.resources).toHaveLength(2);
});

test("an enormous file of manifests is read", async () => {
  const { facts } = await observe({ "a.yaml": `${deployment}---\n`.repeat(5000) });
  expect(facts.resources).toHaveLength(10_000);
});
