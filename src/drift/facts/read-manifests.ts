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
}

/**
 * Reads the Kubernetes objects of a file; a file without any gives none.
 *
 * Objects in block style are read line by line, since a repository can hold thousands: a whole parse
 * costs a second a megabyte. Lists and JSON are parsed. Templates of Helm and the like (`{{`) are
 * left out, as nobody knows what they become. No I/O.
 */
export function readManifests(file: FactFile): FileManifests {
  const none = { resources: [], images: [], problems: [] };
  if (!file.text.includes("apiVersion") || !file.text.includes("kind")) return none;
  if (file.text.includes("{{")) return none;
  const isWhole = /^kind:[ \t]*\w*List[ \t]*\r?$/m.test(file.text) || /^\s*\{/.test(file.text);
  return isWhole ? parseManifests(file) : scanManifests(file);
}

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
  let open = startObject();
  const close = (): void => {
    const { kind, name, namespace, isApi } = open;
    if (isApi && kind !== undefined && name !== undefined) {
      resources.push({ ...name, kind, namespace });
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
    const value = quoted ?? bare;
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
  return resources.length === 0
    ? { resources, images: [], problems: [] }
    : { resources, images, problems: [] };
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
      const spanOf = (key: string) => document.valueSpans.get(`${prefix}metadata.${key}`);
      const space =
        typeof namespace === "string"
          ? { name: namespace, path: file.path, span: spanOf("namespace") }
          : undefined;
      return [{ kind, name, path: file.path, span: spanOf("name"), namespace: space }];
    });
  });
  return { resources, images: [], problems };
}
