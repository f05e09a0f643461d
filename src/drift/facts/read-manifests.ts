import { asMap } from "./compose-service.ts";
import { readYamlFile, type FactFile } from "./read-fact-file.ts";
import type { PlacedName } from "./placed-name.ts";
import type { RuleFinding } from "../../model/rule-finding.ts";

/**
 * A Kubernetes object of a manifest; `name` is its `metadata.name` with its place.
 *
 * @example { kind: "Deployment", name: "web", namespace: "shop", path: "deploy/web.yaml", span }
 */
export interface ManifestResource extends PlacedName {
  readonly kind: string;
  readonly namespace?: PlacedName | undefined;
}

/** What a file of manifests holds. */
export interface FileManifests {
  readonly resources: readonly ManifestResource[];
  readonly images: readonly PlacedName[];
  readonly problems: readonly RuleFinding[];
  /** True where a template decides the names of some. */
  readonly hasTemplates: boolean;
}

/**
 * Reads the Kubernetes objects of a file; a file without any gives none.
 *
 * Objects in block style are read line by line, since a repository can hold thousands: a whole parse
 * costs a second a megabyte. Lists, JSON and metadata in other styles are parsed. Of templates of Helm
 * and the like (`{{`, `${`), names that stand for others are left out. No I/O.
 */
export function readManifests(file: FactFile): FileManifests {
  const { text } = file;
  if (!text.includes("apiVersion") || !text.includes("kind")) {
    return { resources: [], images: [], problems: [], hasTemplates: false };
  }
  const isWhole = isList.test(text) || /^\s*\{/.test(text) || isOtherStyle.test(text);
  if (!text.includes("{{")) return isWhole ? parseManifests(file) : scanManifests(file);
  const scanned = scanManifests(file);
  return scanned.hasTemplates ? { ...scanned, resources: [], images: [] } : scanned;
}

const isList = /^kind:[ \t]*\w*List[ \t]*\r?$/m;
/** Flow style, anchors, aliases and folded text: none that a line tells. */
const isOtherStyle = /^(?:metadata:[ \t]*[{&*]|[ \t]+(?:name|namespace):[ \t]*[&*|>!])/m;
const isTemplated = /\{\{|\$[\w{(]/;

interface OpenObject {
  kind: string | undefined;
  isApi: boolean;
  name: PlacedName | undefined;
  namespace: PlacedName | undefined;
  /** The indentation of metadata's keys; undefined outside of it. */
  metadataIndent: number | undefined;
  isInMetadata: boolean;
}

function scanManifests({ text, path, lines }: FactFile): FileManifests {
  const resources: ManifestResource[] = [];
  const images: PlacedName[] = [];
  let hasTemplates = false;
  let open = startObject();
  const close = (): void => {
    const { kind, name, namespace, isApi } = open;
    if (isApi && kind !== undefined && name !== undefined) {
      hasTemplates ||= isTemplated.test(name.name) || isTemplated.test(namespace?.name ?? "");
      if (!isTemplated.test(name.name))
        resources.push({ ...name, kind, namespace: namespaceOf(namespace) });
    }
    open = startObject();
  };
  let start = 0;
  for (const line of text.split("\n")) {
    const offset = start;
    start += line.length + 1;
    if (/^---(?:[ \t]|\r?$)/.test(line)) {
      close();
      continue;
    }
    const [, before = "", key = "", quoted, bare] =
      /^([ \t]*(?:-[ \t]+)?)([\w.-]+):[ \t]*(?:["']([^"']*)["']|([^\s#"'][^\s#]*))?/.exec(line) ??
      [];
    if (key === "") continue;
    // What stands behind the blank in `{{ .Values.x }}` belongs to it.
    const isCut = bare !== undefined && bare.includes("{{");
    const value = quoted ?? (isCut ? line.slice(line.indexOf(bare)).trimEnd() : bare);
    const place = (): PlacedName | undefined => {
      if (value === undefined) return undefined;
      const at = offset + line.indexOf(value, before.length + key.length + 1);
      return { name: value, path, span: lines.spanOf(at, at + value.length) };
    };
    if (before === "") {
      open.isInMetadata = key === "metadata";
      open.metadataIndent = undefined;
      if (key === "kind") open.kind = value;
      if (key === "apiVersion") open.isApi = true;
    } else if (open.isInMetadata) {
      open.metadataIndent ??= before.length;
      if (before.length !== open.metadataIndent) continue;
      if (key === "name") open.name = place();
      if (key === "namespace") open.namespace = place();
    } else if (key === "image") {
      const image = place();
      if (image !== undefined) images.push(image);
    }
  }
  close();
  return {
    resources,
    images: resources.length === 0 ? [] : images.filter(({ name }) => !name.includes("{{")),
    problems: [],
    hasTemplates,
  };
}

function namespaceOf(namespace: PlacedName | undefined): PlacedName | undefined {
  return namespace !== undefined && isTemplated.test(namespace.name) ? undefined : namespace;
}

function startObject(): OpenObject {
  return {
    kind: undefined,
    isApi: false,
    name: undefined,
    namespace: undefined,
    metadataIndent: undefined,
    isInMetadata: false,
  };
}

function parseManifests(file: FactFile): FileManifests {
  const { documents, problems } = readYamlFile(file);
  let hasTemplates = false;
  const resources = documents.flatMap((document): ManifestResource[] => {
    const root = asMap(document.data);
    const items: unknown[] = Array.isArray(root["items"]) ? root["items"] : [];
    const objects: [data: Readonly<Record<string, unknown>>, prefix: string][] = [
      [root, ""],
      ...items.map((item, index): [Readonly<Record<string, unknown>>, string] => [
        asMap(item),
        `items.${index}.`,
      ]),
    ];
    return objects.flatMap(([data, prefix]): ManifestResource[] => {
      const { kind, apiVersion } = data;
      const metadata = asMap(data["metadata"]);
      const { name, namespace } = metadata;
      if (typeof kind !== "string" || apiVersion === undefined || typeof name !== "string") {
        return [];
      }
      if (isTemplated.test(name)) {
        hasTemplates = true;
        return [];
      }
      const spanOf = (key: string) => document.valueSpans.get(`${prefix}metadata.${key}`);
      const space =
        typeof namespace === "string"
          ? { name: namespace, path: file.path, span: spanOf("namespace") }
          : undefined;
      return [{ kind, name, path: file.path, span: spanOf("name"), namespace: space }];
    });
  });
  return { resources, images: [], problems, hasTemplates };
}
