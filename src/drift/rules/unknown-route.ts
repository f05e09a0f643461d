import type { RelatedPlace } from "../../model/rule-finding.ts";
import { findNearest } from "../../parse/find-nearest.ts";
import { urlClaims, type UrlClaim } from "../claims/url-claims.ts";
import type { FactSource } from "../fact-source.ts";
import { routeFacts, type RouteFact, type RouteFacts } from "../facts/route-facts.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";

/** An address names a path that the service does not have. */
export const unknownRoute = defineClaimRule<
  UrlClaim,
  { routes: FactSource<RouteFacts> },
  { path: string; nearest: string | undefined; file: string | undefined }
>({
  code: "http/unknown-route",
  severity: "warning",
  title: "A path that the service does not have",
  what: "An address of `localhost`, or behind an input of type `url`, names a path that neither the repository's OpenAPI document describes nor the declared command `routes` prints. An OpenAPI document seldom describes everything: a path is judged only where a similar one is there, or one that begins alike; with several such documents none is.",
  why: "The request answers 404. In a check it fails for the wrong reason; with `curl` without `--fail` it even passes.",
  remedy:
    "Write a path that the service has, or describe the new one in the OpenAPI document. To judge every path, declare a command that prints all routes: see *facts* in the configuration.",
  example: {
    language: "bash",
    wrong: 'curl --fail "$APP_URL/health/redy"',
    right: 'curl --fail "$APP_URL/health/ready"',
    file: {
      path: "docs/openapi.yaml",
      text: 'openapi: "3.1.0"\npaths:\n  /health: {}\n  /health/ready: {}\n',
    },
  },
  claims: urlClaims,
  facts: { routes: routeFacts },
  judge({ value: { base, path, isElsewhere } }, { routes: facts }) {
    if (path === "" || path === "/") return unjudged("it has no path");
    if (facts.files.length === 0 && facts.declared !== "complete") {
      return unjudged(
        facts.declared === "failed"
          ? "the declared command `routes` printed none"
          : "there is no OpenAPI document and no declared command `routes`",
      );
    }
    if (facts.routes.some(({ name }) => isSameRoute(path, name))) return agreed;
    if (facts.routes.some(({ name }) => isBelowOpenRoute(path, name)))
      return unjudged("a parameter at the end of a path may take in several parts");
    if (facts.files.length > 1) return unjudged("there are several OpenAPI documents");
    if (isElsewhere) return unjudged("a container or another machine asks it");
    const nearest = findNearest(
      path,
      facts.routes.map(({ name }) => name),
    );
    const isAll = facts.declared === "complete" && base !== undefined;
    if (nearest === undefined && !isAll && !hasSameStart(path, facts.routes)) {
      return unjudged("the service's known paths are of another kind");
    }
    const related = describeRoutes(facts.routes, path, nearest);
    return differed({ path, nearest, file: facts.files[0] }, { related });
  },
  message: ({ path, file }) =>
    file === undefined
      ? `The service has no path \`${path}\`.`
      : `\`${file}\` describes no path \`${path}\`.`,
  hint: ({ nearest }) =>
    nearest === undefined
      ? "Write a path that it has, or describe this one there."
      : `Did you mean \`${nearest}\`?`,
});

/** `{id}` stands for one part of a path; so does, in a document, what a variable fills. */
function isSameRoute(path: string, route: string): boolean {
  const [parts, wanted] = [splitPath(path), splitPath(route)];
  return (
    parts.length === wanted.length &&
    parts.every((part, index) => {
      const other = wanted[index] ?? "";
      return part === other || part.includes("$") || /^[^{]*\{[^}]*\}/.test(other);
    })
  );
}

/** `/files/{path}`: OpenAPI has no word for a parameter with slashes, and frameworks have. */
function isBelowOpenRoute(path: string, route: string): boolean {
  const wanted = splitPath(route);
  const last = wanted.at(-1) ?? "";
  if (!/^\{[^}]*(?:path|file|key|rest|any|proxy|slug|wildcard)[^}]*\}$/i.test(last)) return false;
  const parts = splitPath(path);
  return (
    parts.length > wanted.length && isSameRoute(parts.slice(0, wanted.length).join("/"), route)
  );
}

function splitPath(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "");
}

/** The same two parts, or the same first part where the path has no more than two. */
function hasSameStart(path: string, routes: readonly RouteFact[]): boolean {
  const parts = splitPath(path);
  const start = parts.slice(0, Math.max(1, Math.min(2, parts.length - 1)));
  return routes.some(({ name }) => {
    const other = splitPath(name);
    return start.every((part, index) => other[index] === part);
  });
}

function describeRoutes(
  routes: readonly RouteFact[],
  path: string,
  nearest: string | undefined,
): readonly RelatedPlace[] {
  const first = splitPath(path)[0];
  return routes
    .filter(({ name }) => (nearest === undefined ? splitPath(name)[0] === first : name === nearest))
    .slice(0, 3)
    .flatMap(({ name, path: file, span }) =>
      file === undefined ? [] : [{ path: file, span, text: `\`${name}\` is described here` }],
    );
}
