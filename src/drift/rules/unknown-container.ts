import { findNearest } from "../../parse/find-nearest.ts";
import { containerClaims, type ContainerClaim } from "../claims/container-claims.ts";
import { composeFacts, type ComposeFacts } from "../facts/compose-facts.ts";
import { findByContainer } from "../facts/compose-lookup.ts";
import type { FactSource } from "../fact-source.ts";
import { isExampleName } from "../is-example-name.ts";
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
  judge({ value: { name, isAmbiguous, isMadeHere, doubt } }, { compose }) {
    if (compose.files.length === 0) return unjudged("there is no Compose file");
    if (findByContainer(compose, name).length > 0) return agreed;
    if (isMadeHere) return unjudged("the document makes it, or shows a file that does");
    if (isExampleName(name)) return unjudged("it reads like a blank to fill");
    if (isOfDevelopmentCluster(name)) return unjudged("a cluster on this machine makes it");
    if (compose.hasIncludes) return unjudged("a Compose file includes others");
    if (compose.services.some((service) => service.isContainerNameOpen)) {
      return unjudged("a container's name is a variable without a default");
    }
    const known = compose.services.flatMap(({ container, isAside }) =>
      container === undefined || isAside ? [] : container.name,
    );
    if (known.length === 0) return unjudged("no Compose file names its containers");
    const nearest = findNearest(name, known);
    if (nearest === undefined && isAmbiguous) return unjudged("it may be no container");
    if (nearest === undefined && doubt !== undefined) return unjudged(doubt);
    return differed(
      { name, nearest, known: [...new Set(known)] },
      { related: describeContainers(compose, nearest) },
    );
  },
  message: ({ name }) => `No Compose file makes a container \`${name}\`.`,
  hint: ({ nearest, known }) =>
    nearest === undefined
      ? `There is: ${known.map((one) => `\`${one}\``).join(", ")}.`
      : `Did you mean \`${nearest}\`?`,
});

/** Kind, k3d and minikube run their nodes as containers. */
function isOfDevelopmentCluster(name: string): boolean {
  return /^(?:minikube|kind-|k3d-)|-(?:control-plane|worker\d*)$/u.test(name);
}

/** The nearest name's place, else the place of each: the other side of the disagreement. */
function describeContainers(
  { services }: ComposeFacts,
  nearest: string | undefined,
): { path: string; span: ComposeFacts["services"][number]["span"]; text: string }[] {
  return services
    .filter(({ container, isAside }) =>
      nearest === undefined ? !isAside : container?.name === nearest,
    )
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
