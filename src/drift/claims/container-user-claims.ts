import type { ClaimKind } from "../claim-kind.ts";
import { readDatabaseNames, type DatabaseName } from "./database-call.ts";

/** Users that database clients connect as inside containers: `docker exec ip2a-db psql -U postgres`. */
export const containerUserClaims: ClaimKind<DatabaseName> = {
  name: "container-user",
  title: "database users in containers",
  description:
    "The user that `psql`, `pg_dump`, `mysql`, `mysqldump`, `mongosh` and their like are given where `docker exec` or `docker compose exec` runs them, also inside `sh -c`. A client that asks another host is left out.",
  collect: (document) =>
    readDatabaseNames(document, "user").map((found) => ({ ...found, text: found.value.name })),
};
