import { findNearest } from "../../parse/find-nearest.ts";
import { containerDatabaseClaims } from "../claims/container-database-claims.ts";
import type { DatabaseName } from "../claims/database-call.ts";
import type { FactSource } from "../fact-source.ts";
import { composeFacts, type ComposeFacts } from "../facts/compose-facts.ts";
import { findByReference } from "../facts/compose-lookup.ts";
import { accountVariables, readAccounts } from "../facts/database-accounts.ts";
import { isExampleName } from "../is-example-name.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";

/** A database client in a container opens a database that the Compose file does not make. */
export const unknownDatabase = defineClaimRule<
  DatabaseName,
  { compose: FactSource<ComposeFacts> },
  { name: string; databases: readonly string[]; nearest: string | undefined; service: string }
>({
  code: "compose/unknown-database",
  severity: "warning",
  title: "A database that the Compose file does not make",
  what: "A client such as `psql` or `mysqldump` opens a database inside a container, and the environment of that container's service names another one: `POSTGRES_DB`, `MYSQL_DATABASE`, `MARIADB_DATABASE`.",
  why: "The command fails since the database does not exist, or it saves the wrong one.",
  remedy:
    "Write the database that the Compose file names. Where the environment names none, or where scripts in `/docker-entrypoint-initdb.d` or the document itself can make it, nothing is judged.",
  example: {
    language: "bash",
    wrong: "docker compose exec db psql -U ip2a -d ip2adb",
    right: "docker compose exec db psql -U ip2a -d ip2a_db",
    file: {
      path: "docker-compose.yml",
      text: "services:\n  db:\n    image: postgres:15\n    environment:\n      POSTGRES_DB: ip2a_db\n",
    },
  },
  claims: containerDatabaseClaims,
  facts: { compose: composeFacts },
  judge({ value }, { compose }) {
    if (compose.files.length === 0) return unjudged("there is no Compose file");
    const services = findByReference(compose, value.place);
    const [service] = services;
    if (service === undefined) return unjudged("no Compose file has that container");
    const { database, builtInDatabases } = accountVariables[value.engine];
    const { names, isOpen } = readAccounts(services, database);
    if (names.some(({ name }) => name === value.name) || builtInDatabases.includes(value.name)) {
      return agreed;
    }
    if (isOpen) return unjudged("its environment is not known from here");
    if (value.isMadeHere) return unjudged("the document makes it");
    if (isExampleName(value.name)) return unjudged("it reads like a blank to fill");
    if (names.length === 0) return unjudged("its environment names no database");
    if (services.some(({ hasInitScripts }) => hasInitScripts)) {
      return unjudged("scripts that the image runs can make it");
    }
    const databases = [...new Set(names.map(({ name }) => name))];
    const related = names.slice(0, 3).map(({ name, path, span }) => ({
      path,
      span,
      text: `the service \`${service.name}\` makes the database \`${name}\` here`,
    }));
    const nearest = findNearest(value.name, databases);
    return differed({ name: value.name, databases, nearest, service: service.name }, { related });
  },
  message: ({ name, service }) =>
    `The Compose file does not make a database \`${name}\` in the service \`${service}\`.`,
  hint: ({ databases, nearest }) =>
    nearest === undefined
      ? `It makes ${databases.map((one) => `\`${one}\``).join(", ")}.`
      : `Did you mean \`${nearest}\`?`,
});
