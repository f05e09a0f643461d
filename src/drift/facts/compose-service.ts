import type { Span } from "../../model/source.ts";
import type { YamlDocument } from "../../parse/read-yaml.ts";
import type { PlacedName } from "./placed-name.ts";
import { resolveDefaults } from "./resolve-defaults.ts";

/**
 * A service; `container` is its `container_name`, `environment` what it sets by literal values.
 *
 * What it takes from `extends` in the same file and by YAML's merge keys is its own.
 *
 * @example { name: "db", container: { name: "ip2a-db", … }, image: { name: "postgres:15", … },
 *            ports: [{ host: 5432, container: 5432, … }], environment: Map { "POSTGRES_USER" → … } }
 */
export interface ComposeService extends PlacedName {
  readonly container?: PlacedName | undefined;
  /** True where `container_name` is a variable without a default. */
  readonly isContainerNameOpen: boolean;
  readonly image?: PlacedName | undefined;
  readonly ports: readonly ComposePort[];
  /** True where it may be reached by ports that are not known from here. */
  readonly arePortsOpen: boolean;
  readonly environment: ReadonlyMap<string, PlacedName>;
  /** Every variable that it sets, also those whose values are not known from here. */
  readonly environmentNames: ReadonlySet<string>;
  /** True where `env_file` or a service of another file can set more. */
  readonly isEnvironmentOpen: boolean;
  /** True where scripts are mounted that an image of a database runs when it first starts. */
  readonly hasInitScripts: boolean;
  /** True where the file is an example or a fixture and says nothing of what is operated. */
  readonly isAside: boolean;
}

/** A published port; `host` is absent where it is chosen by Docker or by a variable without a default. */
export interface ComposePort {
  readonly host?: number | undefined;
  readonly container: number;
  readonly path: string;
  readonly span: Span | undefined;
}

/** A service's own keys, or those that it takes from another: `prefix` is where they stand. */
interface Layer {
  readonly prefix: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** More services that extend each other than any person writes. */
const deepestExtension = 10;

/**
 * Reads one service of a Compose file; see `ComposeService`.
 *
 * Places of what an anchor or `extends` brings in are where it is written. No I/O.
 */
export function readComposeService(
  name: string,
  document: YamlDocument,
  path: string,
  isAside: boolean,
): ComposeService {
  const { layers, isOpen } = collectLayers(name, document);
  const placed = (key: string): PlacedName | undefined => {
    const layer = layers.findLast(({ data }) => data[key] !== undefined);
    const value = layer === undefined ? undefined : resolveDefaults(layer.data[key]);
    if (layer === undefined || value === undefined) return undefined;
    return { name: value, path, span: findSpan(document, layer.prefix, [key]) };
  };
  const has = (key: string): boolean => layers.some(({ data }) => data[key] !== undefined);
  const ports = layers.map((layer) => readPorts(layer, document, path));
  const environment = new Map<string, PlacedName>();
  const environmentNames = new Set<string>();
  for (const layer of layers) {
    for (const entry of readEnvironment(layer, document, path)) {
      environmentNames.add(entry.key);
      // A later layer that sets it to something unknown takes the known value away.
      if (entry.value === undefined) environment.delete(entry.key);
      else environment.set(entry.key, entry.value);
    }
  }
  const container = placed("container_name");
  return {
    name,
    path,
    span: document.keySpans.get(`services.${name}`),
    container,
    isContainerNameOpen: has("container_name") && container === undefined,
    image: placed("image"),
    ports: ports.flatMap((layer) => layer.ports),
    arePortsOpen:
      isOpen ||
      ports.some((layer) => layer.isOpen) ||
      layers.some(({ data }) => /^(?:host|container:|service:)/.test(String(data["network_mode"]))),
    environment,
    environmentNames,
    isEnvironmentOpen: isOpen || has("env_file"),
    hasInitScripts: layers.some(({ data }) => mountsInitScripts(data["volumes"])),
    isAside,
  };
}

/** An object with text keys, else an empty one. No I/O. */
export function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** What a service is made of, what it extends first; `isOpen` where that is in another file. */
function collectLayers(
  name: string,
  document: YamlDocument,
): { readonly layers: readonly Layer[]; readonly isOpen: boolean } {
  const services = asMap(asMap(document.data)["services"]);
  const layers: Layer[] = [];
  let next: string | undefined = name;
  let isOpen = false;
  while (next !== undefined && layers.length < deepestExtension) {
    const data = asMap(Object.hasOwn(services, next) ? services[next] : undefined);
    layers.unshift({ prefix: `services.${next}`, data });
    const given: unknown = data["extends"];
    const { service, file } = typeof given === "string" ? { service: given } : asMap(given);
    if (given !== undefined && (file !== undefined || typeof service !== "string")) isOpen = true;
    next = file === undefined && typeof service === "string" ? service : undefined;
  }
  return { layers, isOpen };
}

/**
 * The place of a value: its own, else where an anchor holds it, else the nearest place above it.
 *
 * Aliases have no keys of their own, so the same last key elsewhere in the file is taken for it.
 */
function findSpan(
  document: YamlDocument,
  prefix: string,
  keys: readonly string[],
): Span | undefined {
  const own = document.valueSpans.get([prefix, ...keys].join("."));
  if (own !== undefined) return own;
  const last = keys.at(-1) ?? "";
  const shared = /^\d+$/.test(last) ? undefined : indexByLastKey(document).get(last);
  if (shared !== undefined) return shared;
  return document.valueSpans.get(`${prefix}.${keys[0] ?? ""}`) ?? document.keySpans.get(prefix);
}

const indexes = new WeakMap<YamlDocument, ReadonlyMap<string, Span>>();

/** The first place of each key, whatever stands above it: made once a document, to stay linear. */
function indexByLastKey(document: YamlDocument): ReadonlyMap<string, Span> {
  const known = indexes.get(document);
  if (known !== undefined) return known;
  const index = new Map<string, Span>();
  for (const [path, span] of document.valueSpans) {
    const last = path.slice(path.lastIndexOf(".") + 1);
    if (!index.has(last)) index.set(last, span);
  }
  indexes.set(document, index);
  return index;
}

function readPorts(
  { prefix, data }: Layer,
  document: YamlDocument,
  path: string,
): { readonly ports: readonly ComposePort[]; readonly isOpen: boolean } {
  const value = data["ports"];
  if (value === undefined || value === null) return { ports: [], isOpen: false };
  if (!Array.isArray(value)) return { ports: [], isOpen: true };
  const ports: ComposePort[] = [];
  let isOpen = false;
  for (const [index, entry] of value.entries()) {
    const span = findSpan(document, prefix, ["ports", String(index)]);
    const read = readPortEntry(entry);
    isOpen ||= read === undefined;
    for (const { host, container } of read ?? []) ports.push({ host, container, path, span });
  }
  return { ports, isOpen };
}

type PortPair = Pick<ComposePort, "host" | "container">;

/**
 * One entry of `ports`, undefined where a variable hides it.
 *
 * Compose file reference, "ports": `[HOST:]CONTAINER[/PROTOCOL]`, where HOST is `[IP:](port|range)`.
 */
function readPortEntry(entry: unknown): readonly PortPair[] | undefined {
  if (typeof entry === "object" && entry !== null) {
    const { published, target } = asMap(entry);
    const containers = readPortRange(resolveDefaults(target));
    if (published === undefined) return pairPorts([], containers);
    const hosts = readPortRange(resolveDefaults(published));
    return hosts.length === 0 ? undefined : pairPorts(hosts, containers);
  }
  const text = resolveDefaults(entry)?.replace(/\/(?:tcp|udp)$/, "");
  if (text === undefined) return undefined;
  // The last part is the container's port, the one before it the host's, before that an address.
  const parts = /^\[[^\]]*\]:(.*)$/.exec(text)?.[1]?.split(":") ?? text.split(":");
  return pairPorts(
    parts.length > 1 ? readPortRange(parts.at(-2)) : [],
    readPortRange(parts.at(-1)),
  );
}

