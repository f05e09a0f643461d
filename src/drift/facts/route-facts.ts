import type { RuleFinding } from "../../model/rule-finding.ts";
import type { YamlDocument } from "../../parse/read-yaml.ts";
import type { FactPlace, FactSource } from "../fact-source.ts";
import { asMap } from "./compose-service.ts";
import { isAsideFile } from "./is-aside-file.ts";
import type { PlacedName } from "./placed-name.ts";
import { readFactFiles, readYamlFile } from "./read-fact-file.ts";

/** The routes of the repository's service. */
export interface RouteFacts {
  /** OpenAPI documents, by their paths relative to the root. */
  readonly files: readonly string[];
  /**
   * Paths with `{parameters}` below a base path, one for each base and path; those of a declared
   * command have no place.
   */
  readonly routes: readonly RouteFact[];
  /** What the declared command `routes` gave: all routes there are, nothing, or no answer. */
  readonly declared: "complete" | "none" | "failed";
}

/** A route, with the path as it is written without the server's base. */
export interface RouteFact extends Omit<PlacedName, "path"> {
  /** The OpenAPI document; absent for a declared route. */
  readonly path?: string | undefined;
}

const openApiFile =
  /^(?:.*\/)?(?:[\w-]+[.-])?(?:openapi|swagger)(?:[.-][\w.-]+)?\.(?:ya?ml|json)$/i;

/** Facts of routes: from OpenAPI documents, and from a command that the configuration declares. */
export const routeFacts: FactSource<RouteFacts> = {
  name: "routes",
  title: "OpenAPI documents and declared routes",
  description:
    "Reads `openapi.yaml`, `swagger.json` and the like in any folder: their `paths`, with the base path of `servers` or `basePath`. Routes that no OpenAPI document describes can be declared: a command `routes` under `facts` in the configuration prints one path a line (`/members/{id}`, `<id>` and `:id` are parameters too), and is run by `check --observe commands` alone. Nothing is guessed from source code.",
  async observe(place) {
    const declared = await readDeclared(place);
    const paths = place.tree.match(openApiFile).filter((path) => !isForeign(path));
    const { files, problems: refused } = await readFactFiles(place, paths);
    const problems: RuleFinding[] = [...refused];
    const routes: RouteFact[] = [...declared.routes];
    const described: string[] = [];
    for (const file of files) {
      const read = readYamlFile(file);
      problems.push(...read.problems);
      for (const document of read.documents) {
        const own = readOpenApi(document, file.path);
        if (own === undefined) continue;
        described.push(file.path);
        routes.push(...own);
      }
    }
    return { facts: { files: described, routes, declared: declared.kind }, problems };
  },
};

/** A document about the product is usually kept below docs: tests and foreign code are not it. */
function isForeign(path: string): boolean {
  return isAsideFile(path.replace(/(?:^|\/)docs?\//gi, "/"));
}

/** The routes that an OpenAPI document describes; undefined where it is none. */
function readOpenApi(document: YamlDocument, path: string): readonly RouteFact[] | undefined {
  const root = asMap(document.data);
  if (root["openapi"] === undefined && root["swagger"] === undefined) return undefined;
  const bases = new Set([""]);
  const servers: unknown[] = Array.isArray(root["servers"]) ? root["servers"] : [];
  for (const given of [...servers.map((server) => asMap(server)["url"]), root["basePath"]]) {
    if (typeof given !== "string") continue;
    const base = /^(?:\w+:\/\/[^/]*)?(\/[^?#]*)?/.exec(given)?.[1] ?? "";
    bases.add(base.replace(/\/$/, ""));
  }
  return Object.keys(asMap(root["paths"])).flatMap((name) =>
    [...bases].map((base) => ({
      name: `${base}${name}`,
      path,
      span: document.keySpans.get(`paths.${name}`),
    })),
  );
}

async function readDeclared({ repository }: FactPlace): Promise<{
  readonly kind: RouteFacts["declared"];
  readonly routes: readonly RouteFact[];
}> {
  const output = await repository.readCommand("routes");
  if (output === undefined) return { kind: "none", routes: [] };
  if (output.kind === "failed") return { kind: "failed", routes: [] };
  const names = output.text.split(/\r?\n/).flatMap((line) => /^\s*(\/\S*)/.exec(line)?.[1] ?? []);
  const routes = names.map((name) => ({
    name: name.replaceAll(/<[^>]*>|:\w+|\*+/g, "{x}"),
    span: undefined,
  }));
  return names.length === 0 ? { kind: "failed", routes } : { kind: "complete", routes };
}
