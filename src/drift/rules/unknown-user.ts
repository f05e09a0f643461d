import type { RelatedPlace } from "../../model/rule-finding.ts";
import { containerUserClaims } from "../claims/container-user-claims.ts";
import type { DatabaseName } from "../claims/database-call.ts";
import type { FactSource } from "../fact-source.ts";
import { composeFacts, type ComposeFacts } from "../facts/compose-facts.ts";
import { findByReference } from "../facts/compose-lookup.ts";
import type { ComposeService } from "../facts/compose-service.ts";
import { accountVariables, readAccounts } from "../facts/database-accounts.ts";
import { isExampleName } from "../is-example-name.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";

/** A database client in a container connects as a user that the Compose file does not make. */
export const unknownUser = defineClaimRule<
  DatabaseName,
  { compose: FactSource<ComposeFacts> },
  { name: string; users: readonly string[]; service: string }
>({
  code: "compose/unknown-user",
  severity: "error",
  title: "A database user that the Compose file does not make",
  what: "A client such as `psql` or `pg_dump` connects inside a container as a user, and the environment of that container's service makes another one: `POSTGRES_USER` (`postgres` where it is not set), `MYSQL_USER` or `MARIADB_USER` (`root` is always there), `MONGO_INITDB_ROOT_USERNAME`.",
  why: 'The command fails with `role "postgres" does not exist`: a backup that was never taken, or a restore that does not start.',
  remedy:
    "Write the user that the Compose file names. Users that scripts in `/docker-entrypoint-initdb.d` make, or the document itself, are not judged.",
  example: {
    language: "bash",
    wrong: "docker exec ip2a-db pg_dump -U postgres ip2a_db",
    right: "docker exec ip2a-db pg_dump -U ip2a_user ip2a_db",
    file: {
      path: "docker-compose.yml",
      text: "services:\n  db:\n    image: postgres:15\n    container_name: ip2a-db\n    environment:\n      POSTGRES_USER: ip2a_user\n",
    },
  },
  claims: containerUserClaims,
  facts: { compose: composeFacts },
  judge({ value }, { compose }) {
    if (compose.files.length === 0) return unjudged("there is no Compose file");
    const services = findByReference(compose, value.place);
    const [service] = services;
    if (service === undefined) return unjudged("no Compose file has that container");
    const { user, builtInUsers, defaultUser, images } = accountVariables[value.engine];
    const { names, isOpen } = readAccounts(services, user);
    if (names.some(({ name }) => name === value.name) || builtInUsers.includes(value.name)) {
      return agreed;
    }
    if (isOpen) return unjudged("its environment is not known from here");
    if (value.isMadeHere) return unjudged("the document makes it");
    if (isExampleName(value.name)) return unjudged("it reads like a blank to fill");
    if (value.name !== defaultUser && services.some(({ hasInitScripts }) => hasInitScripts)) {
      return unjudged("scripts that the image runs can make it");
    }
    if (names.length > 0) {
      const related = names.slice(0, 3).map(({ name, path, span }) => ({
        path,
        span,
        text: `the service \`${service.name}\` makes the user \`${name}\` here`,
      }));
      const users = [...new Set(names.map(({ name }) => name))];
      return differed({ name: value.name, users, service: service.name }, { related });
    }
    if (!services.some(({ image }) => images.test(image?.name ?? ""))) {
      return unjudged("its image is not known to take users from its environment");
    }
    if (defaultUser === undefined) return unjudged("its environment names no user");
    if (value.name === defaultUser) return agreed;
    return differed(
      { name: value.name, users: [defaultUser], service: service.name },
      { related: describeDefault(service, defaultUser) },
    );
  },
  message: ({ name, service }) =>
    `The database of the service \`${service}\` has no user \`${name}\`.`,
  hint: ({ users }) => `The Compose file makes ${users.map((one) => `\`${one}\``).join(", ")}.`,
});

function describeDefault(service: ComposeService, user: string): readonly RelatedPlace[] {
  const { path, span } = service.image ?? service;
  return [{ path, span, text: `no variable names a user here, so it is \`${user}\`` }];
}
