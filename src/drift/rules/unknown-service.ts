import { findNearest } from "../../parse/find-nearest.ts";
import {
  composeServiceClaims,
  type ComposeServiceClaim,
} from "../claims/compose-service-claims.ts";
import type { FactSource } from "../fact-source.ts";
import { composeFacts, type ComposeFacts } from "../facts/compose-facts.ts";
import type { ComposeService } from "../facts/compose-service.ts";
import { joinPath, folderOf } from "../file-tree.ts";
import { isExampleName } from "../is-example-name.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";

/** A command names a Compose service that no Compose file has. */
export const unknownService = defineClaimRule<
  ComposeServiceClaim,
  { compose: FactSource<ComposeFacts> },
  { name: string; nearest: string | undefined; known: readonly string[]; where: string }
>({
  code: "compose/unknown-service",
  severity: "error",
  title: "A service that no Compose file has",
  what: "A command of `docker compose` names a service that the Compose files do not have: those that `-f` names, else those of the folder that it starts in, else all of the repository's.",
  why: "The command fails with `no such service`. After a service was renamed, runbooks are where its old name stays.",
  remedy: "Write the service's name as the Compose file has it, which is not its `container_name`.",
  example: {
    language: "bash",
    wrong: "docker compose exec database psql -U postgres",
    right: "docker compose exec db psql -U postgres",
    file: { path: "docker-compose.yml", text: "services:\n  db:\n    image: postgres:15\n" },
  },
  claims: composeServiceClaims,
  facts: { compose: composeFacts },
  judge({ value, subject }, { compose }) {
    if (compose.files.length === 0) return unjudged("there is no Compose file");
    const { name } = value;
    const chosen = chooseServices(value, subject, compose);
    if (chosen.services.some((service) => service.name === name)) return agreed;
    if (value.isShownHere) return unjudged("the document shows a file that has it");
    if (isExampleName(name)) return unjudged("it reads like a blank to fill");
    if (compose.hasIncludes) return unjudged("a Compose file includes others");
    const isElsewhere = compose.services.some((service) => service.name === name);
    if (isElsewhere && !chosen.isByOption) {
      return unjudged("another Compose file has a service of that name");
    }
    const candidates = chosen.services.filter(({ isAside }) => chosen.isByOption || !isAside);
    const known = [...new Set(candidates.map((service) => service.name))];
    if (known.length === 0) return unjudged("no Compose file that counts here has services");
    const ofContainer = candidates.find(({ container }) => container?.name === name)?.name;
    const nearest = ofContainer ?? findNearest(name, known);
    if (nearest === undefined && !chosen.isCertain) {
      return unjudged("nobody knows in which folder the command starts");
    }
    if (nearest === undefined && value.doubt !== undefined) return unjudged(value.doubt);
    const where = [...new Set(candidates.map(({ path }) => path))];
    return differed(
      { name, nearest, known, where: where.length === 1 ? (where[0] ?? "") : "" },
      { related: describeServices(candidates, nearest) },
    );
  },
  message: ({ name, where }) =>
    where === ""
      ? `No Compose file has a service \`${name}\`.`
      : `\`${where}\` has no service \`${name}\`.`,
  hint: ({ nearest, known }) =>
    nearest === undefined
      ? `There is: ${known
          .slice(0, 8)
          .map((one) => `\`${one}\``)
          .join(", ")}.`
      : `Did you mean \`${nearest}\`?`,
});

interface ChosenServices {
  readonly services: readonly ComposeService[];
  /** True where `-f` names the files. */
  readonly isByOption: boolean;
  /** False where the command may start in another folder, or outside the repository. */
  readonly isCertain: boolean;
}

function chooseServices(
  { files, folders }: ComposeServiceClaim,
  subject: string,
  compose: ComposeFacts,
): ChosenServices {
  const named = files.map((paths) =>
    compose.files.find((file) => paths.some((path) => joinPath(subject, path) === file)),
  );
  if (named.length > 0 && named.every((file) => file !== undefined)) {
    const services = compose.services.filter(({ path }) => named.includes(path));
    return { services, isByOption: true, isCertain: true };
  }
  const isHere = folders !== undefined && folders.every((folder) => compose.isFolder(folder));
  const folder = folders?.[0];
  const own = compose.services.filter(
    ({ path }) => folder !== undefined && folderOf(path) === joinPath(subject, folder),
  );
  return {
    services: own.length > 0 ? own : compose.services,
    isByOption: false,
    isCertain: isHere && named.length === 0,
  };
}

/** The nearest service's place, else the place of each. */
function describeServices(
  services: readonly ComposeService[],
  nearest: string | undefined,
): { path: string; span: ComposeService["span"]; text: string }[] {
  return services
    .filter((service) => nearest === undefined || service.name === nearest)
    .slice(0, 3)
    .map(({ name, path, span }) => ({ path, span, text: `there is a service \`${name}\` here` }));
}
