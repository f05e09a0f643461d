import type { RuleFinding } from "../../model/rule-finding.ts";
import type { Span } from "../../model/source.ts";
import type { YamlDocument } from "../../parse/read-yaml.ts";
import type { FactSource } from "../fact-source.ts";
import { readFactFiles, readYamlFile } from "./read-fact-file.ts";

/** What Compose files say, all of them together. */
export interface ComposeFacts {
  /** Paths relative to the root, in order. */
  readonly files: readonly string[];
  readonly services: readonly ComposeService[];
  /** Names of top-level volumes and networks. */
  readonly volumes: readonly PlacedName[];
  readonly networks: readonly PlacedName[];
}

/** A name and where it stands. */
export interface PlacedName {
  readonly name: string;
  readonly path: string;
  readonly span: Span | undefined;
}

/**
 * A service; `container` is its `container_name`, `environment` what it sets by literal values.
 *
 * @example { name: "db", container: { name: "ip2a-db", … }, image: { name: "postgres:15", … },
 *            ports: [{ host: 5432, container: 5432, … }], environment: Map { "POSTGRES_USER" → … } }
 */
export interface ComposeService extends PlacedName {
  readonly container?: PlacedName | undefined;
  readonly image?: PlacedName | undefined;
  readonly ports: readonly ComposePort[];
  readonly environment: ReadonlyMap<string, PlacedName>;
}

/** A published port; `host` is absent where it is chosen by Docker or by a variable without a default. */
export interface ComposePort {
  readonly host?: number | undefined;
  readonly container: number;
  readonly path: string;
  readonly span: Span | undefined;
}

/** The names that Compose looks for, and the variants that teams keep beside them. */
const composeFile = /^(?:.*\/)?(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/;

/** Facts of Compose files: services, container names, ports, environment, volumes, networks. */
export const composeFacts: FactSource<ComposeFacts> = {
  name: "compose",
  title: "Compose files",
  description:
    "Reads `compose.yaml`, `docker-compose.yml` and their variants (`docker-compose.prod.yml`) in any folder: services, `container_name`, `image`, published `ports`, `environment`, volumes and networks. A value `${NAME:-default}` counts as its default.",
  async observe(place) {
    const { files, problems: refused } = await readFactFiles(place, place.tree.match(composeFile));
    const services: ComposeService[] = [];
    const volumes: PlacedName[] = [];
    const networks: PlacedName[] = [];
    const problems: RuleFinding[] = [...refused];
    for (const file of files) {
      const read = readYamlFile(file);
      problems.push(...read.problems);
      for (const document of read.documents) {
        const root = asMap(document.data);
        for (const name of Object.keys(asMap(root["services"]))) {
          services.push(readService(name, document, file.path));
        }
        volumes.push(...placeKeys("volumes", document, file.path));
        networks.push(...placeKeys("networks", document, file.path));
      }
    }
    const paths = files.map(({ path }) => path);
    return { facts: { files: paths, services, volumes, networks }, problems };
  },
};

function placeKeys(key: string, document: YamlDocument, path: string): readonly PlacedName[] {
  return Object.keys(asMap(asMap(document.data)[key])).map((name) => ({
    name,
    path,
    span: document.keySpans.get(`${key}.${name}`),
  }));
}

function readService(name: string, document: YamlDocument, path: string): ComposeService {
  const prefix = `services.${name}`;
  const data = asMap(asMap(asMap(document.data)["services"])[name]);
  const placed = (key: string): PlacedName | undefined => {
    const value = resolveDefaults(data[key]);
    return value === undefined
      ? undefined
      : { name: value, path, span: document.valueSpans.get(`${prefix}.${key}`) };
  };
  return {
    name,
    path,
    span: document.keySpans.get(prefix),
    container: placed("container_name"),
    image: placed("image"),
    ports: readPorts(data["ports"], `${prefix}.ports`, document, path),
    environment: readEnvironment(data["environment"], `${prefix}.environment`, document, path),
  };
}

function readPorts(
  value: unknown,
  prefix: string,
  document: YamlDocument,
  path: string,
): readonly ComposePort[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown, index): ComposePort[] => {
    const span = document.valueSpans.get(`${prefix}.${index}`);
    if (typeof entry === "object" && entry !== null) {
      const { published, target } = entry as { published?: unknown; target?: unknown };
      const [container] = readPortRange(resolveDefaults(target));
      const [host] = readPortRange(resolveDefaults(published));
      return container === undefined ? [] : [{ host, container, path, span }];
    }
    const text = resolveDefaults(entry)?.replace(/\/(?:tcp|udp)$/, "");
    if (text === undefined) return [];
    // The last part is the container's port, the one before it the host's, before that an address.
    const parts = /^\[[^\]]*\]:(.*)$/.exec(text)?.[1]?.split(":") ?? text.split(":");
    const containers = readPortRange(parts.at(-1));
    const hosts = parts.length > 1 ? readPortRange(parts.at(-2)) : [];
    return containers.map((container, at) => ({ host: hosts[at], container, path, span }));
  });
}

/** `8000-8002` as three ports; a range as long as a mistake is none. */
function readPortRange(text: string | undefined): readonly number[] {
  const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text ?? "") ?? [];
  if (first === undefined) return [];
  const start = Number(first);
  const end = Math.min(Number(last ?? first), start + 999);
  return Array.from({ length: Math.max(0, end - start + 1) }, (_, index) => start + index);
}

function readEnvironment(
  value: unknown,
  prefix: string,
  document: YamlDocument,
  path: string,
): ReadonlyMap<string, PlacedName> {
  const found = new Map<string, PlacedName>();
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) {
      const [, name, text] = /^([^=]+)=([\s\S]*)$/.exec(String(entry)) ?? [];
      const resolved = resolveDefaults(text);
      if (name === undefined || resolved === undefined) continue;
      found.set(name, {
        name: resolved,
        path,
        span: document.valueSpans.get(`${prefix}.${index}`),
      });
    }
  } else {
    for (const [name, entry] of Object.entries(asMap(value))) {
      const resolved = resolveDefaults(entry);
      if (resolved === undefined) continue;
      found.set(name, { name: resolved, path, span: document.valueSpans.get(`${prefix}.${name}`) });
    }
  }
  return found;
}

/**
 * A scalar with `${NAME:-default}` replaced by its default; undefined where a variable has none, or
 * for what is no scalar.
 *
 * Compose file reference, "Interpolation". No I/O.
 */
function resolveDefaults(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return undefined;
  const resolved = value.replaceAll(/\$\{\w+:?-([^}$]*)\}/g, "$1").replaceAll("$$", "\0");
  return resolved.includes("$") ? undefined : resolved.replaceAll("\0", "$");
}

function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
