import { findNearest } from "../../parse/find-nearest.ts";
import { containerClaims, type ContainerClaim } from "../claims/container-claims.ts";
import { composeFacts, type ComposeFacts } from "../facts/compose-facts.ts";
import type { FactSource } from "../fact-source.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";

/** A command names a container that no Compose file makes. */
export const unknownContainer = defineClaimRule<
  ContainerClaim,
  { compose: FactSource<ComposeFacts> },
  { name: string; nearest: string | undefined; known: readonly string[] }
>({
  code: "compose/unknown-container",
  severity: "error",
  title: "A container that no Compose file makes",
  what: "A command acts on a container by name, and no service of the repository's Compose files has that name.",
  why: "The command fails with `No such container`, or worse: it acts on a container of the same name that belongs to something else.",
  remedy:
    "Write the name that the Compose file gives the service with `container_name`, or use `docker compose exec SERVICE`, which needs no container name.",
  example: {
    language: "bash",
    wrong: "docker exec ip2a-database psql -U postgres",
    right: "docker exec ip2a-db psql -U postgres",
    file: {
      path: "docker-compose.yml",
      text: "services:\n  db:\n    image: postgres:15\n    container_name: ip2a-db\n",
    },
  },
  claims: containerClaims,
  facts: { compose: composeFacts },
  judge({ value: { name } }, { compose }) {
    if (compose.files.length === 0) return unjudged("there is no Compose file");
    const named = compose.services.flatMap(({ container }) => container ?? []);
    if (named.some((container) => container.name === name)) return agreed;
    const generated = compose.services.filter(({ container }) => container === undefined);
    // Compose names such a container after the project's folder, which a checkout does not know.
    if (generated.some((service) => isGeneratedName(name, service.name))) return agreed;
    if (named.length === 0) return unjudged("no Compose file names its containers");
    const nearest = findNearest(
      name,
      named.map((container) => container.name),
    );
    return differed(
      { name, nearest, known: named.map((container) => container.name) },
      { related: describeContainers(compose, nearest) },
    );
  },
  message: ({ name }) => `No Compose file makes a container \`${name}\`.`,
  hint: ({ nearest, known }) =>
    nearest === undefined
      ? `There is: ${known.map((one) => `\`${one}\``).join(", ")}.`
      : `Did you mean \`${nearest}\`?`,
});

/** `PROJECT-SERVICE-1`, and `PROJECT_SERVICE_1` of Compose 1. */
function isGeneratedName(name: string, service: string): boolean {
  const stem = name.replace(/[-_]\d+$/u, "");
  return stem !== name && (stem.endsWith(`-${service}`) || stem.endsWith(`_${service}`));
}

/** The nearest name's place, else the place of each: the other side of the disagreement. */
function describeContainers(
  { services }: ComposeFacts,
  nearest: string | undefined,
): { path: string; span: ComposeFacts["services"][number]["span"]; text: string }[] {
  return services
    .filter(({ container }) => nearest === undefined || container?.name === nearest)
    .flatMap(({ name, container }) =>
      container === undefined
        ? []
        : [
            {
              path: container.path,
              span: container.span,
              text: `the container of the service \`${name}\` is \`${container.name}\` here`,
            },
          ],
    )
    .slice(0, 3);
}
