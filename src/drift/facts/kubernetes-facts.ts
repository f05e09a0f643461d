import type { RuleFinding } from "../../model/rule-finding.ts";
import type { FactSource } from "../fact-source.ts";
import { asMap } from "./compose-service.ts";
import type { PlacedName } from "./placed-name.ts";
import { readFactFiles, readYamlFile, type FactFile } from "./read-fact-file.ts";
import { readManifests, type ManifestResource } from "./read-manifests.ts";

/** What Kubernetes manifests say, all of them together. */
export interface KubernetesFacts {
  readonly resources: readonly ManifestResource[];
  /** Namespaces: those of `kind: Namespace`, of objects, and of kustomizations. */
  readonly namespaces: readonly PlacedName[];
  /** Images of containers. */
  readonly images: readonly PlacedName[];
  /** True where kustomizations change names or namespaces: objects then have others too. */
  readonly hasOtherNames: boolean;
  readonly hasOtherNamespaces: boolean;
  /** True where a Helm chart makes objects that nobody can name from here. */
  readonly hasCharts: boolean;
  /** True where a template decides the names of some objects. */
  readonly hasTemplates: boolean;
}

const yamlFile = /\.ya?ml$/;
const kustomizationFile = /(?:^|\/)[Kk]ustomization(?:\.ya?ml)?$/;
/** Workflows, Compose files and API descriptions have no Kubernetes objects. */
const otherFile =
  /(?:^|\/)(?:\.github|\.gitlab|\.circleci|node_modules|vendor)\/|(?:^|\/)(?:docker-)?compose[.\w-]*\.ya?ml$|(?:^|\/)(?:pnpm-lock|mkdocs|openapi|swagger)\.ya?ml$/;

/** Facts of Kubernetes manifests: kinds, names, namespaces, images. */
export const kubernetesFacts: FactSource<KubernetesFacts> = {
  name: "kubernetes",
  title: "Kubernetes manifests",
  description:
    "Reads YAML files that hold objects with `apiVersion`, `kind` and `metadata.name`, lists included: kinds, names, namespaces, images of containers. Of a `kustomization.yaml` it takes `namespace`, and whether it changes names (`namePrefix`, `nameSuffix`). Names that a template decides (`{{ .Values.name }}`, `${APP}`) are not known; where there are such, others are not judged.",
  async observe(place) {
    const paths = place.tree.match(yamlFile).filter((path) => !otherFile.test(path));
    const { files, problems: refused } = await readFactFiles(place, paths);
    const problems: RuleFinding[] = [...refused];
    const resources: ManifestResource[] = [];
    const namespaces: PlacedName[] = [];
    const images: PlacedName[] = [];
    let hasOtherNames = false;
    let hasOtherNamespaces = false;
    let hasTemplates = false;
    for (const file of files) {
      if (kustomizationFile.test(file.path)) {
        const read = readKustomization(file);
        problems.push(...read.problems);
        namespaces.push(...read.namespaces);
        hasOtherNames ||= read.hasOtherNames;
        hasOtherNamespaces ||= read.namespaces.length > 0;
        continue;
      }
      const read = readManifests(file);
      problems.push(...read.problems);
      resources.push(...read.resources);
      images.push(...read.images);
      hasTemplates ||= read.hasTemplates;
    }
    for (const { kind, namespace, name, path, span } of resources) {
      if (kind === "Namespace" || kind === "Project") namespaces.push({ name, path, span });
      if (namespace !== undefined) namespaces.push(namespace);
    }
    const hasCharts = place.tree.match(/(?:^|\/)Chart\.yaml$/).length > 0;
    return {
      facts: {
        resources,
        namespaces,
        images,
        hasOtherNames,
        hasOtherNamespaces,
        hasCharts,
        hasTemplates,
      },
      problems,
    };
  },
};

function readKustomization(file: FactFile): {
  readonly namespaces: readonly PlacedName[];
  readonly hasOtherNames: boolean;
  readonly problems: readonly RuleFinding[];
} {
  const { documents, problems } = readYamlFile(file);
  const namespaces: PlacedName[] = [];
  let hasOtherNames = false;
  for (const { data, valueSpans } of documents) {
    const { namespace, namePrefix, nameSuffix, helmCharts } = asMap(data);
    if (typeof namespace === "string") {
      namespaces.push({ name: namespace, path: file.path, span: valueSpans.get("namespace") });
    }
    hasOtherNames ||= [namePrefix, nameSuffix, helmCharts].some((value) => value !== undefined);
  }
  return { namespaces, hasOtherNames, problems };
}