/** Ranges of the same length go together; `8000-8002:80` means any of the three. */
function pairPorts(hosts: readonly number[], containers: readonly number[]): readonly PortPair[] {
  const [only] = containers;
  if (containers.length === 1 && only !== undefined && hosts.length > 1) {
    return hosts.map((host) => ({ host, container: only }));
  }
  return containers.map((container, at) => ({ host: hosts[at], container }));
}

/** `8000-8002` as three ports; a range as long as a mistake is cut. */
function readPortRange(text: string | undefined): readonly number[] {
  const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text ?? "") ?? [];
  if (first === undefined) return [];
  const start = Number(first);
  const end = Math.min(Number(last ?? first), start + 999);
  return Array.from({ length: Math.max(0, end - start + 1) }, (_, index) => start + index);
}

function readEnvironment(
  { prefix, data }: Layer,
  document: YamlDocument,
  path: string,
): readonly { readonly key: string; readonly value: PlacedName | undefined }[] {
  const given = data["environment"];
  const pairs: [name: string, value: unknown, key: string][] = Array.isArray(given)
    ? given.map((entry: unknown, index) => {
        const [, name = "", text] = /^([^=]*)(?:=([\s\S]*))?$/.exec(String(entry)) ?? [];
        return [name, text, String(index)];
      })
    : Object.entries(asMap(given)).map(([name, value]) => [name, value, name]);
  return pairs.map(([name, value, key]) => {
    const resolved = resolveDefaults(value);
    const span = findSpan(document, prefix, ["environment", key]);
    return {
      key: name,
      value: resolved === undefined ? undefined : { name: resolved, path, span },
    };
  });
}

/** The images of PostgreSQL, MySQL, MariaDB and MongoDB run what is there at their first start. */
function mountsInitScripts(volumes: unknown): boolean {
  if (!Array.isArray(volumes)) return false;
  return volumes.some((volume: unknown) => {
    const target = typeof volume === "string" ? volume : asMap(volume)["target"];
    return typeof target === "string" && target.includes("/docker-entrypoint-initdb.d");
  });
}
